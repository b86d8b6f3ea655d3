import { canonicalJson } from "../../base/canonical-json.ts";
import { isMultipleOf } from "../../contract/decimal-keywords.ts";
import type { ContractChange } from "./change.ts";
import { breaks, inTime, lookAt, type Comparison } from "./comparison.ts";
import {
  allTypes,
  divisorsOf,
  finiteValues,
  formatHolds,
  formatsOf,
  limitOf,
  refusingKeyword,
  sized,
  allowedTypes,
  withinLimit,
} from "./facts.ts";
import { messages } from "./messages.ts";
import { valuesOf } from "./view.ts";

const shown = (value: unknown): string => JSON.stringify(value).slice(0, 80);

/** As a contract writes them: no types are all, and `number` includes `integer`. */
function written(types: readonly string[]): readonly string[] {
  if (types.length === allTypes.length) return [];
  return types.includes("number") ? types.filter((type) => type !== "integer") : types;
}

function* typeChanges(comparison: Comparison): Generator<ContractChange> {
  const [narrow, wide] = [allowedTypes(comparison.narrow), allowedTypes(comparison.wide)];
  const over = [...narrow].filter((type) => !wide.has(type) && !(comparison.text && type === "null"));
  if (over.length === 0) return;
  const free = narrow.size === allTypes.length;
  const told = free ? [] : written(over);
  yield breaks(comparison, comparison.direction === "request" ? messages.typesLost(told) : messages.typesGained(told));
}

/** The changes where the narrower side names all its values, so that each can be tried. */
function* valueChanges(comparison: Comparison, values: readonly unknown[]): Generator<ContractChange> {
  const request = comparison.direction === "request";
  const named = finiteValues(comparison.wide);
  if (named !== undefined) {
    const known = new Set(named.map(canonicalJson));
    const over = values.filter((value) => !known.has(canonicalJson(value)) && !(comparison.text && value === null)).map(shown);
    if (over.length > 0) yield breaks(comparison, request ? messages.valuesLost(over) : messages.valuesGained(over));
    return;
  }
  const keywords = new Set(values.map((value) => refusingKeyword(comparison.wide, value)).filter((keyword) => keyword !== undefined));
  if (keywords.has("type")) yield* typeChanges(comparison);
  for (const keyword of keywords) if (keyword !== "type") yield breaks(comparison, messages.keywordChanged(keyword));
}

function* limitChanges(comparison: Comparison): Generator<ContractChange> {
  const { narrow, wide } = comparison;
  const types = allowedTypes(narrow);
  for (const kind of sized) {
    if (!types.has(kind) && !(kind === "number" && types.has("integer"))) continue;
    for (const side of ["lower", "upper"] as const) {
      const [tight, loose] = [limitOf(narrow, kind, side), limitOf(wide, kind, side)];
      if (withinLimit(limitOf(narrow, kind, side, true), loose, side)) continue;
      const { was, is } = inTime(comparison, tight, loose);
      yield breaks(comparison, is === undefined ? messages.limitGone(was!) : messages.limitIs(is, was));
    }
  }
}

/** One of the keywords of which each value is a demand of its own. */
function* demandChanges(
  comparison: Comparison,
  keyword: string,
  [narrow, wide]: readonly [readonly unknown[], readonly unknown[]],
  holds: (demand: unknown) => boolean,
): Generator<ContractChange> {
  const open = wide.filter((demand) => !holds(demand));
  if (open.length === 0) return;
  const { was, is } = inTime(comparison, narrow, wide);
  const [before, after] = [was[0], is[0]].map((value) => (value === undefined ? undefined : shown(value)));
  yield breaks(comparison, messages.demandChanged(keyword, before, after));
}

/** Everything but members, items and alternatives. */
export function* plainChanges(comparison: Comparison): Generator<ContractChange> {
  const { narrow, wide } = comparison;
  const values = finiteValues(narrow);
  if (values !== undefined) {
    yield* valueChanges(comparison, values);
    return;
  }
  yield* typeChanges(comparison);
  const types = allowedTypes(narrow);
  // What is said of a type that the narrower side does not have concerns nobody.
  if (![...types].some((type) => allowedTypes(wide).has(type))) return;
  if (finiteValues(wide) !== undefined && [...allowedTypes(wide)].some((type) => type !== "boolean" && type !== "null"))
    yield breaks(comparison, comparison.direction === "request" ? messages.valuesLimited : messages.valuesFree);
  yield* limitChanges(comparison);
  if (types.has("string")) {
    const [patterns, wanted] = [valuesOf(narrow, "pattern"), valuesOf(wide, "pattern")];
    yield* demandChanges(comparison, "pattern", [patterns, wanted], (pattern) => patterns.includes(pattern));
    const [formats, others] = [formatsOf(narrow), formatsOf(wide)];
    yield* demandChanges(comparison, "format", [formats, others], (format) => formatHolds(formats, String(format)));
    for (const keyword of ["contentEncoding", "contentMediaType"]) {
      const [has, wants] = [valuesOf(narrow, keyword), valuesOf(wide, keyword)];
      yield* demandChanges(comparison, keyword, [has, wants], (value) => has.includes(value));
      // A value that was plain text would be encoded now: the contract judges neither, the reader sees another text.
      if (wants.length === 0 && has.length > 0) yield lookAt(comparison, messages.keywordChanged(keyword));
    }
  }
  if (types.has("number") || types.has("integer")) {
    const [divisors, wanted] = [divisorsOf(narrow), divisorsOf(wide)];
    const own = (list: readonly number[]): readonly number[] => list.filter((divisor) => divisor !== 1);
    const tested = allowedTypes(wide).has("number") || !types.has("number") ? wanted : own(wanted);
    yield* demandChanges(comparison, "multipleOf", [own(divisors), tested], (divisor) =>
      divisors.some((step) => isMultipleOf(step, divisor as number)),
    );
  }
  const unique = valuesOf(wide, "uniqueItems").includes(true) && !valuesOf(narrow, "uniqueItems").includes(true);
  const single = (limitOf(narrow, "array", "upper", true)?.value ?? 2) <= 1;
  if (types.has("array") && unique && !single)
    yield breaks(
      comparison,
      comparison.direction === "request" ? messages.keywordIs("uniqueItems", "true") : messages.keywordGone("uniqueItems", "true"),
    );
}
