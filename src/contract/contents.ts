import type { ContentFault } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import { parseJson } from "./json.ts";
import { isJson, parseMediaType } from "./media-type.ts";
import { messages } from "./messages.ts";
import type { SchemaValidator } from "./schemas.ts";

/**
 * What a contract says of content: by media type, the validator of JSON, or `undefined` for types that are passed on
 * unread.
 */
export type ContentRules = ReadonlyMap<string, SchemaValidator | undefined>;

const fault = (detail: Text): readonly ContentFault[] => [{ in: "content", pointer: "", detail }];

/** Validates content against the media types that a contract declares for it. */
export function validateContent(rules: ContentRules, contentType: string | undefined, content: Buffer): readonly ContentFault[] {
  const mediaType = contentType === undefined ? undefined : parseMediaType(contentType);
  if (mediaType === undefined || !rules.has(mediaType)) {
    return fault(messages.contentTypes([...rules.keys()].join(", ")));
  }
  if (!isJson(mediaType)) return [];
  const parsed = parseJson(content);
  if ("wrong" in parsed) return fault(parsed.wrong);
  const found = rules.get(mediaType)?.(parsed.value, content.length) ?? [];
  return found.map(({ pointer, detail }) => ({ in: "content", pointer, detail }));
}
