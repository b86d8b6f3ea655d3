import { STATUS_CODES } from "node:http";
import { follow, nodeAt, tokensBelow, type ContractDocument } from "../contract/document.ts";
import type { PointerTokens } from "../source/steps.ts";
import { isJsonName, mayBeJson, parseMediaType, problemType } from "../contract/media-type.ts";
import { isForm, sampleType, writeSample, type SampleContent } from "./sample-content.ts";
import { collectParameters, isJudgedParameter, neverHasContent, takesContent } from "../contract/operation.ts";
import { headerForm } from "../contract/parameters.ts";
import { writeParameter } from "../contract/parameter-style.ts";
import { judgedValues, type JudgedValues } from "./made-up.ts";
import { contentsOf, locateOperations, type LocatedOperation } from "../contract/check/located-operation.ts";

/** One operation of a contract as its examples show it. */
export interface Sample {
  readonly id: string;
  /** Upper case, as sent. */
  readonly method: string;
  readonly template: string;
  readonly request: SampleRequest;
  /** The provider's answer; `undefined` if the contract has no example of it and none can be made up. */
  readonly answer: SampleAnswer | undefined;
  /** Whether the contract has any answer that is no failure; some name the failures only. */
  readonly succeeds: boolean;
  /** Names of the parts whose values are made up by their schemas, because the contract has no example: generated contracts have few. */
  readonly madeUp: readonly string[];
}

export interface SampleRequest {
  /** Path below the service's version, with its query: `/tarif/16.03.02?tahun=2026`. */
  readonly target: string;
  readonly hdr: Readonly<Record<string, string>>;
  readonly content: SampleContent | undefined;
  /** Names of required parts for which the contract has no example and none can be made up; such a request cannot be made. */
  readonly lacking: readonly string[];
}

export interface SampleAnswer {
  readonly status: number;
  readonly content: SampleContent | undefined;
}

/** The example files next to the contract, by name: `listTarif.response.json`. */
export type ExampleFiles = ReadonlyMap<string, Buffer>;

/** A sample of every operation of a contract in which the loader found no fault. */
export function samplesOf(document: ContractDocument, files: ExampleFiles = new Map()): readonly Sample[] {
  const values = judgedValues(document);
  return locateOperations(document).map((operation) => {
    const madeUp: string[] = [];
    const instead: Instead = (part, schema) => {
      const value = schema === undefined || nodeAt(document, schema) === undefined ? "contoh" : values.madeUp(schema);
      if (value !== undefined) madeUp.push(part);
      return value;
    };
    return {
      id: operation.id,
      method: operation.method.toUpperCase(),
      template: operation.template,
      request: requestOf(document, operation, files, instead, values.conforms),
      answer: answerOf(document, operation, files, instead, values.conforms),
      succeeds: statusesOf(document, operation).some(isSuccess),
      madeUp,
    };
  });
}

/** The statuses that the contract names, a range by its first. */
function statusesOf(document: ContractDocument, operation: LocatedOperation): readonly number[] {
  const statusOf = statusesIn(document, operation);
  return tokensBelow(nodeAt(document, [...operation.steps, "responses"])).map(statusOf);
}

/** A value for a part that has no example: by the schema at these tokens, or any text where nothing judges it. */
type Instead = (part: string, schema: PointerTokens | undefined) => unknown;

/** The example at a parameter or media type: its own, else that of its schema, else the schema's default or only value. */
function shownAt(document: ContractDocument, holder: PointerTokens): unknown {
  const own = ownExample(document, holder);
  if (own !== undefined) return own;
  const schema = follow(document, [...holder, "schema"])?.node;
  return (
    schema?.["example"] ?? nodeAt(schema, ["examples", "0"]) ?? schema?.["default"] ?? schema?.["const"] ?? nodeAt(schema, ["enum", "0"])
  );
}

