import { RegExpParser, RegExpSyntaxError } from "@eslint-community/regexpp";
import type { Text } from "../../base/text.ts";
import { messages } from "../messages.ts";
import { isPattern, withoutNeedlessEscapes } from "../reading/modern-pattern.ts";

const parser = new RegExpParser({ ecmaVersion: 2025 });

/** What other dialects write, and ECMA-262 in its place. */
const posix: Readonly<Record<string, string>> = {
  alpha: "\\p{L}",
  digit: "0-9",
  alnum: "\\p{L}\\p{N}",
  upper: "\\p{Lu}",
  lower: "\\p{Ll}",
  space: "\\s",
  blank: " \\t",
  punct: "\\p{P}",
  word: "\\w",
  xdigit: "0-9A-Fa-f",
};

/** The same pattern as ECMA-262 would write it, where that is known: `\A`, `\z`, `(?i)`, POSIX classes, needless backslashes. */
export function ecmaForm(pattern: string): string | undefined {
  const [, flags, rest = pattern] = /^\(\?([ims]+)\)([\s\S]*)$/.exec(pattern) ?? [];
  const plain = withoutNeedlessEscapes(
    rest
      .replaceAll(/\\A/g, "^")
      .replaceAll(/\\[zZ]/g, "$")
      .replaceAll(/\[:(\^?)([a-z]+):\]/g, (whole, not: string, name: string) => (not === "" ? (posix[name] ?? whole) : whole))
      .replaceAll(/\(\?P</g, "(?<")
      // A hyphen beside a class is itself: it has to say so.
      .replaceAll(/(\\[wdsWDS]|\\p\{\w+\})-(?=[^\]])/g, "$1\\-"),
  );
  const whole = flags === undefined ? plain : `(?${flags}:${plain})`;
  return whole !== pattern && isPattern(whole) ? whole : undefined;
}

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
  const right = ecmaForm(pattern);
  return messages.patternWrong(index + 1, around, reason, right);
}
