/**
 * Whether `Prefer` (RFC 7240 §2) has this preference with this value; both in lower case. A token and a quoted string mean
 * the same, case does not matter, parameters may follow, and the first of several preferences of one name counts.
 */
export function prefers(prefer: string | undefined, name: string, value: string): boolean {
  if (prefer === undefined) return false;
  for (const preference of splitOutsideQuotes(prefer, ",")) {
    const [said = ""] = splitOutsideQuotes(preference, ";");
    const equals = said.indexOf("=");
    const named = equals < 0 ? said : said.slice(0, equals);
    if (named.trim().toLowerCase() !== name) continue;
    return equals >= 0 && unquote(said.slice(equals + 1).trim()).toLowerCase() === value;
  }
  return false;
}

/** The parts between separators that stand outside quoted strings (RFC 9110 §5.6.4). */
function splitOutsideQuotes(text: string, separator: string): readonly string[] {
  if (!text.includes('"')) return text.split(separator);
  const parts: string[] = [];
  let begin = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (quoted && text[i] === "\\") i++;
    else if (text[i] === '"') quoted = !quoted;
    else if (!quoted && text[i] === separator) {
      parts.push(text.slice(begin, i));
      begin = i + 1;
    }
  }
  return [...parts, text.slice(begin)];
}

const unquote = (word: string): string =>
  word.length >= 2 && word.startsWith('"') && word.endsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, "$1") : word;
