import { memberForm, versionForm } from "../../base/names.ts";
import type { ContractFolder } from "../../contract/reading/folder.ts";
import { treeLimits } from "../../source/limits.ts";
import type { ExampleFile } from "../../contract/check/check-examples.ts";
import { faultAt, type ManifestFault } from "../../source/fault.ts";
import type { SchemaCheck, SchemaName } from "../../contract/check/schema-check.ts";
import { readSource, type Source } from "../../source/source.ts";
import { openTree, fileStart, type Tree } from "../../source/tree.ts";

/** The tree as it is on disk; a manifest that its schema did not pass is `undefined`. Folder names are the codes. */
export interface ServicesTree {
  readonly instance: Source | undefined;
  readonly members: readonly MemberFolder[];
}

export interface MemberFolder {
  readonly code: string;
  readonly source: Source | undefined;
  readonly subsystems: readonly SubsystemFolder[];
}

export interface SubsystemFolder {
  readonly code: string;
  readonly source: Source | undefined;
  readonly keys: readonly { readonly file: string; readonly text: string }[];
  readonly services: readonly ServiceFolder[];
}

export interface ServiceFolder {
  /** `penduduk/v1` */
  readonly code: string;
  readonly source: Source | undefined;
  readonly contract: Source | undefined;
  /** The contract as it was given; `undefined` where it could not be read. */
  readonly contractText: string | undefined;
  /** The files to which the contract's references may lead; what it does not name is not known. */
  readonly beside: ContractFolder & { readonly paths: readonly string[] };
  readonly examples: readonly ExampleFile[];
}

/**
 * What a folder may contain: the form of the name, whether it is a folder, and how a fault shows it. Anything else is
 * refused.
 */
interface Row {
  readonly name: RegExp;
  readonly folder: boolean;
  readonly shown: string;
  readonly required?: true;
}
const codes = (shown: string): Row => ({ name: memberForm, folder: true, shown });
const layout = {
  root: [{ name: /^instance\.yaml$/, folder: false, shown: "instance.yaml", required: true }, codes("<member>/")],
  member: [{ name: /^member\.yaml$/, folder: false, shown: "member.yaml", required: true }, codes("<subsystem>/")],
  subsystem: [
    { name: /^subsystem\.yaml$/, folder: false, shown: "subsystem.yaml", required: true },
    { name: /^keys$/, folder: true, shown: "keys/" },
    codes("<service>/"),
  ],
  keys: [{ name: /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\.jwt$/, folder: false, shown: "<name>.jwt" }],
  service: [{ name: versionForm, folder: true, shown: "v<number>/" }],
  version: [
    { name: /^service\.yaml$/, folder: false, shown: "service.yaml", required: true },
    { name: /^openapi\.yaml$/, folder: false, shown: "openapi.yaml", required: true },
    { name: /^examples$/, folder: true, shown: "examples/" },
    { name: /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:ya?ml|json)$/, folder: false, shown: "a file that openapi.yaml names" },
    codes("a folder of them"),
  ],
  beside: [
    { name: /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(?:ya?ml|json)$/, folder: false, shown: "a file that openapi.yaml names" },
    codes("a folder of them"),
  ],
  examples: [{ name: /\.json$/, folder: false, shown: "<operationId>.<part>.json" }],
} satisfies Record<string, readonly Row[]>;

