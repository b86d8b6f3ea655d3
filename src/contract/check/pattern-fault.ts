import { RegExpParser, RegExpSyntaxError } from "@eslint-community/regexpp";
import type { Text } from "../../base/text.ts";
import { messages } from "../messages.ts";
import { isPattern } from "../reading/modern-pattern.ts";

const parser = new RegExpParser({ ecmaVersion: 2025 });

/** Why ECMA-262 does not take a pattern with the flag `u`, with the place in it; `undefined` if it does. */
export function patternFault(pattern: string): Text | undefined {
  if (isPattern(pattern)) return undefined;
  let index = 0;
  let reason = "";
  try {
    parser.parsePattern(pattern, undefined, undefined, { unicode: true });
  } catch (error) {
    if (!(error instanceof RegExpSyntaxError)) throw error;
    index = Math.min(error.index, pattern.length - 1);
    reason = error.message.replace(/^Invalid regular expression: [\s\S]*: /, "");
  }
  const around = pattern.slice(Math.max(0, index - 1), index + 3);
  return messages.patternWrong(index + 1, around, reason);
}
