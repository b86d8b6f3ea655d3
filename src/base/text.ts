/** What an officer or a PD developer reads: Indonesian first, English beside it. */
export interface Text {
  readonly id: string;
  readonly en: string;
}

export type Language = keyof Text;

/** Indonesian unless the caller's `Accept-Language` begins with English. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return acceptLanguage !== undefined && /^\s*en\b/i.test(acceptLanguage) ? "en" : "id";
}
