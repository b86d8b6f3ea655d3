import { canonicalJson } from "../../base/canonical-json.ts";
import { contractChanges } from "../change/contract-changes.ts";
import { resolve, type LintDocument } from "../document.ts";
import { lintFunction, noOptions, type Found, type FunctionContext } from "../function.ts";

type Version = readonly [number, number, number];

const versionOf = (document: LintDocument): Version | undefined => {
  const [, ...numbers] = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[-+]|$)/.exec(String(resolve(document, ["info"])?.node["version"])) ?? [];
  return numbers.length === 3 ? (numbers.map(Number) as unknown as Version) : undefined;
};

/** The changes since the contract in force that break consumers, or those that do not: none where this is another major version. */
function* changesOf({ document, previous }: FunctionContext, breaks: boolean): Generator<Found> {
  if (previous === undefined || versionOf(previous)?.[0] !== versionOf(document)?.[0]) return;
  for (const change of contractChanges(previous, document)) if (change.breaks === breaks) yield { steps: change.steps, error: change.text };
}

/** Nothing breaks a consumer of the contract in force, unless this is another major version. Target: the document. */
export const compatible = lintFunction(noOptions, (_, __, context) => changesOf(context, true));

/** No change is left to a person's judgement, because the contract alone does not tell what it does to consumers. Target: the document. */
export const comparable = lintFunction(noOptions, (_, __, context) => changesOf(context, false));

/** A contract that differs from the one in force has a higher version. Target: the document. */
export const versionRaised = lintFunction(noOptions, function* (_, __, { document, previous }): Generator<Found> {
  if (previous === undefined || canonicalJson(previous.value) === canonicalJson(document.value)) return;
  const [was, is] = [versionOf(previous), versionOf(document)];
  if (was === undefined || is === undefined) return;
  const index = was.findIndex((number, place) => number !== is[place]);
  if (index === -1 || is[index]! < was[index]!) yield { steps: ["info", "version"], property: was.join(".") };
});