/** The schema of a parameter: its own, or that of its media type. */
function schemaOf(document: ContractDocument, parameter: PointerTokens): PointerTokens | undefined {
  const [type] = tokensBelow(nodeAt(document, [...parameter, "content"]));
  return type === undefined ? [...parameter, "schema"] : mayBeJson(type) ? [...parameter, "content", type, "schema"] : undefined;
}

/** `example`, or the first of `examples`; of a parameter with `content`, also that of its media type. */
function ownExample(document: ContractDocument, holder: PointerTokens): unknown {
  const [type] = nodeAt(document, [...holder, "in"]) === undefined ? [] : tokensBelow(nodeAt(document, [...holder, "content"]));
  if (type !== undefined) return shownAt(document, [...holder, "content", type]);
  const single = nodeAt(document, [...holder, "example"]);
  if (single !== undefined) return single;
  const [name] = tokensBelow(nodeAt(document, [...holder, "examples"]));
  return name === undefined ? undefined : follow(document, [...holder, "examples", name])?.node["value"];
}

/** The example content at `contents`: a file before the contract's example, JSON before other types. One that breaks its schema is none. */
function contentAt(
  document: ContractDocument,
  contents: PointerTokens,
  file: Buffer | undefined,
  conforms: JudgedValues["conforms"],
  instead?: (schema: PointerTokens | undefined) => unknown,
): SampleContent | undefined {
  const types = [...tokensBelow(nodeAt(document, contents))].sort((a, b) => Number(isJsonName(b)) - Number(isJsonName(a)));
  const [first] = types;
  if (file !== undefined && first !== undefined && mayBeJson(first)) return { type: sampleType(first, true), bytes: file };
  for (const type of types) {
    const steps = [...contents, type, "schema"];
    const schema = mayBeJson(type) ? steps : undefined;
    const shown = shownAt(document, [...contents, type]);
    const fits = shown !== undefined && (schema === undefined || conforms(schema, shown));
    const value = fits ? shown : instead?.(isForm(type) && nodeAt(document, steps) !== undefined ? steps : schema);
    if (value !== undefined) return writeSample(type, value, (field) => isFileField(document, steps, field));
  }
  return undefined;
}

/** A field of a form that is a file, or several (OpenAPI 3.1.1 §4.8.14.3; 3.0.4 writes `format: binary`). */
function isFileField(document: ContractDocument, schema: PointerTokens, field: string): boolean {
  const of = follow(document, schema);
  const property = of && follow(document, [...of.steps, "properties", field]);
  const one = property && (follow(document, [...property.steps, "items"]) ?? property);
  return one !== undefined && (one.node["format"] === "binary" || one.node["contentMediaType"] !== undefined);
}

/** A parameter is text on the wire: the example of a number may be a text, and the reverse. */
function asWritten(shown: unknown): unknown {
  if (typeof shown !== "string") return String(shown);
  const number = Number(shown);
  return shown === "true" || shown === "false" ? shown === "true" : Number.isNaN(number) || shown === "" ? shown : number;
}

/** A made-up header as a statement can have it (protocol §2.1): a pattern may allow line breaks, and spaces at the ends. */
const asField = (text: string): string => (headerForm.test(text) ? text : text.replaceAll(/\s+/g, " ").trim());

