import { isObject } from "../../base/is-object.ts";
import { tokensBelow } from "../../contract/document.ts";
import type { ContractChange } from "./change.ts";
import { breaks, inTime, lookAt, type Comparison } from "./comparison.ts";
import { allowedTypes } from "./facts.ts";
import { messages } from "./messages.ts";
import { sameShape } from "./same-shape.ts";
import {
  below,
  declaredNames,
  itemOf,
  propertyOf,
  namePatterns,
  narrowed,
  prefixLength,
  requiredNames,
  valuesOf,
  type Part,
  type View,
} from "./view.ts";

const anything = (view: View): boolean => !view.never && view.parts.every(({ schema }) => Object.keys(schema).length === 0);

function* requiredChanges(comparison: Comparison): Generator<ContractChange> {
  const { direction, narrow, wide } = comparison;
  const sure = requiredNames(narrow, direction);
  for (const name of requiredNames(wide, direction)) {
    if (!sure.has(name)) yield breaks(comparison, direction === "request" ? messages.memberRequired(name) : messages.memberUncertain(name));
  }
  const pairs = (view: View): readonly (readonly [string, string])[] =>
    valuesOf(view, "dependentRequired").flatMap((by) =>
      isObject(by)
        ? Object.entries(by).flatMap(([name, names]) => (Array.isArray(names) ? names.map((other) => [name, String(other)] as const) : []))
        : [],
    );
  const known = new Set(pairs(narrow).map((pair) => pair.join("\n")));
  for (const [name, other] of pairs(wide)) {
    if (known.has(`${name}\n${other}`) || sure.has(other) || propertyOf(narrow, name).never) continue;
    yield breaks(
      comparison,
      direction === "request" ? messages.memberRequiredWith(other, name) : messages.memberUncertainWith(other, name),
    );
  }
}

/** A member of a name that one of both sides declares. */
function* memberChanges(comparison: Comparison, name: string): Generator<ContractChange> {
  const { direction, narrow, wide, compare } = comparison;
  const { was, is } = inTime(comparison, narrow, wide);
  const [had, has] = [declaredNames(was).has(name), declaredNames(is).has(name)];
  const [from, to] = [propertyOf(narrow, name), propertyOf(wide, name)];
  const hidden = (view: View): boolean => propertyOf(view, name).never || valuesOf(propertyOf(view, name), "writeOnly").includes(true);
  if (direction === "response" && had && !hidden(was) && (!has || hidden(is))) {
    yield breaks(comparison, messages.memberNotGiven(name));
  } else if (direction === "request" && had && !from.never && to.never) {
    yield breaks(comparison, messages.memberNotTaken(name));
  } else if (from.never || (direction === "response" && to.never)) {
    // It could not be there before, or nobody was promised that it is not.
  } else if ((had && has) || !anything(propertyOf(direction === "request" ? narrow : wide, undefined)) || had) {
    yield* compare(from, to);
    const [before, after] = [from, to].map((view) => valuesOf(view, "readOnly").includes(true));
    if (direction === "request" && before === false && after === true) yield lookAt(comparison, messages.memberReadOnly(name));
  }
}

function* restChanges(comparison: Comparison): Generator<ContractChange> {
  const { direction, narrow, wide, compare } = comparison;
  const [from, to] = [propertyOf(narrow, undefined), propertyOf(wide, undefined)];
  if (direction === "request") {
    if (!from.never && to.never) yield breaks(comparison, messages.closed);
    else if (!from.never) yield* compare(from, to);
  } else if (!to.never && !from.never && !anything(to)) yield* compare(from, to);
  for (const pattern of namePatterns(wide)) {
    const known = namePatterns(narrow).has(pattern);
    const mine = known ? below(narrow, "patternProperties", pattern) : from;
    if (!mine.never) yield* compare(mine, below(wide, "patternProperties", pattern));
  }
  for (const pattern of namePatterns(narrow)) {
    if (namePatterns(wide).has(pattern)) continue;
    if (to.never && direction === "request") yield breaks(comparison, messages.memberNotTaken(pattern));
    else if (!to.never && !anything(to)) yield* compare(below(narrow, "patternProperties", pattern), to);
  }
  const names = (view: View): View => narrowed(below(view, "propertyNames"), { type: "string" });
  if (valuesOf(wide, "propertyNames").length > 0) {
    if (valuesOf(narrow, "propertyNames").length > 0) yield* compare(names(narrow), names(wide));
    else if (!from.never) {
      yield breaks(
        comparison,
        direction === "request" ? messages.keywordIs("propertyNames", "…") : messages.keywordGone("propertyNames", "…"),
      );
    }
  }
}

