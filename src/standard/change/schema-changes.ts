import { isObject } from "../../base/is-object.ts";
import { pointerOf, tokensBelow } from "../../contract/document.ts";
import { resolve, type Members } from "../document.ts";
import { typesOf } from "../schema-uses.ts";
import { contractChange, into, type ContractChange, type Pair } from "./change.ts";
import { messages } from "./messages.ts";

/**
 * In which direction content goes: of a request the new schema must accept all that the old one did; of a response it
 * must allow no more than the old one.
 */
export type Direction = "request" | "response";

const upper = ["maxLength", "maxItems", "maxProperties", "maximum", "exclusiveMaximum"];
const lower = ["minLength", "minItems", "minProperties", "minimum", "exclusiveMinimum"];
const lists = ["allOf", "anyOf", "oneOf", "prefixItems"];

const words = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
const without = <Item>(items: readonly Item[], others: readonly Item[]): readonly Item[] => items.filter((item) => !others.includes(item));
const shown = (value: unknown): string => JSON.stringify(value).slice(0, 80);

/** The allowed types, with null; `number` includes `integer`. */
const allTypes = (schema: Members): readonly string[] => {
  const types = [...typesOf(schema), ...(schema["nullable"] === true || [schema["type"]].flat().includes("null") ? ["null"] : [])];
  return types.includes("number") ? [...types, "integer"] : types;
};

/** The changes of a schema, and below it, that break a consumer. */
export function* schemaChanges(pair: Pair, direction: Direction, seen: Set<string>): Generator<ContractChange> {
  const old = resolve(pair.before, pair.old);
  const now = resolve(pair.after, pair.now);
  if (old === undefined || now === undefined) {
    // A missing schema accepts everything.
    if (direction === "request" && old === undefined && now !== undefined) yield contractChange(pair.now, messages.schemaNew);
    return;
  }
  const key = `${direction} ${pointerOf(old.steps)} ${pointerOf(now.steps)}`;
  if (seen.has(key)) return;
  seen.add(key);
  const here: Pair = { ...pair, old: old.steps, now: now.steps };
  yield* ownChanges(old.node, now.node, now.steps, direction);
  const after = isObject(now.node["properties"]) ? now.node["properties"] : {};
  for (const name of tokensBelow(old.node["properties"])) {
    if (Object.hasOwn(after, name)) yield* schemaChanges(into(here, "properties", name), direction, seen);
    else if (direction === "response") yield contractChange(now.steps, messages.memberNotGiven(name));
    else if (now.node["additionalProperties"] === false) yield contractChange(now.steps, messages.memberNotTaken(name));
  }
  for (const keyword of ["items", "additionalProperties"])
    if (isObject(old.node[keyword]) && isObject(now.node[keyword])) yield* schemaChanges(into(here, keyword), direction, seen);
  for (const keyword of lists) {
    const [many, more] = [tokensBelow(old.node[keyword]), tokensBelow(now.node[keyword])];
    if (many.length === more.length) for (const step of many) yield* schemaChanges(into(here, keyword, step), direction, seen);
    else if (
      keyword === "allOf"
        ? more.length > many.length === (direction === "request")
        : more.length < many.length === (direction === "request")
    ) {
      yield contractChange(now.steps, messages.countChanged(keyword, many.length, more.length));
    }
  }
}

function* ownChanges(old: Members, now: Members, steps: readonly string[], direction: Direction): Generator<ContractChange> {
  const request = direction === "request";
  const [was, is] = [allTypes(old), allTypes(now)];
  const [lost, gained] = [without(was, is), without(is, was)];
  if (is.length > 0 && request && (was.length === 0 || lost.length > 0)) yield contractChange(steps, messages.typesLost(lost));
  if (was.length > 0 && !request && (is.length === 0 || gained.length > 0)) yield contractChange(steps, messages.typesGained(gained));

  const [required, requires] = [words(old["required"]), words(now["required"])];
  for (const name of request ? without(requires, required) : []) yield contractChange(steps, messages.memberRequired(name));
  for (const name of request ? [] : without(required, requires)) yield contractChange(steps, messages.memberUncertain(name));

  const [values, options] = [old["enum"], now["enum"]].map((list) => (Array.isArray(list) ? list.map(shown) : undefined));
  if (request && options !== undefined) {
    const refused = values === undefined ? [] : without(values, options);
    if (values === undefined) yield contractChange(steps, messages.valuesLimited);
    else if (refused.length > 0) yield contractChange(steps, messages.valuesLost(refused));
  }
  if (!request && values !== undefined) {
    const fresh = options === undefined ? [] : without(options, values);
    if (options === undefined) yield contractChange(steps, messages.valuesFree);
    else if (fresh.length > 0) yield contractChange(steps, messages.valuesGained(fresh));
  }

  for (const keyword of request ? [...upper, ...lower] : []) {
    const [before, after] = [old[keyword], now[keyword]];
    if (typeof after !== "number" || before === after) continue;
    const tighter = typeof before !== "number" || (upper.includes(keyword) ? after < before : after > before);
    if (tighter && !(typeof before !== "number" && lower.includes(keyword) && after === 0))
      yield contractChange(steps, messages.keywordIs(keyword, after));
  }
  for (const keyword of request ? ["pattern", "format", "const"] : ["format"]) {
    const [before, after] = [old[keyword], now[keyword]];
    if (shown(before ?? null) !== shown(after ?? null) && (request ? after !== undefined : before !== undefined))
      yield contractChange(steps, messages.keywordChanged(keyword));
  }
  if (request && old["additionalProperties"] !== false && now["additionalProperties"] === false)
    yield contractChange(steps, messages.closed);
}
