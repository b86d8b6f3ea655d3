import { isObject } from "../../base/is-object.ts";
import { pointerOf } from "../document.ts";
import { readSource, type Source } from "../../source/source.ts";
import { faultAt, type ManifestFault, type SourcePlace } from "../../source/fault.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { folderLimits, type ContractFolder } from "./folder.ts";
import { objectsIn, type ObjectKind } from "./object-kinds.ts";

/** A part of one of the files that make up a contract. */
export interface Target {
  readonly file: ContractFile;
  readonly steps: PointerTokens;
}

export interface ContractFile {
  /** Relative to the contract; of the contract itself "". */
  readonly path: string;
  readonly source: Source;
  /** Where identifiers of schemas lead (`$id`, `$anchor`), by their address without and with `#name`. */
  readonly ids: ReadonlyMap<string, PointerTokens>;
  /** The address against which references at and below these tokens are resolved. */
  baseAt(steps: PointerTokens): string;
}

/** Nothing is ever fetched: this only gives relative references something to be relative to. */
const home = "file:///kontrak/";

export interface References {
  readonly root: ContractFile;
  readonly faults: ManifestFault[];
  /** The texts of the other files that were read, by their paths. */
  readonly texts: ReadonlyMap<string, string>;
  /** Where a reference that stands at these tokens leads; `undefined`, with a fault, if nowhere. */
  resolve(reference: string, from: Target, kind: ObjectKind): Target | undefined;
  /** How many places have this `$dynamicAnchor`, and the first of them. */
  dynamic(name: string): { readonly places: number; readonly first: PointerTokens | undefined };
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

/** Finds what each reference of a contract means: JSON Pointers, `$id`, `$anchor`, `$self` and files of its folder. */
export function referencesOf(
  source: Source,
  {
    folder,
    identifiers,
  }: { readonly folder: ContractFolder; /** Whether the dialect has `$id` and anchors. */ readonly identifiers: boolean },
): References {
  const faults: ManifestFault[] = [];
  const dynamics = new Map<string, PointerTokens[]>();
  const files = new Map<string, ContractFile | undefined>();
  const texts = new Map<string, string>();
  let bytes = 0;

  function open(path: string, value: Source, as: ObjectKind): ContractFile {
    const ids = new Map<string, PointerTokens>();
    const bases: { readonly pointer: string; readonly uri: string }[] = [];
    const own = path === "" ? `${home}openapi.yaml` : home + path;
    const self = path === "" && isObject(value.value) ? value.value["$self"] : undefined;
    const base = typeof self === "string" && URL.canParse(self, own) ? new URL(self, own).href : own;
    ids.set(base, []);
    const file: ContractFile = {
      path,
      source: value,
      ids,
      baseAt(steps) {
        if (bases.length === 0) return base;
        const here = `${pointerOf(steps)}/`;
        return bases.findLast(({ pointer }) => here.startsWith(`${pointer}/`))?.uri ?? base;
      },
    };
    for (const { kind: found, node, steps } of identifiers ? objectsIn(value.value, as) : []) {
      if (found !== "schema" || !isObject(node)) continue;
      if (typeof node["$id"] === "string" && URL.canParse(node["$id"], file.baseAt(steps))) {
        const uri = new URL(node["$id"], file.baseAt(steps)).href.replace(/#$/, "");
        ids.set(uri, steps);
        bases.push({ pointer: pointerOf(steps), uri });
      }
      if (typeof node["$anchor"] === "string") ids.set(`${file.baseAt(steps)}#${node["$anchor"]}`, steps);
      if (typeof node["$dynamicAnchor"] === "string") {
        ids.set(`${file.baseAt(steps)}#${node["$dynamicAnchor"]}`, steps);
        dynamics.set(node["$dynamicAnchor"], [...(dynamics.get(node["$dynamicAnchor"]) ?? []), steps]);
      }
    }
    return file;
  }

  const root = open("", source, "document");

  /** Another file of the folder, read once. */
  function another(path: string, place: SourcePlace, as: ObjectKind): ContractFile | undefined {
    if (files.has(path)) return files.get(path);
    files.set(path, undefined);
    if (files.size > folderLimits.files) {
      faults.push(faultAt(place, "too-many", `${folderLimits.files} $ref`));
      return undefined;
    }
    const text = folder.read(path);
    bytes += text === undefined ? 0 : Buffer.byteLength(text);
    if (text === undefined) faults.push(faultAt(place, "reference-file", path));
    else if (bytes > folderLimits.bytes) faults.push(faultAt(place, "file-too-large", String(folderLimits.bytes)));
    else {
      const name = source.file.includes("/") ? `${source.file.slice(0, source.file.lastIndexOf("/") + 1)}${path}` : path;
      const read = readSource(name, text);
      texts.set(path, text);
      faults.push(...read.faults);
      if (read.source !== undefined)
        files.set(path, open(path, read.source, isObject(read.source.value) && "openapi" in read.source.value ? "document" : as));
    }
    return files.get(path);
  }

  return {
    root,
    faults,
    texts,
    dynamic: (name) => ({ places: dynamics.get(name)?.length ?? 0, first: dynamics.get(name)?.[0] }),
    resolve(reference, { file, steps }, as) {
      const place = file.source.at([...steps, "$ref"]);
      const wrong = (): undefined => void faults.push(faultAt(place, "reference-invalid"));
      const base = file.baseAt(steps);
      const [path = "", ...rest] = reference.split("#");
      const fragment = rest.length === 0 ? "" : decoded(rest.join("#"));
      if (fragment === undefined || !URL.canParse(path, base)) return wrong();
      const uri = path === "" ? base : new URL(path, base).href;
      let within: Target | undefined = [file, root].flatMap((each) =>
        each.ids.has(uri) ? [{ file: each, steps: each.ids.get(uri)! }] : [],
      )[0];
      if (within === undefined) {
        if (!uri.startsWith("file:")) return void faults.push(faultAt(place, "reference-remote"));
        if (!uri.startsWith(home) || path.startsWith("/") || path.startsWith("file:"))
          return void faults.push(faultAt(place, "reference-outside"));
        const name = decoded(uri.slice(home.length)) ?? "";
        const found = name === "openapi.yaml" ? root : another(name, place, as);
        if (found === undefined) return undefined;
        within = { file: found, steps: [] };
      }
      if (fragment === "") return within;
      if (fragment.startsWith("/")) {
        const below = fragment
          .slice(1)
          .split("/")
          .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
        return { file: within.file, steps: [...within.steps, ...below] };
      }
      const named = within.file.ids.get(`${uri}#${fragment}`);
      return named === undefined ? wrong() : { file: within.file, steps: named };
    },
  };
}
