import type { ContentFault } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import { messages } from "./messages.ts";
import type { SchemaValidator } from "./schemas.ts";

export type ScalarType = "string" | "integer" | "number" | "boolean";

/** A parameter of an operation, as the contract declares it. */
export interface ParameterRule {
  readonly name: string;
  readonly in: "path" | "query" | "hdr";
  readonly required: boolean;
  /** The type of the value, or of each item of an array. */
  readonly type: ScalarType;
  /** `undefined` unless it is an array; then whether it is written `a=1&a=2` (`repeated`) or `a=1,2` (`commas`). */
  readonly array: "repeated" | "commas" | undefined;
  readonly judge: SchemaValidator;
}

type Place = ContentFault["in"];

const fault = (place: Place, pointer: string, detail: Text): ContentFault => ({ in: place, pointer, detail });
const pointerTo = (name: string): string => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;

const kinds: Readonly<Record<Exclude<ScalarType, "string">, { form: RegExp; read: (text: string) => unknown; wrong: Text }>> = {
  integer: {
    form: /^-?(?:0|[1-9]\d{0,15})$/,
    read: Number,
    wrong: messages.notInteger,
  },
  number: {
    form: /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/,
    read: Number,
    wrong: messages.notNumber,
  },
  boolean: {
    form: /^(?:true|false)$/,
    read: (text) => text === "true",
    wrong: messages.notBoolean,
  },
};

/**
 * Strict percent-decoding; `undefined` if the text is wrong. A bare `+` is refused in a query, because half of all
 * readers take it for a space.
 */
function decode(raw: string, plus: boolean): string | undefined {
  if (!plus && raw.includes("+")) return undefined;
  if (!raw.includes("%")) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}

/** One text converted to the type that the schema asks for. */
function coerce(text: string, type: ScalarType): { readonly value: unknown } | { readonly wrong: Text } {
  if (type === "string") return { value: text };
  const kind = kinds[type];
  if (!kind.form.test(text)) return { wrong: kind.wrong };
  const value = kind.read(text);
  return typeof value === "number" && (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    ? { wrong: kind.wrong }
    : { value };
}

/** Validates the texts of one parameter: one, or the items of its array. */
function validateTexts(rule: ParameterRule, texts: readonly string[]): readonly ContentFault[] {
  const pointer = pointerTo(rule.name);
  const values: unknown[] = [];
  const faults: ContentFault[] = [];
  texts.forEach((text, index) => {
    const coerced = coerce(text, rule.type);
    if ("value" in coerced) values.push(coerced.value);
    else faults.push({ in: rule.in, pointer: rule.array === undefined ? pointer : `${pointer}/${index}`, detail: coerced.wrong });
  });
  if (faults.length > 0) return faults;
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  return rule
    .judge(rule.array === undefined ? values[0] : values, bytes)
    .map((found) => ({ in: rule.in, pointer: pointer + found.pointer, detail: found.detail }));
}

const missing = (rule: ParameterRule): ContentFault => fault(rule.in, pointerTo(rule.name), messages.parameterMissing);

const undeclared = (place: Place, rules: ReadonlyMap<string, ParameterRule>): ContentFault => {
  const names = [...rules.values()].map((rule) => rule.name).join(", ");
  return fault(place, "", messages.parameterUnknown(names));
};

/** Validates raw path segments, which are in the order of `rules`. */
export function validatePath(rules: readonly ParameterRule[], segments: readonly string[]): readonly ContentFault[] {
  return rules.flatMap((rule, index) => {
    const text = decode(segments[index] ?? "", true);
    return text === undefined
      ? [{ in: "path" as const, pointer: pointerTo(rule.name), detail: messages.badEscape }]
      : validateTexts(rule, [text]);
  });
}

/** Validates a raw query, without `?`: `name=value` joined by `&`, as form style in OpenAPI. */
export function validateQuery(rules: ReadonlyMap<string, ParameterRule>, rawQuery: string): readonly ContentFault[] {
  const given = new Map<string, string[]>();
  const faults: ContentFault[] = [];
  for (const pair of rawQuery === "" ? [] : rawQuery.split("&")) {
    const equals = pair.indexOf("=");
    const name = equals < 1 ? undefined : decode(pair.slice(0, equals), false);
    if (name === undefined) {
      faults.push(fault("query", "", messages.queryForm));
      continue;
    }
    const rule = rules.get(name);
    if (rule === undefined) {
      faults.push(undeclared("query", rules));
      continue;
    }
    const raw = pair.slice(equals + 1);
    const texts = (rule.array === "commas" ? raw.split(",") : [raw]).map((item) => decode(item, false));
    const before = given.get(name);
    if (before !== undefined && rule.array !== "repeated") faults.push(fault("query", pointerTo(name), messages.parameterTwice));
    else if (texts.includes(undefined)) faults.push({ in: "query", pointer: pointerTo(name), detail: messages.badEscape });
    else given.set(name, [...(before ?? []), ...(texts as string[])]);
  }
  if (faults.length > 0) return faults;
  for (const rule of rules.values()) {
    const texts = given.get(rule.name);
    if (texts !== undefined) faults.push(...validateTexts(rule, texts));
    else if (rule.required) faults.push(missing(rule));
  }
  return faults;
}

/**
 * Validates `hdr` parameters. `rules` are by lower-case name: the provider gets them as HTTP fields, whose names are
 * case-insensitive (RFC 9110 §5.1).
 */
export function validateHdr(rules: ReadonlyMap<string, ParameterRule>, hdr: Readonly<Record<string, string>>): readonly ContentFault[] {
  const given = new Set<string>();
  const faults: ContentFault[] = [];
  for (const [name, value] of Object.entries(hdr)) {
    const rule = rules.get(name.toLowerCase());
    if (rule === undefined) faults.push(undeclared("hdr", rules));
    else if (given.has(rule.name)) faults.push(fault("hdr", pointerTo(rule.name), messages.parameterTwice));
    else if (!/^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(value)) faults.push(fault("hdr", pointerTo(rule.name), messages.headerCharacters));
    else faults.push(...validateTexts(rule, [value]));
    if (rule !== undefined) given.add(rule.name);
  }
  for (const rule of rules.values()) if (rule.required && !given.has(rule.name)) faults.push(missing(rule));
  return faults;
}
