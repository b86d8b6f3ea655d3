import { pointerOf, tokensBelow, type ContractDocument } from "../../contract/document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { collectParameters } from "../../contract/operation.ts";
import { locateOperations, type LocatedOperation } from "../../contract/check/located-operation.ts";
import { resolve, type LintDocument } from "../document.ts";
import { contractChange, into, type ContractChange, type Pair } from "./change.ts";
import { messages } from "./messages.ts";
import { schemaChanges, type Direction } from "./schema-changes.ts";

const operationsOf = (document: LintDocument): ReadonlyMap<string, LocatedOperation> =>
  new Map(
    locateOperations(document.value as unknown as ContractDocument).map((operation) => [
      `${operation.method.toUpperCase()} ${operation.template.replaceAll(/\{[^}]*\}/g, "{}")}`,
      operation,
    ]),
  );

/**
 * The parameters of an operation. Those of the path are named by their position, so that another name changes nothing.
 */
function parametersOf(document: LintDocument, { template, steps }: LocatedOperation): ReadonlyMap<string, PointerTokens> {
  const order = [...template.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  return new Map(
    [...collectParameters(document.value as unknown as ContractDocument, steps.slice(0, -1), steps)].map(([key, at]) => {
      const [place, name = ""] = key.split(" ");
      return [place === "path" ? `path ${order.indexOf(name)}` : place === "header" ? key.toLowerCase() : key, at];
    }),
  );
}

function* contentChanges(pair: Pair, direction: Direction, seen: Set<string>): Generator<ContractChange> {
  const [old, now] = [resolve(pair.before, pair.old), resolve(pair.after, pair.now)];
  if (old === undefined || now === undefined) return;
  const here = { ...pair, old: old.steps, now: now.steps };
  const types = tokensBelow(now.node["content"]);
  for (const type of tokensBelow(old.node["content"])) {
    if (types.includes(type)) yield* schemaChanges(into(here, "content", type, "schema"), direction, seen);
    else yield contractChange(now.steps, messages.mediaTypeGone(type));
  }
}

function* parameterChanges(pair: Pair, old: LocatedOperation, now: LocatedOperation, seen: Set<string>): Generator<ContractChange> {
  const [had, has] = [parametersOf(pair.before, old), parametersOf(pair.after, now)];
  for (const [key, at] of had) {
    const name = String(resolve(pair.before, at)?.node["name"]);
    const still = has.get(key);
    if (still === undefined) yield contractChange(now.steps, messages.parameterGone(name));
    else yield* schemaChanges({ ...pair, old: [...at, "schema"], now: [...still, "schema"] }, "request", seen);
  }
  for (const [key, at] of has) {
    const { node } = resolve(pair.after, at)!;
    const before = had.get(key);
    const needed = before !== undefined && resolve(pair.before, before)?.node["required"] === true;
    if (node["required"] === true && !needed) yield contractChange(at, messages.parameterRequired(String(node["name"])));
  }
}

function* operationChanges(pair: Pair, old: LocatedOperation, now: LocatedOperation, seen: Set<string>): Generator<ContractChange> {
  if (old.id !== now.id) yield contractChange([...now.steps, "operationId"], messages.operationRenamed(old.id));
  yield* parameterChanges(pair, old, now, seen);

  const body = into({ ...pair, old: old.steps, now: now.steps }, "requestBody");
  const [took, takes] = [resolve(pair.before, body.old), resolve(pair.after, body.now)];
  if (took !== undefined && takes === undefined) yield contractChange(now.steps, messages.contentGone);
  if (takes?.node["required"] === true && took?.node["required"] !== true) yield contractChange(takes.steps, messages.contentRequired);
  yield* contentChanges(body, "request", seen);

  const statuses = tokensBelow(resolve(pair.after, [...now.steps, "responses"])?.node);
  for (const status of tokensBelow(resolve(pair.before, [...old.steps, "responses"])?.node)) {
    if (statuses.includes(status))
      yield* contentChanges(into({ ...pair, old: old.steps, now: now.steps }, "responses", status), "response", seen);
    else if (status.startsWith("2")) yield contractChange([...now.steps, "responses"], messages.statusGone(status));
  }
}

/** Everything in the newer contract that breaks a consumer of the older one, each change once. */
export function* contractChanges(before: LintDocument, after: LintDocument): Generator<ContractChange> {
  const operations = operationsOf(after);
  const seen = new Set<string>();
  const told = new Set<string>();
  for (const [key, old] of operationsOf(before)) {
    const now = operations.get(key);
    const found =
      now === undefined
        ? [contractChange(["paths"], messages.operationGone(key, old.id))]
        : operationChanges({ before, after, old: old.steps, now: now.steps }, old, now, seen);
    for (const one of found) {
      const once = `${pointerOf(one.steps)} ${one.text.en}`;
      if (!told.has(once)) yield one;
      told.add(once);
    }
  }
}
