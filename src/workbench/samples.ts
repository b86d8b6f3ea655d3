import { STATUS_CODES } from "node:http";
import { follow, nodeAt, tokensBelow, type ContractDocument } from "../contract/document.ts";
import type { PointerTokens } from "../source/steps.ts";
import { isJson } from "../contract/media-type.ts";
import { collectParameters } from "../contract/operation.ts";
import { contentsOf, locateOperations, type LocatedOperation } from "../contract/check/located-operation.ts";

/** One operation of a contract as its examples show it. */
export interface Sample {
  readonly id: string;
  /** Upper case, as sent. */
  readonly method: string;
  readonly template: string;
  readonly request: SampleRequest;
  /** The provider's answer; `undefined` if the contract has no example of it. */
  readonly answer: SampleAnswer | undefined;
}

export interface SampleRequest {
  /** Path below the service's version, with its query: `/tarif/16.03.02?tahun=2026`. */
  readonly target: string;
  readonly hdr: Readonly<Record<string, string>>;
  readonly content: SampleContent | undefined;
  /** Names of required parts without an example in the contract; such a request cannot be made. */
  readonly lacking: readonly string[];
}

export interface SampleAnswer {
  readonly status: number;
  readonly content: SampleContent | undefined;
}

export interface SampleContent {
  readonly type: string;
  readonly bytes: Buffer;
}

/** The example files next to the contract, by name: `listTarif.response.json`. */
export type ExampleFiles = ReadonlyMap<string, Buffer>;

/** A sample of every operation of a contract in which the loader found no fault. */
export function samplesOf(document: ContractDocument, files: ExampleFiles = new Map()): readonly Sample[] {
  return locateOperations(document).map((operation) => ({
    id: operation.id,
    method: operation.method.toUpperCase(),
    template: operation.template,
    request: requestOf(document, operation, files),
    answer: answerOf(document, operation, files),
  }));
}

/** The example at a parameter or media type: its own, else that of its schema, else the schema's default or only value. */
function shownAt(document: ContractDocument, holder: PointerTokens): unknown {
  const own = ownExample(document, holder);
  if (own !== undefined) return own;
  const schema = follow(document, [...holder, "schema"])?.node;
  return (
    schema?.["example"] ?? nodeAt(schema, ["examples", "0"]) ?? schema?.["default"] ?? schema?.["const"] ?? nodeAt(schema, ["enum", "0"])
  );
}

/** `example`, or the first of `examples`. */
function ownExample(document: ContractDocument, holder: PointerTokens): unknown {
  const single = nodeAt(document, [...holder, "example"]);
  if (single !== undefined) return single;
  const [name] = tokensBelow(nodeAt(document, [...holder, "examples"]));
  return name === undefined ? undefined : follow(document, [...holder, "examples", name])?.node["value"];
}

/** The example content at `contents`: a file comes before the contract's example, JSON before other types. */
function contentAt(document: ContractDocument, contents: PointerTokens, file: Buffer | undefined): SampleContent | undefined {
  const types = [...tokensBelow(nodeAt(document, contents))].sort((a, b) => Number(isJson(b)) - Number(isJson(a)));
  const [first] = types;
  if (file !== undefined && first !== undefined && isJson(first)) return { type: first, bytes: file };
  for (const type of types) {
    const value = shownAt(document, [...contents, type]);
    if (value !== undefined) return { type, bytes: Buffer.from(isJson(type) || typeof value !== "string" ? JSON.stringify(value) : value) };
  }
  return undefined;
}

function requestOf(document: ContractDocument, operation: LocatedOperation, files: ExampleFiles): SampleRequest {
  const lacking: string[] = [];
  const query: string[] = [];
  const hdr: Record<string, string> = {};
  let path = operation.template;
  for (const steps of collectParameters(document, operation.steps.slice(0, -1), operation.steps).values()) {
    const {
      name,
      in: place,
      required,
      explode,
    } = follow(document, steps)!.node as { name: string; in: string; required?: boolean; explode?: boolean };
    const value = shownAt(document, steps);
    if (value === undefined && required === true) lacking.push(name);
    if (value === undefined || (place !== "path" && required !== true && ownExample(document, steps) === undefined)) continue;
    const words = [value].flat().map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
    if (place === "path") path = path.replace(`{${name}}`, () => encodeURIComponent(words.join(",")));
    else if (place === "header") hdr[name] = words.join(",");
    else if (explode === false) query.push(`${name}=${words.map(encodeURIComponent).join(",")}`);
    else query.push(...words.map((word) => `${name}=${encodeURIComponent(word)}`));
  }
  const contents = contentsOf(document, operation.steps).get("request");
  const content = contents === undefined ? undefined : contentAt(document, contents, files.get(`${operation.id}.request.json`));
  if (content === undefined && follow(document, [...operation.steps, "requestBody"])?.node["required"] === true)
    lacking.push("requestBody");
  return { target: query.length === 0 ? path : `${path}?${query.join("&")}`, hdr, content, lacking };
}

/** The status for a key of `responses`: `2XX` is 200, `default` 500. */
const statusOf = (key: string): number => (key === "default" ? 500 : Number(key.replace("XX", "00")));

/** The first success that has an example or no content; another status only if there is no such success. */
function answerOf(document: ContractDocument, operation: LocatedOperation, files: ExampleFiles): SampleAnswer | undefined {
  const contents = contentsOf(document, operation.steps);
  const keys = tokensBelow(nodeAt(document, [...operation.steps, "responses"])).filter((key) => STATUS_CODES[statusOf(key)] !== undefined);
  const successFirst = (key: string): number => (key.startsWith("2") ? 0 : 1000) + statusOf(key);
  const [firstSuccess] = keys.filter((key) => key.startsWith("2")).sort();
  for (const key of [...keys].sort((a, b) => successFirst(a) - successFirst(b))) {
    const at = contents.get(key);
    const file =
      files.get(`${operation.id}.${key}.json`) ?? (key === firstSuccess ? files.get(`${operation.id}.response.json`) : undefined);
    const content = at === undefined ? undefined : contentAt(document, at, file);
    if (at === undefined || content !== undefined) return { status: statusOf(key), content };
  }
  return undefined;
}
