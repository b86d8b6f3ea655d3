import { canonicalJson } from "../../base/canonical-json.ts";
import { isObject } from "../../base/is-object.ts";
import { nodeAt, pointerOf, tokensBelow } from "../../contract/document.ts";
import { oneWayRequired } from "../../contract/reading/derive-schema.ts";
import { schemaKeywords } from "../../contract/schema-keywords.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { resolve, type LintDocument } from "../document.ts";

/** Keywords that judge nothing. */
const words: ReadonlySet<string> = new Set("$comment title description deprecated examples example externalDocs xml $defs".split(" "));

/** Pairs of places that are known to be the same, and those that are not. */
export interface KnownShapes {
  readonly same: Set<string>;
  readonly other: Set<string>;
}

/** `sameShape` of a pair that may be asked for again: what it has found out is kept. */
export function sameShapeOnce(a: Place, b: Place, { same, other }: KnownShapes): boolean {
  const key = `${pointerOf(resolvedAt(a).steps)} ${pointerOf(resolvedAt(b).steps)}`;
  if (same.has(key) || other.has(key)) return same.has(key);
  const seen = new Set<string>();
  const found = sameShape(a, b, seen);
  if (!found) other.add(key);
  // Each pair on the way was assumed to be the same, and nothing has said otherwise.
  else for (const pair of seen) same.add(pair);
  return found;
}

interface Place {
  readonly document: LintDocument;
  readonly steps: PointerTokens;
}

const oneWay: ReadonlySet<string> = new Set(Object.values(oneWayRequired));
const judging = (schema: object): readonly string[] =>
  Object.keys(schema).filter((keyword) => oneWay.has(keyword) || (!words.has(keyword) && !keyword.startsWith("x-") && keyword !== "$ref"));

/** Whether two schemas are the same but for words, and for references where the other has what they lead to. */
export function sameShape(a: Place, b: Place, seen: Set<string> = new Set()): boolean {
  const [one, other] = [resolvedAt(a), resolvedAt(b)];
  const key = `${pointerOf(one.steps)} ${pointerOf(other.steps)}`;
  if (seen.has(key)) return true;
  seen.add(key);
  const [left, right] = [nodeAt(a.document.value, one.steps), nodeAt(b.document.value, other.steps)];
  if (!isObject(left) || !isObject(right)) return canonicalJson(left ?? null) === canonicalJson(right ?? null);
  const keywords = judging(left);
  return (
    keywords.length === judging(right).length &&
    keywords.every((keyword) => Object.hasOwn(right, keyword) && sameKeyword(keyword, left[keyword], right[keyword], one, other, seen))
  );
}

const resolvedAt = ({ document, steps }: Place): Place => {
  const node = nodeAt(document.value, steps);
  // In OpenAPI 3.1 a reference with other keywords beside it is more than what it leads to.
  return isObject(node) && typeof node["$ref"] === "string" && (document.version === "3.0" || judging(node).length === 0)
    ? { document, steps: resolve(document, steps)?.steps ?? steps }
    : { document, steps };
};

function sameKeyword(keyword: string, left: unknown, right: unknown, a: Place, b: Place, seen: Set<string>): boolean {
  const holds = Object.hasOwn(schemaKeywords, keyword) ? schemaKeywords[keyword] : "plain";
  const below = (...steps: readonly string[]): boolean =>
    sameShape({ ...a, steps: [...a.steps, keyword, ...steps] }, { ...b, steps: [...b.steps, keyword, ...steps] }, seen);
  if (holds === "schema") return below();
  if (holds === "plain") {
    const sorted = (value: unknown): string =>
      canonicalJson(keyword === "required" && Array.isArray(value) ? [...(value as unknown[])].sort() : value);
    return sorted(left) === sorted(right);
  }
  const [names, others] = [tokensBelow(left), new Set(tokensBelow(right))];
  return names.length === others.size && names.every((name) => others.has(name) && below(name));
}
