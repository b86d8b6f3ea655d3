import type { ContractDocument } from "../../contract/document.ts";
import { nodeAt, tokensBelow } from "../../contract/document.ts";
import type { LocatedOperation } from "../../contract/check/located-operation.ts";
import { collectParameters } from "../../contract/operation.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { resolve, type LintDocument, type Members } from "../document.ts";
import { breaking, toLookAt, type ContractChange, type Pair } from "./change.ts";
import { finiteValues, limitOf, allowedTypes } from "./facts.ts";
import { messages } from "./messages.ts";
import { schemaChanges, viewChanges, type Compared } from "./schema-changes.ts";
import { itemOf, valuesOf, viewOf, type View } from "./view.ts";

/** The parameters of an operation. Those of the path are named by their position, so that another name changes nothing. */
function parametersOf(document: LintDocument, { template, steps }: LocatedOperation): ReadonlyMap<string, PointerTokens> {
  const order = [...template.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name);
  return new Map(
    [...collectParameters(document.value as unknown as ContractDocument, steps.slice(0, -1), steps)].map(([key, at]) => {
      const place = key.slice(0, key.indexOf(" "));
      const name = key.slice(place.length + 1);
      return [place === "path" ? `path ${order.indexOf(name)}` : place === "header" ? key.toLowerCase() : key, at];
    }),
  );
}

interface Written {
  readonly node: Members;
  readonly view: View;
  readonly array: boolean;
  readonly style: string;
  readonly explode: boolean;
}

function written(document: LintDocument, at: PointerTokens): Written {
  const node = resolve(document, at)!.node;
  const view = viewOf(document, [[...at, "schema"]], at);
  const form = node["in"] === "query" || node["in"] === "cookie";
  const style = typeof node["style"] === "string" ? node["style"] : form ? "form" : "simple";
  const types = allowedTypes(view);
  return {
    node,
    view,
    array: types.has("array") && types.size < 7,
    style,
    explode: typeof node["explode"] === "boolean" ? node["explode"] : style === "form",
  };
}

const scalars: readonly string[] = ["boolean", "number", "integer"];

/** The text of a number or of true and false is a string: a string without demands of its own takes it. */
function readsAsText(old: View, now: View): "all" | "unknown" | undefined {
  const types = [...allowedTypes(old)].filter((type) => type !== "null");
  if (
    !types.every((type) => scalars.includes(type)) ||
    !allowedTypes(now).has("string") ||
    types.some((type) => allowedTypes(now).has(type))
  )
    return undefined;
  const free = ["pattern", "format"].every((keyword) => valuesOf(now, keyword).length === 0) && finiteValues(now) === undefined;
  const sized = (["lower", "upper"] as const).some((side) => limitOf(now, "string", side) !== undefined);
  return free && !sized && now.groups.length === 0 ? "all" : "unknown";
}

function textChanges(old: View, now: View, name: string, compared: Compared): readonly ContractChange[] {
  const reads = readsAsText(old, now);
  if (reads === "all") return [];
  if (reads === "unknown") return [toLookAt(now.site, messages.parameterEncoded(name, "type"))];
  return viewChanges(old, now, "request", compared, true);
}

/** The changes of what may stand in a parameter, and of how it is written. */
function* valueChanges(was: Written, is: Written, name: string, at: PointerTokens, compared: Compared): Generator<ContractChange> {
  if (!was.array && is.array && !allowedTypes(was.view).has("object")) {
    // One value is a list of one, where the style has no other mark for a list.
    if (was.style !== is.style && !(is.style === "form" || is.style === "simple")) yield breaking(at, messages.parameterSerialised(name));
    const least = limitOf(is.view, "array", "lower");
    if (least !== undefined && least.value > 1) yield breaking(is.view.site, messages.limitIs(least, undefined));
    const types = [...allowedTypes(was.view)];
    if (!is.explode && types.includes("string") && finiteValues(was.view) === undefined) yield toLookAt(at, messages.parameterSplit(name));
    yield* textChanges(was.view, itemOf(is.view, 0), name, compared);
    return;
  }
  const structured = is.array || allowedTypes(was.view).has("object");
  if (was.style !== is.style || (structured && was.explode !== is.explode)) yield breaking(at, messages.parameterSerialised(name));
  yield* textChanges(was.view, is.view, name, compared);
}

function* oneParameter(pair: Pair, old: PointerTokens, now: PointerTokens, compared: Compared): Generator<ContractChange> {
  const [was, is] = [written(pair.before, old), written(pair.after, now)];
  const name = String(was.node["name"]);
  const [from, to] = [tokensBelow(was.node["content"])[0], tokensBelow(is.node["content"])[0]];
  if (from !== to) yield breaking(now, messages.parameterSerialised(name));
  else if (from !== undefined) {
    const at = (steps: PointerTokens): PointerTokens => [...steps, "content", from, "schema"];
    yield* schemaChanges({ ...pair, old: at(old), now: at(now) }, "request", compared);
  } else if (nodeAt(pair.before.value, [...old, "schema"]) !== undefined || nodeAt(pair.after.value, [...now, "schema"]) !== undefined)
    yield* valueChanges(was, is, name, now, compared);
  for (const keyword of ["allowReserved", "allowEmptyValue"])
    if (was.node[keyword] === true && is.node[keyword] !== true) yield toLookAt(now, messages.parameterEncoded(name, keyword));
}

/** Parameters of the operation that are gone, new, or take something else. */
export function* parameterChanges(pair: Pair, old: LocatedOperation, now: LocatedOperation, compared: Compared): Generator<ContractChange> {
  const [had, has] = [parametersOf(pair.before, old), parametersOf(pair.after, now)];
  for (const [key, at] of had) {
    const still = has.get(key);
    if (still !== undefined) yield* oneParameter(pair, at, still, compared);
    else yield breaking(now.steps, messages.parameterGone(String(resolve(pair.before, at)?.node["name"])));
  }
  for (const [key, at] of has) {
    const { node } = resolve(pair.after, at)!;
    const before = had.get(key);
    const needed = before !== undefined && resolve(pair.before, before)?.node["required"] === true;
    if (node["required"] === true && !needed) yield breaking(at, messages.parameterRequired(String(node["name"])));
  }
}
