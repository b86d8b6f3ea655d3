/**
 * The regular expression of `/…/flags` or of a bare source, as Spectral's `pattern` function takes them. Throws
 * `SyntaxError`.
 */
export function regularExpression(text: string): RegExp {
  const [, source, flags] = /^\/(.+)\/([dgimsuvy]*)$/s.exec(text) ?? [];
  return source === undefined ? new RegExp(text, "u") : new RegExp(source, flags);
}
