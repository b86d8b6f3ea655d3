import { canonicalJson } from "../../base/canonical-json.ts";
import { isMultipleOf } from "../../contract/decimal-keywords.ts";
import { findFormat } from "../../contract/formats/formats.ts";
import { matcherOf } from "../../contract/pattern/matcher.ts";
import { propertyOf, declaredNames, namePatterns, prefixLength, itemOf, requiredNames, valuesOf, type View } from "./view.ts";

/** The types of JSON Schema; `number` stands for numbers that are no integers, beside `integer`. */
export const allTypes = ["null", "boolean", "object", "array", "number", "integer", "string"] as const;

/** The types that a view allows. */
export function allowedTypes(view: View): ReadonlySet<string> {
  const lists = valuesOf(view, "type").map((type) => [type].flat());
  if (valuesOf(view, "multipleOf").some(Number.isInteger)) lists.push(allTypes.filter((type) => type !== "number"));
  return new Set(allTypes.filter((type) => lists.every((list) => list.includes(type) || (type === "integer" && list.includes("number")))));
}

const typeOf = (value: unknown): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "array"
      : typeof value === "number"
        ? Number.isInteger(value)
          ? "integer"
          : "number"
        : typeof value;

/** The values of a view that names them all: by `enum` or `const`, or because its types have no others. */
export function finiteValues(view: View): readonly unknown[] | undefined {
  const types = allowedTypes(view);
  const lists = [...valuesOf(view, "enum").filter(Array.isArray), ...valuesOf(view, "const").map((value) => [value])] as unknown[][];
  if (lists.length === 0 && [...types].some((type) => type !== "null" && type !== "boolean")) return undefined;
  const [first = [null, true, false], ...others] = lists;
  const sets = others.map((list) => new Set(list.map(canonicalJson)));
  return first.filter((value) => types.has(typeOf(value)) && sets.every((set) => set.has(canonicalJson(value))));
}

/** One end of what a view allows, with the keyword that sets it. */
export interface Limit {
  readonly keyword: string;
  /** As the contract has it. */
  readonly written: string | number;
  readonly value: number;
  /** The value itself is not allowed. */
  readonly open: boolean;
}

/** Whole numbers of a format, from −n to n. */
const whole: Readonly<Record<string, readonly [number, number]>> = { int32: [-(2 ** 31), 2 ** 31 - 1] };

/** The characters of every value of a format. */
const lengths: Readonly<Record<string, number>> = {
  nik: 16,
  nip: 18,
  "nip-pppk": 18,
  "nomor-kk": 16,
  npwp: 16,
  "npwp-lama": 15,
  nib: 13,
  nop: 18,
  date: 10,
  uuid: 36,
};

const sides = {
  number: { lower: ["minimum", "exclusiveMinimum"], upper: ["maximum", "exclusiveMaximum"] },
  string: { lower: ["minLength"], upper: ["maxLength"] },
  array: { lower: ["minItems"], upper: ["maxItems"] },
  object: { lower: ["minProperties"], upper: ["maxProperties"] },
} as const;
export type Sized = keyof typeof sides;
export type Side = "lower" | "upper";
export const sized = Object.keys(sides) as readonly Sized[];

const limit = (keyword: string, written: string | number, value: number): Limit => ({ keyword, written, value, open: false });

const byFormat = (view: View, side: Side): readonly Limit[] =>
  valuesOf(view, "format")
    .map(String)
    .filter((name) => Object.hasOwn(whole, name))
    .map((name) => limit("format", name, whole[name]![side === "lower" ? 0 : 1]));

/** The sizes that other keywords imply. They are told as changes of these keywords, not of the size. */
function impliedSizes(view: View, kind: Sized, side: Side): readonly number[] {
  if (kind === "string")
    return valuesOf(view, "format").flatMap((name) => (Object.hasOwn(lengths, String(name)) ? [lengths[String(name)]!] : []));
  if (kind === "array" && side === "upper" && itemOf(view, prefixLength(view)).never) return [prefixLength(view)];
  if (kind === "object" && side === "lower") return [requiredNames(view, "request").size];
  if (kind === "object" && propertyOf(view, undefined).never && namePatterns(view).size === 0) return [declaredNames(view).size];
  return [];
}

