import { isUtf8 } from "node:buffer";

/** The deepest nesting that protocol §1 allows. */
const maxDepth = 4;

const mark = { quote: 0x22, backslash: 0x5c, colon: 0x3a, open: 0x7b, close: 0x7d, openList: 0x5b, closeList: 0x5d } as const;

/**
 * Parses the JSON of protocol §1: UTF-8 without BOM, no member twice in one object, depth ≤ 4, numbers only as integers
 * `0|[1-9][0-9]*` below 2⁵³. `undefined` for anything else.
 *
 * `JSON.parse` silently keeps the last of two members of the same name. So the colons outside strings are counted, and
 * the parsed value must have as many members.
 */
export function parseStrictJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) return undefined;
  const written = scan(bytes);
  if (written === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
  return countMembers(value) === written ? value : undefined;
}

/** Counts the colons outside strings; `undefined` on too much depth or a number that is not a plain integer. */
function scan(bytes: Buffer): number | undefined {
  let colons = 0;
  let depth = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === mark.quote) {
      for (i++; i < bytes.length && bytes[i] !== mark.quote; i++) if (bytes[i] === mark.backslash) i++;
    } else if (byte === mark.colon) colons++;
    else if (byte === mark.open || byte === mark.openList) {
      if (++depth > maxDepth) return undefined;
    } else if (byte === mark.close || byte === mark.closeList) depth--;
    else if (byte === 0x2d || byte === 0x2b || byte === 0x2e || byte === 0x45)
      return undefined; // - + . E
    else if (byte === 0x65 && isDigit(bytes[i - 1])) return undefined; // 1e3
  }
  return colons;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Members in all objects of the value; NaN, which equals no count, if a number is too large to be exact. */
function countMembers(value: unknown): number {
  if (typeof value === "number") return Number.isSafeInteger(value) ? 0 : NaN;
  if (typeof value !== "object" || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) for (const item of value) members += countMembers(item);
  else {
    for (const key in value) members += 1 + countMembers((value as Record<string, unknown>)[key]);
  }
  return members;
}
