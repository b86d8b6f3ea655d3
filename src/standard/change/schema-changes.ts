import { canonicalJson } from "../../base/canonical-json.ts";
import { nodeAt, pointerOf } from "../../contract/document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { lintLimits } from "../limits.ts";
import { breaking, type ContractChange, type Pair } from "./change.ts";
import { breaks, inTime, lookAt, type Comparison, type Direction } from "./comparison.ts";
import { finiteValues, allowedTypes } from "./facts.ts";
import { messages } from "./messages.ts";
import { disjoint } from "./disjoint.ts";
import { arrayChanges, objectChanges, undecidedChanges } from "./part-changes.ts";
import { plainChanges } from "./plain-changes.ts";
import { sameShape, sameShapeOnce, type KnownShapes } from "./same-shape.ts";
import { chosen, narrowed, valuesOf, viewOf, type Group, type View } from "./view.ts";

/** How many ways through the alternatives of one value are compared one by one. */
const maxAlternatives = 64;

/** What has been compared, so that a component that many operations use is compared, and told, once. */
export interface Compared {
  readonly changes: Map<string, readonly ContractChange[]>;
  readonly shapes: KnownShapes;
  /** How many comparisons are under way within each other. */
  depth: number;
}

export const nothingCompared = (): Compared => ({ changes: new Map(), shapes: { same: new Set(), other: new Set() }, depth: 0 });

/** Whether both are the same text, but for words: then nothing in them has to be looked at. */
function unchanged(narrow: View, wide: View, shapes: KnownShapes): boolean {
  const [one, other] = [narrow.places, wide.places];
  if (one === undefined || other?.length !== one.length || narrow.document.version !== wide.document.version) return false;
  return one.every((steps, index) =>
    sameShapeOnce({ document: narrow.document, steps }, { document: wide.document, steps: other[index]! }, shapes),
  );
}

const broken = (changes: readonly ContractChange[]): boolean => changes.some((change) => change.breaks);

/** Whether two groups are the same alternatives in the same order. Their changes that a person has to look at are kept. */
function sameGroup(comparison: Comparison, narrow: Group, wide: Group): readonly ContractChange[] | undefined {
  if (narrow.keyword !== wide.keyword || narrow.choices.length !== wide.choices.length) return undefined;
  const changes: ContractChange[] = [];
  for (const [index, choice] of narrow.choices.entries()) {
    const own = comparison.compare(alone(comparison.narrow, choice), alone(comparison.wide, wide.choices[index]!));
    if (broken(own)) return undefined;
    changes.push(...own);
  }
  return changes;
}

const alone = (view: View, choice: PointerTokens): View => viewOf(view.document, [choice], choice);

/** Every way through the alternatives of a view; `undefined` for more than are compared. */
function waysOf(view: View): readonly View[] | undefined {
  let ways: readonly View[] = [view];
  for (let next = ways; next.some(({ groups }) => groups.length > 0); next = ways) {
    ways = next.flatMap((one) => {
      const [group] = one.groups;
      return group === undefined ? [one] : group.choices.map((choice) => chosen(one, [group], choice));
    });
    if (ways.length > maxAlternatives) return undefined;
  }
  return ways;
}

/** A view by its single values or types, of which each may be another alternative of the other side. */
function splitUp(view: View): readonly View[] {
  const values = finiteValues(view);
  if (values !== undefined && values.length <= maxAlternatives) return values.map((value) => narrowed(view, { const: value }));
  const types = [...allowedTypes(view)].filter((type) => type !== "integer" || !allowedTypes(view).has("number"));
  return types.length > 1 && types.length < 6 ? types.map((type) => narrowed(view, { type })) : [view];
}

/** The changes by which a way fails to be one of the alternatives; none if it is one. */
function groupChanges(comparison: Comparison, way: View, index: number, ways: number, group: Group): readonly ContractChange[] {
  const { compare, wide, direction } = comparison;
  const fit = (one: View): readonly ContractChange[] | undefined => {
    const tried = group.choices.map((choice) => compare(one, alone(wide, choice))).filter((changes) => !broken(changes));
    return tried.sort((a, b) => a.length - b.length)[0];
  };
  const whole = fit(way);
  if (whole !== undefined) return whole;
  const pieces = splitUp(way);
  const fits = pieces.map(fit);
  if (pieces.length > 1 && !fits.includes(undefined)) return fits.flatMap((changes) => changes ?? []);
  if (ways === group.choices.length) return compare(way, alone(wide, group.choices[index]!));
  return [breaks(comparison, direction === "request" ? messages.formNotTaken(group.keyword) : messages.formNew(group.keyword))];
}

