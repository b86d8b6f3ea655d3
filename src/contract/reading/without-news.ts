import { isObject } from "../../base/is-object.ts";
import type { PointerTokens } from "../../source/steps.ts";
import type { TakeNote } from "./notes.ts";
import type { ObjectKind } from "./object-kinds.ts";

/** What OpenAPI 3.2 brought and the gateway does not judge, by the kind of object. */
const ignored: Partial<Record<ObjectKind, readonly string[]>> = {
  mediaType: ["itemSchema", "prefixEncoding", "itemEncoding"],
  encoding: ["encoding", "prefixEncoding", "itemEncoding"],
  example: ["serializedValue"],
};

/** An object of OpenAPI 3.2 as 3.1 would write it; what 3.1 cannot say is left out and told. */
export function withoutNews(
  kind: ObjectKind,
  node: Record<string, unknown>,
  steps: PointerTokens,
  note: TakeNote,
): Record<string, unknown> {
  for (const name of ignored[kind] ?? []) {
    if (node[name] === undefined) continue;
    delete node[name];
    note(steps, "member-ignored", name, "3.2");
  }
  if (kind === "document") delete node["$self"];
  // References to media types are written out where they stand.
  if (kind === "components") delete node["mediaTypes"];
  if (kind === "pathItem") {
    for (const method of [
      ...(node["query"] === undefined ? [] : ["QUERY"]),
      ...Object.keys(isObject(node["additionalOperations"]) ? node["additionalOperations"] : {}),
    ])
      note(steps, "operation-not-carried", method);
    delete node["query"];
    delete node["additionalOperations"];
  }
  if (kind === "response") {
    node["description"] ??= node["summary"] ?? "";
    delete node["summary"];
  }
  if (kind === "example") {
    if (node["dataValue"] !== undefined) node["value"] = node["dataValue"];
    delete node["dataValue"];
  }
  return node;
}