/** The tightest limit of a view on one side; `undefined` where there is none. With `implied`, also by what other keywords imply. */
export function limitOf(view: View, kind: Sized, side: Side, implied = false): Limit | undefined {
  const written = sides[kind][side].flatMap((keyword) =>
    valuesOf(view, keyword)
      .filter((value) => typeof value === "number")
      .map((value): Limit => ({ keyword, written: value, value, open: keyword.startsWith("exclusive") })),
  );
  const integers = kind === "number" && !allowedTypes(view).has("number");
  const step = side === "lower" ? 1 : -1;
  const others = implied ? impliedSizes(view, kind, side).map((size) => limit("", size, size)) : [];
  const found = [...written, ...(kind === "number" ? byFormat(view, side) : []), ...others].map((one) =>
    !integers ? one : { ...one, open: false, value: one.open && Number.isInteger(one.value) ? one.value + step : towards(one.value, step) },
  );
  const tightest = found.sort((a, b) => step * (b.value - a.value) || Number(b.open) - Number(a.open))[0];
  // A number of characters, items or members is never below 0.
  return tightest !== undefined && kind !== "number" && side === "lower" && tightest.value <= 0 ? undefined : tightest;
}

const towards = (value: number, step: number): number => (step > 0 ? Math.ceil(value) : Math.floor(value));

/** Whether every value within `narrow` is within `wide`. */
export const withinLimit = (narrow: Limit | undefined, wide: Limit | undefined, side: Side): boolean => {
  if (wide === undefined) return true;
  if (narrow === undefined) return false;
  if (narrow.value === wide.value) return narrow.open || !wide.open;
  return side === "lower" ? narrow.value > wide.value : narrow.value < wide.value;
};

/** Formats of which every value is one of another format, too. */
const formatWithin: Readonly<Record<string, readonly string[]>> = {
  nik: ["nomor-kk", "npwp"],
  npwp: ["nomor-kk"],
  "nomor-kk": ["npwp"],
  email: ["idn-email"],
  hostname: ["idn-hostname"],
  uri: ["uri-reference", "iri", "iri-reference"],
  "uri-reference": ["iri-reference"],
  iri: ["iri-reference"],
  "json-pointer": ["uri-reference"],
  // Numbers: what they hold is a limit, or nothing.
  int32: ["int64"],
};

/** Formats that hold nothing beyond the type (OpenAPI 3.1.1 §4.4.2), or beyond what the gateway takes of any number. */
const empty: ReadonlySet<string> = new Set(["int32", "int64", "float", "double", "password", "binary", "byte"]);

export const formatsOf = (view: View): readonly string[] =>
  valuesOf(view, "format")
    .map(String)
    .filter((name) => !empty.has(name));

export const formatHolds = (narrow: readonly string[], wide: string): boolean =>
  narrow.some((name) => name === wide || (Object.hasOwn(formatWithin, name) && formatWithin[name]!.includes(wide)));

/** The divisors of a view; a view of integers alone divides by one. */
export const divisorsOf = (view: View): readonly number[] => [
  ...valuesOf(view, "multipleOf").filter((value) => typeof value === "number"),
  ...(allowedTypes(view).has("number") && !valuesOf(view, "format").includes("rupiah") ? [] : [1]),
];

const matches = (pattern: unknown, value: string): boolean => {
  try {
    return typeof pattern !== "string" || matcherOf(pattern).test(value);
  } catch {
    return false;
  }
};

const within = (view: View, kind: Sized, value: number): boolean =>
  (["lower", "upper"] as const).every((side) => withinLimit(limit("", value, value), limitOf(view, kind, side), side));

/** The keyword of the view that refuses a plain value; `undefined` if it holds, or the value is no plain one. */
export function refusingKeyword(view: View, value: unknown): string | undefined {
  if (view.never || !allowedTypes(view).has(typeOf(value))) return "type";
  if (typeof value === "string") {
    if (!valuesOf(view, "pattern").every((pattern) => matches(pattern, value))) return "pattern";
    if (!within(view, "string", [...value].length)) return "maxLength";
    const judges = formatsOf(view).map(findFormat);
    if (judges.some((format) => format?.type === "string" && format.judge(value) !== undefined)) return "format";
  }
  if (typeof value === "number") {
    if (!within(view, "number", value)) return "maximum";
    if (!divisorsOf(view).every((divisor) => isMultipleOf(value, divisor))) return "multipleOf";
  }
  return undefined;
}
