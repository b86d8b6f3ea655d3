import { isObject } from "../base/is-object.ts";
import { isUtf8 } from "node:buffer";
import { follow, nodeAt, pointerOf, tokensOfReference } from "../contract/document.ts";
import type { PointerTokens } from "../source/steps.ts";
import { readSource, type Source } from "../source/source.ts";
import { lintLimits } from "./limits.ts";
import { messages } from "./messages.ts";
import { CannotValidate } from "./cannot-validate.ts";

export type Members = Readonly<Record<string, unknown>>;

/**
 * An OpenAPI document that can be judged: of bounded size, every reference local, and none in a circle without content.
 */
export interface LintDocument {
  readonly file: string;
  readonly value: Members;
  readonly version: "3.0" | "3.1";
  /** Line and column, from 1, of the value at these tokens; of its name where the value is missing or with `named`. */
  place(steps: PointerTokens, named?: boolean): { readonly line: number; readonly column: number };
}

/** Members whose values are data, in which `$ref` has no meaning. */
const holdsData = /^(?:example|default|const|enum|value|x-.*)$/;

/** Members whose own members have names that the author chose. */
const holdsNames: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "dependentSchemas",
  "schemas",
  "parameters",
  "responses",
  "requestBodies",
  "headers",
  "securitySchemes",
  "links",
  "callbacks",
  "pathItems",
  "paths",
  "webhooks",
  "content",
  "encoding",
  "variables",
  "mapping",
  "scopes",
]);

/** Every reference of the document, with the tokens of the object that holds it. */
export function* referencesIn(
  node: unknown,
  steps: PointerTokens = [],
  named = false,
): Generator<{ readonly reference: string; readonly steps: PointerTokens }> {
  if (typeof node !== "object" || node === null) return;
  for (const [name, child] of Object.entries(node)) {
    if (!named && name === "$ref" && typeof child === "string") yield { reference: child, steps };
    else if (typeof child === "object" && (named || !holdsData.test(name)))
      yield* referencesIn(child, [...steps, name], !named && !Array.isArray(child) && holdsNames.has(name));
  }
}

function refuseReferences(source: Source): void {
  for (const { reference, steps } of referencesIn(source.value)) {
    const place = source.at([...steps, "$ref"]);
    if (!reference.startsWith("#")) throw new CannotValidate(messages.referenceElsewhere, place);
    const seen = new Set([pointerOf(steps)]);
    let target = tokensOfReference(reference);
    while (target !== undefined) {
      const node = nodeAt(source.value, target);
      const next = isObject(node) ? node["$ref"] : undefined;
      const pointer = pointerOf(target);
      if (seen.has(pointer) || seen.size > lintLimits.referenceHops) throw new CannotValidate(messages.referenceCircular, place);
      seen.add(pointer);
      target = typeof next === "string" ? tokensOfReference(next) : undefined;
    }
  }
}

function versionOf(source: Source): LintDocument["version"] {
  const { value } = source;
  const start = source.at([]);
  if (!isObject(value)) throw new CannotValidate(messages.notAnObject, start);
  const version = value["openapi"];
  if (typeof version === "string" && /^3\.[01](?:\.|$)/.test(version)) return version.startsWith("3.0") ? "3.0" : "3.1";
  if (version === undefined && value["swagger"] === undefined) throw new CannotValidate(messages.notOpenapi, start);
  throw new CannotValidate(messages.otherVersion, source.atName([version === undefined ? "swagger" : "openapi"]));
}

function documentOf(source: Source): LintDocument {
  const version = versionOf(source);
  refuseReferences(source);
  return {
    file: source.file,
    value: source.value as Members,
    version,
    place: (steps, named = false) => (named || nodeAt(source.value, steps) === undefined ? source.atName(steps) : source.at(steps)),
  };
}

/** The text of untrusted bytes. Throws `CannotValidate` above the limit, and for what is not UTF-8. */
export function textOf(bytes: Buffer): string {
  if (bytes.length > lintLimits.documentBytes) throw new CannotValidate(messages.tooLarge(lintLimits.documentBytes));
  if (!isUtf8(bytes)) throw new CannotValidate(messages.notUtf8);
  return bytes.toString();
}

/** Reads YAML or JSON from an untrusted author. Throws `CannotValidate`. */
export function readDocument(file: string, text: string): LintDocument {
  if (Buffer.byteLength(text) > lintLimits.documentBytes) throw new CannotValidate(messages.tooLarge(lintLimits.documentBytes));
  if (text.startsWith("\ufeff")) throw new CannotValidate(messages.notUtf8);
  const { source, faults } = readSource(file, text);
  const [fault] = faults;
  if (source === undefined || fault !== undefined) throw new CannotValidate(fault?.detail ?? messages.unreadable, fault);
  return documentOf(source);
}

/** The node at these tokens, references followed; `undefined` where they lead nowhere. */
export const resolve = (document: LintDocument, steps: PointerTokens): ReturnType<typeof follow> => follow(document.value, steps);
