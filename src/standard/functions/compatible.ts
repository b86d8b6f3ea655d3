import { canonicalJson } from "../../base/canonical-json.ts";
import { contractChanges } from "../change/contract-changes.ts";
import { resolve, type LintDocument } from "../document.ts";
import { lintFunction, noOptions, type Found } from "../function.ts";

type Version = readonly [number, number, number];

const versionOf = (document: LintDocument): Version | undefined => {
  const [, ...numbers] = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[-+]|$)/.exec(String(resolve(document, ["info"])?.node["version"])) ?? [];
  return numbers.length === 3 ? (numbers.map(Number) as unknown as Version) : undefined;
};

/** Nothing breaks a consumer of the contract in force, unless this is another major version. Target: the document. */
export const compatible = lintFunction(noOptions, function* (_, __, { document, previous }): Generator<Found> {
  if (previous === undefined || versionOf(previous)?.[0] !== versionOf(document)?.[0]) return;
  for (const { steps, text } of contractChanges(previous, document)) yield { steps, error: text };
});

/** A contract that differs from the one in force has a higher version. Target: the document. */
export const versionRaised = lintFunction(noOptions, function* (_, __, { document, previous }): Generator<Found> {
  if (previous === undefined || canonicalJson(previous.value) === canonicalJson(document.value)) return;
  const [was, is] = [versionOf(previous), versionOf(document)];
  if (was === undefined || is === undefined) return;
  const index = was.findIndex((number, place) => number !== is[place]);
  if (index === -1 || is[index]! < was[index]!) yield { steps: ["info", "version"], property: was.join(".") };
});
