import type { ContentFault } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import type { PointerTokens } from "../source/steps.ts";
import { parseJson } from "./json.ts";
import { isJson, type DeclaredTypes } from "./media-type.ts";
import { messages } from "./messages.ts";
import type { SchemaValidator } from "./schemas.ts";

/** The schema that JSON content is held to, with its tokens. */
export interface ContentSchema {
  readonly steps: PointerTokens;
  readonly judge: SchemaValidator;
}

/** What a contract says of content by media type; `undefined` for types that are passed on unread. */
export type ContentRules = DeclaredTypes<ContentSchema | undefined>;

const fault = (detail: Text): readonly ContentFault[] => [{ in: "content", pointer: "", detail }];

/** Validates content against the media types that a contract declares for it. */
export function validateContent(rules: ContentRules, contentType: string | undefined, content: Buffer): readonly ContentFault[] {
  const found = rules.find(contentType);
  if (found === undefined) return fault(messages.contentTypes(rules.names.join(", ")));
  if (!isJson(found.type)) return [];
  const parsed = parseJson(content);
  if ("wrong" in parsed) return fault(parsed.wrong);
  const faults = found.declared?.judge(parsed.value, content.length) ?? [];
  return faults.map(({ pointer, detail }) => ({ in: "content", pointer, detail }));
}
