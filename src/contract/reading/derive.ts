import { sha256 } from "../../base/bytes.ts";
import { isObject } from "../../base/is-object.ts";
import type { Text } from "../../base/text.ts";
import { faultAt, type ManifestFault } from "../../source/fault.ts";
import type { Source } from "../../source/source.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { nodeAt, pointerOf, tokensBelow, tokensOfReference } from "../document.ts";
import { isReservedHeader } from "../reserved-headers.ts";
import { serverPath } from "../server-path.ts";
import { isWithheldHeader } from "../withheld-headers.ts";
import { dropEmpty, modernSchema, plainSchema } from "./derive-schema.ts";
import type { ContractVersion } from "./dialect.ts";
import { noFolder, type ContractFolder } from "./folder.ts";
import { noteSentences, type ContractNote, type TakeNote } from "./notes.ts";
import { define, isReference, mapParts, objectsIn, type HeldObject, type ObjectKind } from "./object-kinds.ts";
import { nameOperations } from "./operation-ids.ts";
import { encodePaths, fitParameters } from "./path-parameters.ts";
import { referencesOf, type Target } from "./references.ts";
import { copiesOf, isOfOtherKind } from "./swagger/conversion.ts";
import { modernDocument } from "./swagger/document.ts";
import { withoutNews } from "./without-news.ts";

/** Where a part stands in `components`, and how deep references may lead to references there. */
const sections: Partial<Record<ObjectKind, string>> = {
  schema: "schemas",
  response: "responses",
  parameter: "parameters",
  example: "examples",
  requestBody: "requestBodies",
  header: "headers",
  securityScheme: "securitySchemes",
  link: "links",
  callback: "callbacks",
  pathItem: "pathItems",
};

/** The schemas of Swagger 2.0 that have a name, each with those below it. */
function* definitionsIn(document: unknown): Generator<HeldObject> {
  const definitions = nodeAt(document, ["definitions"]);
  for (const name of tokensBelow(definitions)) yield* objectsIn(nodeAt(definitions, [name]), "schema", ["definitions", name]);
}

export interface Derived {
  /** The document by which the gateway judges, with the places of what was given. */
  readonly source: Source;
  readonly notes: readonly ContractNote[];
  readonly faults: readonly ManifestFault[];
  /** The texts of the files beside the contract that it is made of, too, by their paths. */
  readonly files: ReadonlyMap<string, string>;
}

/** Where a part of the derived document was given; `named`, where its name was, if elsewhere. */
interface Origin {
  readonly source: Source;
  readonly steps: PointerTokens;
  readonly named?: Origin;
}

/** A document with the places of its parts in the files from which they come; what has none is at its holder's. */
export function placedSource(file: string, value: unknown, origins: ReadonlyMap<string, Origin>): Source {
  const origin = (steps: PointerTokens, named = false): Origin => {
    for (let length = steps.length; ; length--) {
      const found = origins.get(pointerOf(steps.slice(0, length)));
      if (found === undefined) continue;
      const { source, steps: given } = (named && length === steps.length ? found.named : undefined) ?? found;
      return { source, steps: [...given, ...steps.slice(length)] };
    }
  };
  return {
    file,
    value,
    at: (steps) => {
      const { source, steps: given } = origin(steps);
      return source.at(given);
    },
    atName: (steps) => {
      const { source, steps: given } = origin(steps, true);
      return source.atName(given);
    },
  };
}

/**
 * The document by which the gateway judges: OpenAPI 3.1 whose references are all local and whose schemas are JSON Schema
 * 2020-12. It depends on nothing but the text of the contract and of the files that it names, and says of each change
 * what and why.
 */
