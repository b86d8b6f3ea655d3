const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = `${token}=(?:${token}|"[^"\\\\\\x00-\\x1f\\x7f-\\uffff]*")`;
/** A semicolon may stand without a parameter behind it (RFC 9110 §5.6.6). */
const typeForm = new RegExp(`^(${token}/${token})((?:[ \\t]*;(?:[ \\t]*${parameter})?)*)[ \\t]*$`);
const parameterForm = new RegExp(`;[ \\t]*(${token})=(?:(${token})|"([^"]*)")`, "g");

const seen = new Map<string, string | undefined>();

/**
 * The only parser of media types (RFC 9110 §8.3.1): `type/subtype` in lower case; `undefined` for what does not parse,
 * repeats a parameter, or names a charset other than UTF-8. Every choice of a schema goes by it, so that another
 * spelling does not evade a validator.
 */
export function parseMediaType(contentType: string): string | undefined {
  if (seen.has(contentType)) return seen.get(contentType);
  const parsed = parse(contentType);
  // Real traffic has a few spellings; a caller that invents new ones must not grow the memory.
  if (seen.size < 256) seen.set(contentType, parsed);
  return parsed;
}

function parse(contentType: string): string | undefined {
  const parts = contentType.length > 256 ? null : typeForm.exec(contentType);
  if (parts === null) return undefined;
  const names = new Set<string>();
  for (const [, name, bare, quoted] of parts[2]!.matchAll(parameterForm)) {
    const lower = name!.toLowerCase();
    if (names.has(lower)) return undefined;
    names.add(lower);
    if (lower === "charset" && (bare ?? quoted)!.toLowerCase() !== "utf-8") return undefined;
  }
  return parts[1]!.toLowerCase();
}

/** The media type of problem documents (RFC 9457). */
export const problemType = "application/problem+json";

/** Whether it is JSON: RFC 8259, or the structured suffix of RFC 6839. */
export function isJson(mediaType: string): boolean {
  return mediaType === "application/json" || mediaType.endsWith("+json");
}
