import { pointerOf, type ContractDocument } from "../../contract/document.ts";
import { locateOperations, type LocatedOperation } from "../../contract/check/located-operation.ts";
import type { LintDocument } from "../document.ts";
import { breaking, into, type ContractChange, type Pair } from "./change.ts";
import { requestChanges, responseChanges } from "./content-changes.ts";
import { messages } from "./messages.ts";
import { parameterChanges } from "./parameter-changes.ts";
import { nothingCompared, type Compared } from "./schema-changes.ts";

const operationsOf = (document: LintDocument): ReadonlyMap<string, LocatedOperation> =>
  new Map(
    locateOperations(document.value as unknown as ContractDocument).map((operation) => [
      `${operation.method.toUpperCase()} ${operation.template.replaceAll(/\{[^{}]*\}/g, "{}")}`,
      operation,
    ]),
  );

function* operationChanges(pair: Pair, old: LocatedOperation, now: LocatedOperation, compared: Compared): Generator<ContractChange> {
  if (old.id !== now.id) yield breaking([...now.steps, "operationId"], messages.operationRenamed(old.id));
  yield* parameterChanges(pair, old, now, compared);
  yield* requestChanges(into(pair, "requestBody"), now.steps, compared);
  yield* responseChanges(into(pair, "responses"), compared);
}

/** Everything in the newer contract that a consumer of the older one notices, each change once. */
export function* contractChanges(before: LintDocument, after: LintDocument): Generator<ContractChange> {
  const operations = operationsOf(after);
  const compared = nothingCompared();
  const told = new Set<string>();
  for (const [key, old] of operationsOf(before)) {
    const now = operations.get(key);
    const found =
      now === undefined
        ? [breaking(["paths"], messages.operationGone(key, old.id))]
        : operationChanges({ before, after, old: old.steps, now: now.steps }, old, now, compared);
    for (const one of found) {
      const once = `${one.breaks} ${pointerOf(one.steps)} ${one.text.en}`;
      if (!told.has(once)) yield one;
      told.add(once);
    }
  }
}