export function derive(given: Source, version: ContractVersion, folder: ContractFolder = noFolder): Derived {
  const swagger = version === "2.0";
  const references = referencesOf(given, { folder, identifiers: version === "3.1" || version === "3.2" });
  const { root } = references;
  const reached = new Map<string, ObjectKind>();
  // Of Swagger 2.0 only definitions are what they were, elsewhere; all else is written out where it is used.
  for (const { kind, steps } of swagger ? definitionsIn(given.value) : objectsIn(given.value)) reached.set(pointerOf(steps), kind);
  const inDerived = (steps: PointerTokens): PointerTokens => (swagger ? ["components", "schemas", ...steps.slice(1)] : steps);
  const origins = new Map<string, Origin>([["", { source: given, steps: [] }]]);
  const noted: { readonly steps: PointerTokens; readonly code: ContractNote["code"]; readonly detail: Text }[] = [];
  const note: TakeNote = (steps, code, ...words) => {
    const sentence: (...words: never[]) => Text = noteSentences[code];
    noted.push({ steps, code, detail: sentence(...(words as never[])) });
  };

  const brought = new Map<string, PointerTokens>();
  const waiting: { readonly from: Target; readonly kind: ObjectKind; readonly to: PointerTokens }[] = [];
  const taken = new Set<string>();

  /** The tokens in the derived document of what a reference leads to; what lies elsewhere is brought into `components`. */
  function localOf(target: Target, kind: ObjectKind, from: Target): PointerTokens | undefined {
    const { file, steps } = target;
    const pointer = pointerOf(steps);
    const node = nodeAt(file.source.value, steps);
    const fault = (code: "reference-invalid" | "reference-kind"): undefined =>
      void references.faults.push(faultAt(from.file.source.at([...from.steps, "$ref"]), code));
    if (node === undefined || node === null) return fault("reference-invalid");
    if (file === root && reached.has(pointer)) return reached.get(pointer) === kind ? inDerived(steps) : fault("reference-kind");
    if (swagger && isOfOtherKind(target, kind, root)) return fault("reference-kind");
    const section = sections[kind];
    if (section === undefined || (typeof node !== "object" && kind !== "schema")) return fault("reference-kind");
    const key = `${section} ${file.path}#${pointer}`;
    const known = brought.get(key);
    if (known !== undefined) return known;
    const shelf = swagger ? ["definitions"] : ["components", section];
    const words = (steps.at(-1) ?? file.path.replace(/^.*\/|\.[a-z]+$/gi, "")).replaceAll(/[^A-Za-z0-9._-]+/g, "_") || "bagian";
    const free = (name: string): boolean => !taken.has(`${section}/${name}`) && nodeAt(given.value, [...shelf, name]) === undefined;
    const name = free(words) ? words : `${words}_${sha256(Buffer.from(key)).toString("hex").slice(0, 8)}`;
    taken.add(`${section}/${name}`);
    const to = ["components", section, name];
    brought.set(key, to);
    origins.set(pointerOf(to), { source: file.source, steps });
    waiting.push({ from: target, kind, to });
    note(to, "file-brought-in", `${file.path}#${pointer}`, `#${pointerOf(to)}`);
    return to;
  }

  /** The local reference to where a reference leads; as it is, with a fault, if nowhere. */
  function rewritten(reference: string, from: Target, to: PointerTokens, kind: ObjectKind): string {
    // The usual case, and the only one in most documents.
    if (!swagger && from.file === root && root.ids.size === 1 && reached.get(pointerOf(tokensOfReference(reference) ?? ["–"])) === kind)
      return reference;
    const target = references.resolve(reference, from, kind);
    const local = target === undefined ? undefined : localOf(target, kind, from);
    if (local === undefined) return reference;
    const fragment = `#${local.map((step) => `/${encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("")}`;
    if (target!.file === root && from.file === root && !swagger && tokensOfReference(reference) === undefined)
      note(to, "reference-rewritten", fragment);
    return fragment;
  }

  /** One object, with all below it. `from` is where it is read, `to` where it will stand. */
  function derived(kind: ObjectKind, node: unknown, from: Target, to: PointerTokens, hops = 0): unknown {
    if (!isObject(node)) return node;
    if (isReference(kind, node)) {
      if (kind !== "mediaType") return { ...node, $ref: rewritten(node.$ref, from, to, kind) };
      const target = hops > 8 ? undefined : references.resolve(node.$ref, from, kind);
      const found = target === undefined ? undefined : nodeAt(target.file.source.value, target.steps);
      if (target === undefined || found === undefined) return {};
      origins.set(pointerOf(to), { source: target.file.source, steps: target.steps });
      return derived(kind, found, target, to, hops + 1);
    }
    const parts = mapParts(kind, node, (part) =>
      derived(part.kind, part.node, { file: from.file, steps: [...from.steps, ...part.steps] }, [...to, ...part.steps]),
    );
    tell(kind, parts, to);
    if (kind !== "schema") return version === "3.2" ? withoutNews(kind, parts, to, note) : parts;
    dropEmpty(parts, to, note);
    const schema =
      version === "2.0" || version === "3.0"
        ? modernSchema(node, parts, { document: from.file.source.value, version, steps: to, note })
        : plainSchema(node, parts, to, note);
    return pointing(schema, from, to);
  }

  /** Tells of what the gateway does not carry, as it stands in the derived document. */
  function tell(kind: ObjectKind, node: Readonly<Record<string, unknown>>, to: PointerTokens): void {
    if (kind === "pathItem") passOver(node, to);
    const optional = kind === "parameter" && node["required"] !== true;
    if (optional && (node["in"] === "cookie" || (node["in"] === "header" && isReservedHeader(String(node["name"])))))
      note([...to, "name"], "parameter-not-carried", String(node["name"]));
    for (const name of kind === "response" && isObject(node["headers"]) ? Object.keys(node["headers"]) : [])
      if (isWithheldHeader(name.toLowerCase())) note([...to, "headers", name], "header-not-passed", name);
    const below = kind === "document" ? serverPath(node) : undefined;
    if (below !== undefined) note(["servers", "0", "url"], "server-path", below);
  }

  /** Tells of methods that the gateway does not carry, and of content that has no meaning (RFC 9110 §9.3.1, §9.3.2, §9.3.5). */
  function passOver(item: Readonly<Record<string, unknown>>, to: PointerTokens): void {
    for (const method of ["options", "trace"])
      if (item[method] !== undefined) note([...to, method], "operation-not-carried", method.toUpperCase());
    for (const method of ["get", "head", "delete"]) {
      const operation = item[method];
      if (!isObject(operation) || operation["requestBody"] === undefined) continue;
      note([...to, method, "requestBody"], "request-body-ignored", method.toUpperCase());
    }
  }

  /** A schema whose references are local pointers, without the identifiers to which they led. */
  function pointing(schema: Readonly<Record<string, unknown>>, from: Target, to: PointerTokens): unknown {
    const changed: Record<string, unknown> = { ...schema };
    if (typeof changed["$ref"] === "string") changed["$ref"] = rewritten(changed["$ref"], from, to, "schema");
    for (const name of ["$id", "$anchor"]) delete changed[name];
    const anchor = changed["$dynamicAnchor"];
    if (typeof anchor === "string" && references.dynamic(anchor).places < 2) delete changed["$dynamicAnchor"];
    const dynamic = changed["$dynamicRef"];
    if (typeof dynamic !== "string" || references.dynamic(dynamic.replace(/^.*#/, "")).places >= 2) return changed;
    // With one anchor of the name there is nothing to choose from: it is a reference like any other (core §8.2.3.2).
    delete changed["$dynamicRef"];
    const plain = rewritten(dynamic, from, to, "schema");
    return changed["$ref"] === undefined
      ? { ...changed, $ref: plain }
      : { ...changed, allOf: [...((changed["allOf"] as unknown[] | undefined) ?? []), { $ref: plain }] };
  }

  const originOf = ({ file, steps }: Target): Origin => ({ source: file.source, steps });
  const document = swagger
    ? modernDocument({
        root,
        faults: references.faults,
        note,
        place: (to, one, named) => origins.set(pointerOf(to), { ...originOf(one), ...(named && { named: originOf(named) }) }),
        resolve: references.resolve,
        schema: (node, from, to) => derived("schema", node, from, to),
        tell,
        mayCopy: copiesOf(references.faults),
      })
    : (derived("document", given.value, { file: root, steps: [] }, []) as Record<string, unknown>);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const node = nodeAt(next.from.file.source.value, next.from.steps);
    const components = { ...((document["components"] as Record<string, unknown> | undefined) ?? {}) };
    const section = { ...((components[next.to[1]!] as Record<string, unknown> | undefined) ?? {}) };
    document["components"] = components;
    components[next.to[1]!] = section;
    define(section, next.to[2]!, derived(next.kind, node, next.from, next.to));
  }
  if (version !== "3.1") {
    document["openapi"] = "3.1.0";
    note(["openapi"], "dialect-converted", version);
  }
  encodePaths(document, note, (from, to) => {
    const [old, now] = [pointerOf(from), pointerOf(to)];
    if (!origins.has(old)) origins.set(now, { source: given, steps: from });
    for (const [pointer, origin] of [...origins])
      if (pointer === old || pointer.startsWith(`${old}/`)) origins.set(now + pointer.slice(old.length), origin);
  });
  fitParameters(document, note);
  nameOperations(document, note);
  const source = placedSource(given.file, document, origins);
  const notes = noted.map(({ steps, code, detail }) => ({ ...source.at(steps), code, pointer: pointerOf(steps), detail }));
  const once = new Map(notes.map((one) => [`${one.file}:${one.line}:${one.column} ${one.code} ${one.detail.en}`, one]));
  return { source, notes: [...once.values()], faults: references.faults, files: references.texts };
}
