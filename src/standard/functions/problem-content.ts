import type { Text } from "../../base/text.ts";
import { nodeAt, tokensBelow } from "../../contract/document.ts";
import { parseMediaType, problemType } from "../../contract/media-type.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { allowedTypes, finiteValues, formatsOf } from "../change/facts.ts";
import { declaredNames, propertyOf, viewOf, type View } from "../change/view.ts";
import { resolve, type LintDocument } from "../document.ts";
import { lintFunction, noOptions, type Found } from "../function.ts";
import { messages } from "./messages.ts";

interface Member {
  readonly types: readonly string[];
  readonly formats?: readonly string[];
  /** Of the values that the schema names. */
  readonly holds?: (value: unknown) => boolean;
  readonly right: Text;
}
const text: Member = { types: ["string"], right: messages.problemText };
const reference: Member = {
  types: ["string"],
  formats: ["uri", "uri-reference", "iri", "iri-reference"],
  right: messages.problemReference,
};
/** The members of RFC 9457 §3.1: what a schema says of them has to leave their values. */
const members: Readonly<Record<string, Member>> = {
  type: reference,
  title: text,
  status: {
    types: ["integer", "number"],
    holds: (value) => Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 599,
    right: messages.problemStatus,
  },
  detail: text,
  instance: reference,
};

function* memberFaults(document: LintDocument, schema: PointerTokens, status: string): Generator<Found> {
  const view = viewOf(document, [schema], schema);
  if (!allowedTypes(view).has("object")) {
    yield { steps: view.site, property: status, error: messages.problemObject };
    return;
  }
  for (const [name, { types, formats, holds, right }] of Object.entries(members)) {
    if (!declaredNames(view).has(name)) continue;
    const member = propertyOf(view, name);
    if (forms(member).some((form) => !fits(form, types, formats, holds)))
      yield { steps: member.site, property: status, error: messages.problemMember(name, right) };
  }
}

/** A member with each of its alternatives; null is none of them, since a member that is not known is left out. */
const forms = (view: View): readonly View[] =>
  view.groups.length === 0
    ? [view]
    : view.groups.flatMap(({ choices }) =>
        choices.map((choice) => viewOf(view.document, [...view.parts.map(({ steps }) => steps), choice], view.site)),
      );

function fits(view: View, types: readonly string[], formats: Member["formats"], holds: Member["holds"]): boolean {
  if (view.never) return true;
  const values = finiteValues(view);
  if (values !== undefined && holds !== undefined) return values.every(holds);
  const named = [...allowedTypes(view)].filter((type) => type !== "null");
  // Without a type it may be anything, also what it has to be.
  if (named.length < 6 && !named.every((type) => types.includes(type))) return false;
  return formats === undefined ? true : formatsOf(view).every((format) => formats.includes(format));
}

/**
 * Every failure with content is a problem document, whose schema leaves the members of RFC 9457 what they are. Target:
 * an operation's `responses`.
 */
export const problemContent = lintFunction(noOptions, function* ({ value, steps }, _, { document, seen }) {
  for (const status of tokensBelow(value).filter((name) => /^(?:[45]|default)/.test(name))) {
    const response = resolve(document, [...steps, status]);
    if (response === undefined || seen.has(response.node)) continue;
    seen.add(response.node);
    const types = tokensBelow(response.node["content"]).filter((type) => parseMediaType(type) === problemType);
    if (types.length === 0) yield { steps: response.steps, named: true, property: status, error: messages.problemMissing };
    for (const type of types) {
      const schema = [...response.steps, "content", type, "schema"];
      if (nodeAt(document.value, schema) !== undefined) yield* memberFaults(document, schema, status);
    }
  }
});
