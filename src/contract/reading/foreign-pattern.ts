/** The inside of classes that ECMA-262 has no word for, as Java and PCRE define them, and the inside of what they are not. */
const horizontal = String.raw`\t \xA0\u1680\u180E\u2000-\u200A\u202F\u205F\u3000`;
const notHorizontal =
  String.raw`\0-\x08\n-\x1F!-\x9F\xA1-\u167F\u1681-\u180D\u180F-\u1FFF\u200B-\u202E` +
  String.raw`\u2030-\u205E\u2060-\u2FFF\u3001-\u{10FFFF}`;

/** POSIX classes, which go by the locale: by Unicode, the widest of them. */
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

/** What Java calls `\p{…}` and Unicode does not: ASCII (java.util.regex.Pattern, POSIX character classes). */
const java: Readonly<Record<string, string>> = {
  Digit: "0-9",
  Alnum: "0-9A-Za-z",
  Punct: String.raw`!-\/:-@\[-\x60\{-~`,
  Graph: "!-~",
  Print: " -~",
  Blank: " \\t",
  Cntrl: "\\0-\\x1F\\x7F",
  XDigit: "0-9A-Fa-f",
  Space: " \\t-\\r",
  IsAlphabetic: "\\p{Alphabetic}",
  IsLetter: "\\p{L}",
  IsDigit: "\\p{Nd}",
  IsLatin: "\\p{Script=Latin}",
};

const inClass = (inside: string, within: boolean): string => (within ? inside : `[${inside}]`);

/** Escapes of other dialects; `undefined` where ECMA-262 has no exact words for one. */
function escapeOf(escape: string, within: boolean): string | undefined {
  const property = /^\\p(?:\{(\w+)\}|([A-Z]))$/.exec(escape);
  if (property !== null) {
    const [, name = "", letter] = property;
    if (letter !== undefined) return `\\p{${letter}}`;
    return Object.hasOwn(java, name) ? inClass(java[name]!, within) : escape;
  }
  const code = /^\\x\{([0-9A-Fa-f]{1,6})\}$/.exec(escape)?.[1];
  if (code !== undefined) return `\\u{${code}}`;
  switch (escape) {
    case "\\h":
      return inClass(horizontal, within);
    case "\\H":
      return inClass(notHorizontal, within);
    case "\\R":
      return within ? undefined : "(?:\\r\\n|[\\n-\\r\\x85\\u2028\\u2029])";
    case "\\e":
      return "\\x1B";
    case "\\a":
      return "\\x07";
    case "\\A":
      return within ? undefined : "^";
    case "\\z":
    case "\\Z":
      return within ? undefined : "$";
    default:
      return escape;
  }
}

/** What stands literally between `\Q` and `\E`, escaped where it means something. */
const literal = (text: string): string => text.replaceAll(/[\^$\\.*+?()[\]{}|/-]/g, (char) => (char === "-" ? "\\x2D" : `\\${char}`));

const tokens = [
  /\\Q([\s\S]*?)(?:\\E|$)/,
  /\\[pP]\{[^}]*\}|\\[pP][A-Z]|\\x\{[0-9A-Fa-f]{1,6}\}|\\[\s\S]/,
  /\[:(\^?)([a-z]+):\]|[[\]]/,
  /\(\?#[^)]*\)|\(\?P<|\(\?P=(\w+)\)/,
  /([*+?}])\+(\)*)/,
];
const token = new RegExp(tokens.map(({ source }) => source).join("|"), "g");

/**
 * A pattern of Java, PCRE, Python or Ruby in the words of ECMA-262, where they say exactly the same: `\A`, `\z` (and `\Z`, but that no
 * line break may follow, as in Python), `\h`, `\R`, `\Q…\E`, POSIX and Java's classes, flags before all, names `(?P<…>`, and a possessive
 * repetition after which nothing comes. `undefined` where a part of it has no such words; what is no foreign word stays as it is.
 */
export function fromOtherDialect(pattern: string): string | undefined {
  const [, flags = "", rest = pattern] = /^\(\?([imsu]+)\)([\s\S]*)$/.exec(pattern) ?? [];
  const kept = [...new Set(flags)].filter((flag) => flag !== "u").join("");
  // With the flag m, `^` and `$` are those of each line and not what \A and \z say.
  if (kept.includes("m") && /\\[AzZ]/.test(rest)) return undefined;
  let within = false;
  let sayable = true;
  const plain = rest.replaceAll(
    token,
    (whole, quoted: string | undefined, not: string, posixName: string, name: string, ...more: unknown[]) => {
      const [repeated, closing, at] = more as [string | undefined, string | undefined, number];
      const unsayable = (): string => {
        sayable = false;
        return whole;
      };
      if (quoted !== undefined) return literal(quoted);
      if (posixName !== undefined) return !within ? whole : not === "" && Object.hasOwn(posix, posixName) ? posix[posixName]! : unsayable();
      if (repeated !== undefined) {
        if (within) return whole;
        // Nothing after it could want back what it took.
        const after = rest.slice(at + whole.length);
        return /^(?:\$|\\[zZ])?$/.test(after) ? `${repeated}${closing ?? ""}` : unsayable();
      }
      if (whole.startsWith("\\")) return escapeOf(whole, within) ?? unsayable();
      if (whole === "[" || whole === "]") {
        within = whole === "[" || (within && whole !== "]");
        return whole;
      }
      if (whole === "(?P<") return "(?<";
      return name === undefined ? "" : `\\k<${name}>`;
    },
  );
  if (!sayable) return undefined;
  // A hyphen beside a class is itself: it has to say so.
  const hyphens = plain.replaceAll(/(\\[wdsWDS]|\\p\{[^}]+\})-(?=[^\]])/g, "$1\\-");
  return kept === "" ? hyphens : `(?${kept}:${hyphens})`;
}
