/** What an officer or a PD developer reads, in Indonesian and in English. Where both are shown, Indonesian comes first. */
export interface Text {
  readonly id: string;
  readonly en: string;
}

export type Language = keyof Text;

/** Indonesian unless the caller's `Accept-Language` begins with English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return acceptLanguage !== undefined && /^\s*en\b/i.test(acceptLanguage) ? "en" : "id";
}

/** Both languages on one line: `Tidak ada. (None.)` */
export const inline = ({ id, en }: Text): string => `${id} (${en})`;

/** The English on a line of its own below the Indonesian, in parentheses; `indent` precedes it. */
export const stacked = ({ id, en }: Text, indent = ""): string => `${id}\n${indent}(${en})`;

/** The same words before both languages. */
export const prefixed = (prefix: string, { id, en }: Text): Text => ({ id: prefix + id, en: prefix + en });

/** Several texts as one, language by language, a line each. */
export const joined = (texts: readonly Text[]): Text => ({
  id: texts.map(({ id }) => id).join("\n"),
  en: texts.map(({ en }) => en).join("\n"),
});

/** A number with its English noun: `1 leaf`, `2 leaves`. Indonesian nouns have one form. */
export const countOf = (count: number | bigint, one: string, many = `${one}s`): string => `${count} ${Number(count) === 1 ? one : many}`;
