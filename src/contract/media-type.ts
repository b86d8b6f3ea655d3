/** A media type as it was read: `type/subtype` and the names of its parameters in lower case. */
export interface MediaType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const parameter = `${token}=(?:${token}|"[^"\\\\\\x00-\\x1f\\x7f-\\uffff]*")`;
/** A semicolon may stand without a parameter behind it (RFC 9110 §5.6.6). */
const typeForm = new RegExp(`^(${token}/${token})((?:[ \\t]*;(?:[ \\t]*${parameter})?)*)[ \\t]*$`);
const parameterForm = new RegExp(`;[ \\t]*(${token})=(?:(${token})|"([^"]*)")`, "g");

const seen = new Map<string, MediaType | undefined>();

/**
 * The only parser of media types (RFC 9110 §8.3.1; a semicolon may stand alone, §5.6.6): `undefined` for what does not
 * parse, repeats a parameter, or names a charset other than UTF-8. Every choice of a schema goes by it, so that another
 * spelling does not evade a validator.
 */
export function readMediaType(contentType: string): MediaType | undefined {
  if (seen.has(contentType)) return seen.get(contentType);
  const parsed = parse(contentType);
  // Real traffic has a few spellings; a caller that invents new ones must not grow the memory.
  if (seen.size < 256) seen.set(contentType, parsed);
  return parsed;
}

/** `type/subtype` in lower case; `undefined` where `readMediaType` reads none. */
export const parseMediaType = (contentType: string): string | undefined => readMediaType(contentType)?.type;

function parse(contentType: string): MediaType | undefined {
  const parts = contentType.length > 256 ? null : typeForm.exec(contentType);
  if (parts === null) return undefined;
  const parameters = new Map<string, string>();
  for (const [, name, bare, quoted] of parts[2]!.matchAll(parameterForm)) {
    const lower = name!.toLowerCase();
    if (parameters.has(lower)) return undefined;
    parameters.set(lower, (bare ?? quoted)!);
  }
  if ((parameters.get("charset") ?? "utf-8").toLowerCase() !== "utf-8") return undefined;
  return { type: parts[1]!.toLowerCase(), parameters };
}

/** The media type of problem documents (RFC 9457). */
export const problemType = "application/problem+json";

/** Whether a type in lower case is JSON: RFC 8259, its older name, or the structured suffix of RFC 6839. */
export const isJson = (type: string): boolean => type === "application/json" || type.endsWith("+json") || type === "text/json";

/** The ranges that a `content` of OpenAPI may have as a name: all types, those of one kind, those of one suffix. */
const rangeForm = /^(?:\*\/\*|[^*/]+\/\*(?:\+[^*/]+)?)$/;

/** The type or range of a name in a `content`, in lower case; `undefined` if it is neither. */
export function typeOrRange(name: string): string | undefined {
  const type = parseMediaType(name);
  return type === undefined || (type.includes("*") && !rangeForm.test(type)) ? undefined : type;
}

/** Whether content declared under this name may be JSON, so that its schema is held to. */
export function mayBeJson(name: string): boolean {
  const type = typeOrRange(name);
  return type !== undefined && (isJson(type) || ["*/*", "application/*", "text/*"].includes(type));
}

/** Whether content declared under this name is JSON and nothing else. */
export function isJsonName(name: string): boolean {
  const type = typeOrRange(name);
  return type !== undefined && isJson(type);
}

/** What a contract declares by media type, and which part of it holds for a content. */
export interface DeclaredTypes<T> {
  /** As the contract spells them. */
  readonly names: readonly string[];
  readonly contents: ReadonlyMap<string, T>;
  /**
   * What is declared for this `Content-Type`: a name of its type before a range, and of several the one with the most
   * parameters, all of which it has. `charset` and `boundary` tell nothing apart.
   */
  find(contentType: string | undefined): { readonly type: string; readonly declared: T } | undefined;
}

interface Declared<T> {
  readonly parameters: readonly (readonly [string, string])[];
  readonly declared: T;
}

/** Parameters of a declared name that a content must have, too. */
export const tellingParameters = ({ parameters }: MediaType): readonly (readonly [string, string])[] =>
  [...parameters].filter(([name]) => name !== "charset" && name !== "boundary");

/** Reads the names of a `content` that the loader has passed. */
export function declareTypes<T>(contents: ReadonlyMap<string, T>): DeclaredTypes<T> {
  const byType = new Map<string, Declared<T>[]>();
  for (const [name, declared] of contents) {
    const read = readMediaType(name);
    if (read === undefined) continue;
    const same = byType.get(read.type) ?? [];
    same.push({ parameters: tellingParameters(read), declared });
    byType.set(
      read.type,
      same.sort((a, b) => b.parameters.length - a.parameters.length),
    );
  }
  const hasRanges = [...byType.keys()].some((type) => type.includes("*"));

  const choose = (type: string, { parameters }: MediaType): Declared<T> | undefined =>
    byType.get(type)?.find((one) => one.parameters.every(([name, wanted]) => parameters.get(name) === wanted));

  return {
    names: [...contents.keys()],
    contents,
    find(contentType) {
      const read = contentType === undefined ? undefined : readMediaType(contentType);
      if (read === undefined || read.type.includes("*")) return undefined;
      let found = choose(read.type, read);
      if (found === undefined && hasRanges) {
        const [kind] = read.type.split("/", 1);
        const suffix = read.type.lastIndexOf("+");
        const ranges = [...(suffix < 0 ? [] : [`${kind}/*${read.type.slice(suffix)}`]), `${kind}/*`, "*/*"];
        for (const range of ranges) found ??= choose(range, read);
      }
      return found && { type: read.type, declared: found.declared };
    },
  };
}
