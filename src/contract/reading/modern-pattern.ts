import { fromOtherDialect } from "./foreign-pattern.ts";

/** Whether ECMA-262 takes the pattern with the flag `u`, as JSON Schema 2020-12 core §6.4 asks. */
export function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/**
 * The same pattern as ECMA-262 writes it with the flag `u`, which refuses a backslash before a character that needs none. OpenAPI 3.0 goes
 * by ECMA-262 without flags, where `\'` is `'`; JSON Schema 2020-12 recommends the flag (core §6.4). Words of other dialects are translated
 * where ECMA-262 says exactly the same. A pattern that is valid already, or for which there are no such words, is given back as it is.
 */
export function modernPattern(pattern: string): string {
  if (isPattern(pattern)) return pattern;
  const foreign = fromOtherDialect(pattern);
  const plain = [pattern, ...(foreign === undefined ? [] : [foreign])].map(withoutNeedlessEscapes).find(isPattern);
  return plain ?? pattern;
}

/** Backslashes before characters that are no syntax and no letter or digit: before those they mean something elsewhere. */
export const withoutNeedlessEscapes = (pattern: string): string => {
  let inClass = false;
  return pattern.replaceAll(/\\([\s\S])|[[\]]/g, (whole, escaped: string | undefined) => {
    if (escaped === undefined) {
      inClass = whole === "[" ? true : whole === "]" ? false : inClass;
      return whole;
    }
    const needed = /[\^$\\.*+?()[\]{}|/A-Za-z0-9]/.test(escaped) || (escaped === "-" && inClass);
    return needed ? whole : escaped;
  });
};