/** Reads `services/` in the layout above; every other file and every broken manifest becomes a fault. */
export function readServices(
  root: string,
  check: SchemaCheck,
): { readonly services: ServicesTree; readonly faults: readonly ManifestFault[] } {
  const tree: Tree = openTree(root, "services");
  const faults = tree.faults;
  const label = (path: string): string => (path === "" ? "services" : `services/${path}`);
  const below = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

  const enter = (folder: string, rows: readonly Row[]): readonly { name: string; path: string; folder: boolean }[] => {
    const found = tree.list(folder);
    for (const row of rows) {
      if (row.required && !found.some((item) => row.name.test(item.name) && item.folder === row.folder))
        faults.push(faultAt(fileStart(label(folder)), "file-missing", row.shown));
    }
    return found.flatMap((item) => {
      const path = below(folder, item.name);
      if (rows.some((row) => row.folder === item.folder && row.name.test(item.name))) return [{ ...item, path }];
      faults.push(faultAt(fileStart(label(path)), "file-unknown", rows.map((row) => row.shown).join(", ")));
      return [];
    });
  };

  const readManifest = (
    items: readonly { name: string; path: string }[],
    name: string,
    schema: SchemaName | undefined,
    maxBytes: number,
    keep: (text: string) => void = () => undefined,
  ): Source | undefined => {
    const item = items.find((candidate) => candidate.name === name);
    const text = item === undefined ? undefined : tree.read(item.path, maxBytes);
    if (item === undefined || text === undefined) return undefined;
    keep(text);
    const { source, faults: broken } = readSource(label(item.path), text);
    const wrong = [...broken, ...(source === undefined || schema === undefined ? [] : check(schema, source))];
    faults.push(...wrong);
    return wrong.length > 0 ? undefined : source;
  };

  const readTexts = (folder: string | undefined, rows: readonly Row[], maxBytes: number): readonly ExampleFile[] =>
    folder === undefined
      ? []
      : enter(folder, rows).flatMap(({ name, path }) => {
          const text = tree.read(path, maxBytes);
          return text === undefined ? [] : [{ file: label(path), name, text }];
        });

  const own = new Set(["service.yaml", "openapi.yaml", "examples"]);

  /** The files below a version that its contract may name, as it would name them. */
  const pathsBelow = (items: ReturnType<typeof enter>, from: string, levels = 4): readonly string[] =>
    items.flatMap(({ path, folder }) => {
      if (!folder) return [path.slice(from.length + 1)];
      return levels === 0 ? [] : pathsBelow(enter(path, layout.beside), from, levels - 1);
    });

  const readVersion = (folder: string, code: string): ServiceFolder => {
    const items = enter(folder, layout.version);
    const paths = pathsBelow(
      items.filter(({ name }) => !own.has(name)),
      folder,
    );
    let contractText: string | undefined;
    const contract = readManifest(items, "openapi.yaml", undefined, treeLimits.contractBytes, (text) => (contractText = text));
    return {
      code,
      source: readManifest(items, "service.yaml", "service", treeLimits.manifestBytes),
      beside: {
        paths: paths.map((path) => label(below(folder, path))),
        read: (path) => (paths.includes(path) ? tree.read(below(folder, path), treeLimits.contractBytes) : undefined),
      },
      contract,
      contractText,
      examples: readTexts(items.find((item) => item.name === "examples")?.path, layout.examples, treeLimits.exampleBytes),
    };
  };

  const readSubsystem = (folder: string, code: string): SubsystemFolder => {
    const items = enter(folder, layout.subsystem);
    return {
      code,
      source: readManifest(items, "subsystem.yaml", "subsystem", treeLimits.manifestBytes),
      keys: readTexts(items.find((item) => item.name === "keys")?.path, layout.keys, treeLimits.keyBytes),
      services: items
        .filter((item) => item.folder && item.name !== "keys")
        .flatMap((service) =>
          enter(service.path, layout.service).map((version) => readVersion(version.path, `${service.name}/${version.name}`)),
        ),
    };
  };

  const items = enter("", layout.root);
  const services: ServicesTree = {
    instance: readManifest(items, "instance.yaml", "instance", treeLimits.manifestBytes),
    members: items
      .filter((item) => item.folder)
      .map((member) => {
        const inside = enter(member.path, layout.member);
        return {
          code: member.name,
          source: readManifest(inside, "member.yaml", "member", treeLimits.manifestBytes),
          subsystems: inside.filter((item) => item.folder).map((item) => readSubsystem(item.path, item.name)),
        };
      }),
  };
  return { services, faults };
}