function compareViews(comparison: Comparison): readonly ContractChange[] {
  const { narrow, wide, direction } = comparison;
  if (narrow.never) return [];
  if (wide.never) return [breaks(comparison, direction === "request" ? messages.typesLost([]) : messages.typesGained([]))];

  const kept: ContractChange[] = [];
  const [mine, theirs] = [new Set<Group>(), new Set<Group>()];
  for (const group of wide.groups) {
    for (const other of narrow.groups) {
      const same = mine.has(other) ? undefined : sameGroup(comparison, other, group);
      if (same === undefined) continue;
      kept.push(...same);
      mine.add(other);
      theirs.add(group);
      break;
    }
  }
  const every = waysOf(chosen(narrow, [...mine]));
  if (every === undefined) kept.push(lookAt(comparison, messages.notComparable("anyOf / oneOf")));
  const ways = every ?? [chosen(narrow, narrow.groups)];
  const rest = every === undefined ? [] : wide.groups.filter((group) => !theirs.has(group));
  const base = chosen(wide, wide.groups);
  const found = ways.flatMap((way, index) => {
    // Null cannot be written in a parameter.
    if (comparison.text && [...allowedTypes(way)].every((type) => type === "null")) return [];
    const one: Comparison = { ...comparison, narrow: way, wide: base };
    return [
      ...rest.flatMap((group) => groupChanges(comparison, way, index, ways.length, group)),
      ...plainChanges(one),
      ...objectChanges(one),
      ...arrayChanges(one),
      ...undecidedChanges(one),
    ];
  });
  return [...kept, ...found, ...overlapChanges(comparison), ...besideChanges(comparison)];
}

/** Of a `oneOf` exactly one may hold: whether a value that kept to one keeps to two now is not compared. */
function* overlapChanges(comparison: Comparison): Generator<ContractChange> {
  const { narrow, wide, direction } = comparison;
  for (const { keyword, choices } of direction === "request" ? wide.groups : []) {
    if (keyword !== "oneOf") continue;
    const views = choices.map((choice) => alone(wide, choice));
    const known = narrow.groups.some(
      (group) =>
        group.keyword === "oneOf" &&
        group.choices.length === choices.length &&
        group.choices.every((steps, index) =>
          sameShape({ document: narrow.document, steps }, { document: wide.document, steps: choices[index]! }),
        ),
    );
    if (!known && views.some((one, index) => views.slice(index + 1).some((other) => !disjoint(one, other))))
      yield lookAt(comparison, messages.formsOverlap);
  }
}

/** Keywords that judge nothing, but say what a value means. */
function* besideChanges(comparison: Comparison): Generator<ContractChange> {
  const { was, is } = inTime(comparison, comparison.narrow, comparison.wide);
  const first = (view: View, keyword: string): string => canonicalJson(valuesOf(view, keyword)[0] ?? null);
  const shown = (view: View): string | undefined =>
    valuesOf(view, "default").length === 0 ? undefined : first(view, "default").slice(0, 80);
  if (comparison.direction === "request" && first(was, "default") !== first(is, "default"))
    yield lookAt(comparison, messages.defaultChanged(shown(was), shown(is)));
  if (first(was, "discriminator") !== first(is, "discriminator") && valuesOf(was, "discriminator").length > 0)
    yield lookAt(comparison, messages.keywordChanged("discriminator"));
}

/** Each change once, and no more than are told: a component within many others brings the same ones along each way. */
function onceEach(changes: readonly ContractChange[]): readonly ContractChange[] {
  const told = new Map<string, ContractChange>();
  for (const change of changes) {
    const key = `${change.breaks} ${pointerOf(change.steps)} ${change.text.en}`;
    if (!told.has(key)) told.set(key, change);
    if (told.size >= lintLimits.findingsOfOneRule) break;
  }
  return [...told.values()];
}

/** The changes from one view to a newer one that a consumer notices. */
export function viewChanges(old: View, now: View, direction: Direction, compared: Compared, text = false): readonly ContractChange[] {
  const { changes: known, shapes } = compared;
  const compare = (narrow: View, wide: View): readonly ContractChange[] => {
    const key = `${direction} ${text} ${narrow.key} ${wide.key}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (unchanged(narrow, wide, shapes)) return [];
    const comparison = { direction, narrow, wide, text, compare };
    if (known.size >= lintLimits.comparisons || compared.depth >= lintLimits.comparisonDepth)
      return [lookAt(comparison, messages.tooLargeToCompare)];
    // Within itself a schema is assumed to hold.
    known.set(key, []);
    compared.depth++;
    const changes = onceEach(compareViews(comparison));
    compared.depth--;
    known.set(key, changes);
    return changes;
  };
  return direction === "request" ? compare(old, now) : compare(now, old);
}

/** The changes of the schemas at a pair of places. A missing schema accepts everything. */
export function schemaChanges({ before, after, old, now }: Pair, direction: Direction, compared: Compared): readonly ContractChange[] {
  const [was, is] = [nodeAt(before.value, old), nodeAt(after.value, now)];
  if (is === undefined && (was === undefined || direction === "request")) return [];
  if (was === undefined) return direction === "request" ? [breaking(now, messages.schemaNew)] : [];
  return viewChanges(viewOf(before, [old], old), viewOf(after, [now], now), direction, compared);
}