/** Members: by name, by pattern, and all others. */
export function* objectChanges(comparison: Comparison): Generator<ContractChange> {
  const { narrow, wide } = comparison;
  if (!allowedTypes(narrow).has("object") || !allowedTypes(wide).has("object")) return;
  yield* requiredChanges(comparison);
  for (const name of new Set([...declaredNames(narrow), ...declaredNames(wide)])) yield* memberChanges(comparison, name);
  yield* restChanges(comparison);
}

/** Items: one by one, and all that follow. */
export function* arrayChanges(comparison: Comparison): Generator<ContractChange> {
  const { narrow, wide, compare } = comparison;
  if (!allowedTypes(narrow).has("array") || !allowedTypes(wide).has("array")) return;
  const most = Math.max(prefixLength(narrow), prefixLength(wide));
  for (let index = 0; index <= Math.min(most, 100); index++) {
    const [from, to] = [itemOf(narrow, index), itemOf(wide, index)];
    if (!from.never && !to.never) yield* compare(from, to);
    else if (!from.never)
      yield breaks(comparison, comparison.direction === "request" ? messages.itemsNotTaken(index) : messages.itemsMore(index));
  }
  yield* containsChanges(comparison);
}

function* containsChanges(comparison: Comparison): Generator<ContractChange> {
  const { direction, narrow, wide } = comparison;
  const holders = (view: View): readonly Part[] => view.parts.filter(({ schema }) => schema["contains"] !== undefined);
  for (const part of holders(wide)) {
    const least = ({ schema }: Part): number => (typeof schema["minContains"] === "number" ? schema["minContains"] : 1);
    const most = ({ schema }: Part): number => (typeof schema["maxContains"] === "number" ? schema["maxContains"] : Infinity);
    if (least(part) === 0 && most(part) === Infinity) continue;
    const same = holders(narrow).filter((one) => sameKeywordShape(narrow, one, wide, part, "contains"));
    if (same.some((one) => least(one) >= least(part) && most(one) <= most(part))) continue;
    if (same.length > 0) yield breaks(comparison, messages.keywordChanged("minContains / maxContains"));
    else if (holders(narrow).length > 0) yield lookAt(comparison, messages.notComparable("contains"));
    else yield breaks(comparison, direction === "request" ? messages.keywordIs("contains", "…") : messages.keywordGone("contains", "…"));
  }
}

function sameKeywordShape(a: View, one: Part, b: View, other: Part, keyword: string, ...steps: readonly string[]): boolean {
  return sameShape(
    { document: a.document, steps: [...one.steps, keyword, ...steps] },
    { document: b.document, steps: [...other.steps, keyword, ...steps] },
  );
}

/** What no comparison of schemas decides: whether it means the same is for a person to say. */
export function* undecidedChanges(comparison: Comparison): Generator<ContractChange> {
  const { narrow, wide } = comparison;
  for (const part of wide.parts) {
    const { schema } = part;
    if (schema["if"] !== undefined && (schema["then"] !== undefined || schema["else"] !== undefined)) {
      const same = narrow.parts.some((one) =>
        ["if", "then", "else"].every(
          (keyword) =>
            (one.schema[keyword] === undefined) === (schema[keyword] === undefined) &&
            (schema[keyword] === undefined || sameKeywordShape(narrow, one, wide, part, keyword)),
        ),
      );
      if (!same) yield lookAt(comparison, messages.notComparable("if"));
    }
    if (schema["not"] !== undefined) {
      const same = narrow.parts.some((one) => one.schema["not"] !== undefined && sameKeywordShape(narrow, one, wide, part, "not"));
      if (!same) yield lookAt(comparison, messages.notComparable("not"));
    }
    for (const name of tokensBelow(schema["dependentSchemas"])) {
      const same = narrow.parts.some(
        ({ schema: by, steps }) =>
          isObject(by["dependentSchemas"]) &&
          Object.hasOwn(by["dependentSchemas"], name) &&
          sameKeywordShape(narrow, { schema: by, steps }, wide, part, "dependentSchemas", name),
      );
      if (!same && !propertyOf(narrow, name).never) yield lookAt(comparison, messages.notComparable("dependentSchemas"));
    }
  }
}
