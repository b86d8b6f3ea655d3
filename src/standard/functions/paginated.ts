import { isObject } from "../../base/is-object.ts";
import { resolve, type LintDocument, type Members } from "../document.ts";
import { collectParameters } from "../../contract/operation.ts";
import { tokensBelow, type ContractDocument } from "../../contract/document.ts";
import type { PointerTokens } from "../../source/steps.ts";
import { isJsonName } from "../../contract/media-type.ts";
import { lintFunction } from "../function.ts";
import { typesOf } from "../schema-uses.ts";
import { messages } from "./messages.ts";

interface Given {
  /** Names of members that hold a page of a list. */
  readonly lists: readonly string[];
  readonly page: readonly string[];
  readonly size: readonly string[];
}

const isArray = (schema: Members | undefined): boolean => schema !== undefined && typesOf(schema).includes("array");

/** Whether the first success with JSON is a list: an array, or an object that holds one under a name of the table. */
function givesList(document: LintDocument, operation: PointerTokens, lists: readonly string[]): boolean {
  const responses = resolve(document, [...operation, "responses"])?.node;
  const status = tokensBelow(responses)
    .filter((name) => name.startsWith("2"))
    .sort()[0];
  const content = status === undefined ? undefined : resolve(document, [...operation, "responses", status]);
  const type = tokensBelow(content?.node["content"]).find(isJsonName);
  const schema = type === undefined ? undefined : resolve(document, [...content!.steps, "content", type, "schema"]);
  if (schema === undefined) return false;
  return isArray(schema.node) || lists.some((name) => isArray(resolve(document, [...schema.steps, "properties", name])?.node));
}

/**
 * A GET that returns a list takes parameters for the page and for the number of items, the latter with a `maximum`.
 * Target: a path item whose last segment is no `{name}`.
 */
export const paginated = lintFunction<Given>(
  {
    properties: Object.fromEntries(
      ["lists", "page", "size"].map((name) => [name, { type: "array", minItems: 1, items: { type: "string" } }]),
    ),
    required: ["lists", "page", "size"],
  },
  function* ({ value, steps }, { lists, page, size }, { document }) {
    const operation = [...steps, "get"];
    if (!isObject(value) || !isObject(value["get"]) || !givesList(document, operation, lists)) return;
    const query = [...collectParameters(document.value as unknown as ContractDocument, steps, operation).values()]
      .map((at) => ({ at, node: resolve(document, at)?.node }))
      .filter(({ node }) => node?.["in"] === "query");
    const named = (names: readonly string[]): (typeof query)[number] | undefined =>
      query.find(({ node }) => names.includes(String(node?.["name"]).toLowerCase()));
    if (named(page) === undefined)
      yield {
        steps: operation,
        named: true,
        error: messages.pageMissing(page),
      };
    const many = named(size);
    if (many === undefined)
      yield {
        steps: operation,
        named: true,
        error: messages.sizeMissing(size),
      };
    else if (resolve(document, [...many.at, "schema"])?.node["maximum"] === undefined)
      yield {
        steps: many.at,
        error: messages.sizeUnlimited,
      };
  },
);