function requestOf(
  document: ContractDocument,
  operation: LocatedOperation,
  files: ExampleFiles,
  instead: Instead,
  conforms: JudgedValues["conforms"],
): SampleRequest {
  const lacking: string[] = [];
  const query: string[] = [];
  const hdr: Record<string, string> = {};
  let path = operation.template;
  for (const steps of collectParameters(document, operation.steps.slice(0, -1), operation.steps).values()) {
    const { node } = follow(document, steps)!;
    if (!isJudgedParameter(node)) continue;
    const [name, place, required] = [node["name"] as string, node["in"], node["required"] === true];
    const schema = schemaOf(document, steps);
    const shown = shownAt(document, steps);
    const fits = shown !== undefined && (schema === undefined || conforms(schema, shown) || conforms(schema, asWritten(shown)));
    const value = fits ? shown : required ? (instead(name, schema) ?? shown) : undefined;
    if (value === undefined && required) lacking.push(name);
    if (value === undefined || (place !== "path" && !required && ownExample(document, steps) === undefined)) continue;
    const written = writeParameter(node, value, document.openapi);
    if (written === undefined) continue;
    if ("path" in written) path = path.replace(`{${name}}`, () => written.path);
    else if ("header" in written) hdr[name] = asField(written.header);
    else query.push(...written.query);
  }
  // What a contract says of content that the gateway does not carry (RFC 9110 §9.3) is nothing that a call has.
  const carried = takesContent.has(operation.method);
  const contents = carried ? contentsOf(document, operation.steps).get("request") : undefined;
  const content =
    contents === undefined
      ? undefined
      : contentAt(document, contents, files.get(`${operation.id}.request.json`), conforms, (schema) => instead("requestBody", schema));
  if (carried && content === undefined && follow(document, [...operation.steps, "requestBody"])?.node["required"] === true)
    lacking.push("requestBody");
  return { target: query.length === 0 ? path : `${path}?${query.join("&")}`, hdr, content, lacking };
}

/** An answer that is no failure and that the gateway delivers: never a part, nor one that stands for another (protocol §2.3, 14b). */
const isSuccess = (status: number): boolean => status >= 200 && status < 400 && status !== 206 && status !== 304;

/** The status for a key of `responses`: `2XX` is 200; `default` 500, or 200 where it is all that the contract says of success. */
function statusesIn(document: ContractDocument, operation: LocatedOperation): (key: string) => number {
  const responses = [...operation.steps, "responses"];
  const others = tokensBelow(nodeAt(document, responses)).some((key) => /^[23]/.test(key));
  const contents = contentsOf(document, operation.steps).get("default");
  const fails = others || tokensBelow(nodeAt(document, contents ?? ["–"])).some((type) => parseMediaType(type) === problemType);
  return (key) => (key === "default" ? (fails ? 500 : 200) : Number(key.replace("XX", "00")));
}

/**
 * The first success that has an example or no content, else the first that one can be made up for; another status only if there is none.
 */
function answerOf(
  document: ContractDocument,
  operation: LocatedOperation,
  files: ExampleFiles,
  instead: Instead,
  conforms: JudgedValues["conforms"],
): SampleAnswer | undefined {
  const contents = contentsOf(document, operation.steps);
  const statusOf = statusesIn(document, operation);
  const keys = tokensBelow(nodeAt(document, [...operation.steps, "responses"])).filter((key) => STATUS_CODES[statusOf(key)] !== undefined);
  const succeeds = (key: string): boolean => isSuccess(statusOf(key));
  const successFirst = (key: string): number => (succeeds(key) ? 0 : 1000) + statusOf(key);
  const [firstSuccess] = keys.filter(succeeds).sort();
  const answerAs = (key: string, made?: (schema: PointerTokens | undefined) => unknown): SampleAnswer | undefined => {
    const at = neverHasContent.has(statusOf(key)) ? undefined : contents.get(key);
    const file =
      files.get(`${operation.id}.${key}.json`) ?? (key === firstSuccess ? files.get(`${operation.id}.response.json`) : undefined);
    const content = at === undefined ? undefined : contentAt(document, at, file, conforms, made);
    return at === undefined || content !== undefined ? { status: statusOf(key), content } : undefined;
  };
  const sorted = [...keys].sort((a, b) => successFirst(a) - successFirst(b));
  const firstOf = (some: readonly string[], made?: (schema: PointerTokens | undefined) => unknown): SampleAnswer | undefined => {
    for (const key of some) {
      const answer = answerAs(key, made);
      if (answer !== undefined) return answer;
    }
    return undefined;
  };
  const successes = sorted.filter(succeeds);
  const made = (schema: PointerTokens | undefined): unknown => instead("response", schema);
  return firstOf(successes) ?? firstOf(successes, made) ?? firstOf(sorted) ?? (successes.length === 0 ? firstOf(sorted, made) : undefined);
}
