import { sha256 } from "../../base/bytes.ts";
import type { Desired, Entry } from "../entry.ts";
import { isReferenceList } from "../../contract/formats/reference-list.ts";
import { treeLimits } from "../../source/limits.ts";
import { checkLists } from "./check-lists.ts";
import { faultAt, type ManifestFault, type SourceFault } from "../../source/fault.ts";
import { createSchemaCheck, schemaNames, type SchemaCheck, type SchemaName } from "../../contract/check/schema-check.ts";
import { readKept, type Source } from "../../source/source.ts";
import { openTree, fileStart, type Tree } from "../../source/tree.ts";

interface PolicyFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of `policies/`, or of one folder of it, or those that are wanted, by path below `policies/`. They are
 * evidence byte for byte; a file that is no YAML has no source.
 */
export function readPolicyFiles(
  folder: string,
  below = "",
  isWanted: (path: string) => boolean = () => true,
): { readonly files: readonly PolicyFile[]; readonly sources: ReadonlyMap<string, Source>; readonly faults: readonly ManifestFault[] } {
  const tree = openTree(folder, "policies");
  const files = readFiles(tree, below).filter(({ path }) => isWanted(path));
  const read = files.map(({ path, text }) => ({ path, ...readKept(`policies/${path}`, text) }));
  return {
    files,
    sources: new Map(read.flatMap(({ path, source }) => (source === undefined ? [] : [[path, source]]))),
    faults: [...tree.faults, ...read.flatMap(({ faults }) => faults)],
  };
}

function readFiles(tree: Tree, folder: string): readonly PolicyFile[] {
  return tree.list(folder).flatMap(({ name, folder: isFolder }) => {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (isFolder) return readFiles(tree, path);
    if (!/\.(?:yaml|json)$/.test(name)) {
      tree.faults.push(faultAt(fileStart(`policies/${path}`), "file-unknown", "*.yaml, *.json"));
      return [];
    }
    const text = tree.read(path, treeLimits.policyBytes);
    return text === undefined ? [] : [{ path, text }];
  });
}

const schemaFile = (name: SchemaName): string => `schema/${name}.json`;

/** The schema that a policy must satisfy. */
function schemaOf(path: string): SchemaName | undefined {
  if (path === "classification.yaml") return "classification";
  if (isReferenceList(path)) return "reference";
  if (path.startsWith("standards/")) return "standard";
  return path.startsWith("regulations/") ? "regulation" : undefined;
}

let lastCheck: { readonly schemas: readonly object[]; readonly check: SchemaCheck; readonly ofPolicy: SchemaCheck } | undefined;

/** The check by these schemas; compiled again only if they are other ones. That of a policy is made once for each source. */
function checkBy(schemas: readonly object[]): { readonly check: SchemaCheck; readonly ofPolicy: SchemaCheck } {
  if (lastCheck === undefined || !schemas.every((schema, i) => schema === lastCheck!.schemas[i])) {
    const check = createSchemaCheck(new Map(schemaNames.map((name, i) => [name, schemas[i]!])));
    const found = new WeakMap<Source, readonly ManifestFault[]>();
    const ofPolicy: SchemaCheck = (name, source) => {
      const faults = found.get(source) ?? check(name, source);
      found.set(source, faults);
      return faults;
    };
    lastCheck = { schemas, check, ofPolicy };
  }
  return lastCheck;
}

/**
 * What holds of policies beyond their schemas. A judge gets the files that have the structure of their kind, by path
 * below `policies/`, and gives every fault of those that it knows.
 */
export type PolicyJudge = (sources: ReadonlyMap<string, Source>) => readonly SourceFault[];

/**
 * The policies as registry entries, and the schema check that they bring for the manifests, which is missing only where
 * a schema is. Throws if the folder cannot be read at all.
 */
export function loadPolicies(
  folder: string,
  judges: readonly PolicyJudge[] = [],
): { readonly desired: Desired; readonly check: SchemaCheck | undefined; readonly faults: readonly SourceFault[] } {
  const { files, sources, faults: unread } = readPolicyFiles(folder);
  const faults: SourceFault[] = [...unread];
  const entries: Entry[] = [];
  const documents = new Map<string, Buffer>();
  for (const { path, text } of files) {
    const bytes = Buffer.from(text);
    const digest = sha256(bytes).toString("base64url");
    documents.set(digest, bytes);
    entries.push({ kind: "policy", id: path, state: "active", content: { digest } });
  }
  const present = new Set(files.map(({ path }) => path));
  for (const path of ["classification.yaml", "regulations/base.yaml", ...schemaNames.map(schemaFile)])
    if (!present.has(path)) faults.push(faultAt(fileStart("policies"), "file-missing", path));
  const schemas = schemaNames.flatMap((name) => (sources.get(schemaFile(name))?.value as object | undefined) ?? []);
  if (schemas.length < schemaNames.length) return { desired: { entries, documents }, check: undefined, faults };
  const { check, ofPolicy } = checkBy(schemas);
  const sound = new Map<string, Source>();
  for (const [path, source] of sources) {
    const schema = schemaOf(path);
    const broken = schema === undefined ? [] : ofPolicy(schema, source);
    faults.push(...broken);
    if (broken.length === 0) sound.set(path, source);
  }
  for (const judge of [checkLists, ...judges]) faults.push(...judge(sound));
  return { desired: { entries, documents }, check, faults };
}
