import { sha256 } from "../../base/bytes.ts";
import type { Desired, Entry } from "../entry.ts";
import { isReferenceList } from "../../contract/formats/reference-list.ts";
import { treeLimits } from "../../source/limits.ts";
import { checkLists } from "./check-lists.ts";
import { faultAt, type ManifestFault } from "../../source/fault.ts";
import { createSchemaCheck, schemaNames, type SchemaCheck, type SchemaName } from "../../contract/check/schema-check.ts";
import { readKept, type Source } from "../../source/source.ts";
import { openTree, fileStart, type Tree } from "../../source/tree.ts";

/** The files of `policies/`, all of them: they are evidence byte for byte. */
function readFiles(tree: Tree, folder = ""): readonly { path: string; text: string }[] {
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

/** The schema to which a policy is held. */
function schemaOf(path: string): SchemaName | undefined {
  if (path === "classification.yaml") return "classification";
  if (isReferenceList(path)) return "reference";
  if (path.startsWith("standards/")) return "standard";
  return path.startsWith("regulations/") ? "regulation" : undefined;
}

let lastCheck: { readonly schemas: readonly object[]; readonly check: SchemaCheck } | undefined;

/** The check by these schemas, compiled once for the same ones. */
function checkBy(schemas: readonly object[]): SchemaCheck {
  if (lastCheck === undefined || !schemas.every((schema, i) => schema === lastCheck!.schemas[i])) {
    lastCheck = { schemas, check: createSchemaCheck(new Map(schemaNames.map((name, i) => [name, schemas[i]!]))) };
  }
  return lastCheck.check;
}

/** The policies as registry entries, and the schema check that they bring for the manifests; none if a schema is missing or broken. */
export function loadPolicies(folder: string): {
  readonly desired: Desired;
  readonly check: SchemaCheck | undefined;
  readonly faults: readonly ManifestFault[];
} {
  const tree = openTree(folder, "policies");
  const files = readFiles(tree);
  const faults: ManifestFault[] = [...tree.faults];
  const sources = new Map<string, Source>();
  const entries: Entry[] = [];
  const documents = new Map<string, Buffer>();
  for (const { path, text } of files) {
    const read = readKept(`policies/${path}`, text);
    faults.push(...read.faults);
    if (read.source !== undefined) sources.set(path, read.source);
    const bytes = Buffer.from(text);
    const digest = sha256(bytes).toString("base64url");
    documents.set(digest, bytes);
    entries.push({ kind: "policy", id: path, state: "active", content: { digest } });
  }
  const present = new Set(files.map((file) => file.path));
  for (const path of ["classification.yaml", "regulations/base.yaml", ...schemaNames.map((name) => `schema/${name}.json`)]) {
    if (!present.has(path)) faults.push(faultAt(fileStart("policies"), "file-missing", path));
  }
  if (faults.length > 0) return { desired: { entries, documents }, check: undefined, faults };
  const check = checkBy(schemaNames.map((name) => sources.get(`schema/${name}.json`)!.value as object));
  for (const [path, source] of sources) {
    const schema = schemaOf(path);
    if (schema !== undefined) faults.push(...check(schema, source));
  }
  if (faults.length === 0) faults.push(...checkLists(sources));
  return { desired: { entries, documents }, check, faults };
}
