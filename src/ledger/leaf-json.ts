const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const maxDepth = 4;

/**
 * Reads JSON as protocol §1 allows it: UTF-8 without BOM, no member twice, depth at most 4, numbers only integers
 * from 0 to 2⁵³−1; `undefined` for anything else. JSON that `JSON.stringify` reproduces byte for byte needs no search
 * for members named twice.
 */
export function readJson(bytes: Uint8Array): unknown {
  try {
    const text = utf8.decode(bytes);
    const value: unknown = JSON.parse(text);
    const members = measure(value, 0);
    return members !== undefined && (JSON.stringify(value) === text || membersIn(text) === members) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * How many members all objects have together; `undefined` if the value is too deep or has a number that is not allowed.
 */
function measure(value: unknown, depth: number): number | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0) ? 0 : undefined;
  if (typeof value !== "object" || value === null) return 0;
  if (depth === maxDepth) return undefined;
  const children: unknown[] = Array.isArray(value) ? value : Object.values(value);
  let members = Array.isArray(value) ? 0 : children.length;
  for (const child of children) {
    const below = measure(child, depth + 1);
    if (below === undefined) return undefined;
    members += below;
  }
  return members;
}

/**
 * How many members the text of a JSON value names, repeated ones included; −1 if a number is not written as
 * `0|[1-9][0-9]*`.
 */
function membersIn(text: string): number {
  let members = 0;
  const bare = text.replace(/"(?:[^"\\]|\\.)*"(\s*:)?/g, (_, colon: string | undefined) => {
    if (colon !== undefined) members++;
    return "";
  });
  return /[-+.]|[0-9][eE]/.test(bare) ? -1 : members;
}
