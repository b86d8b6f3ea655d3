import { domainToASCII, domainToUnicode } from "node:url";
import { isIpv4, isIpv6 } from "./uri.ts";

const asciiLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

const virama = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca\u0e3a\u0f84\u1039\u1714\u17d2]$/u;
const joining = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}]/u;

/** Where a character is allowed beside certain others only (RFC 5892 Appendix A). */
const contexts: readonly (readonly [RegExp, (before: string, after: string, label: string) => boolean])[] = [
  [/\u200d/u, (before) => virama.test(before)],
  [/\u200c/u, (before, after) => virama.test(before) || (joining.test(before.at(-1) ?? "") && joining.test(after.at(0) ?? ""))],
  [/\u00b7/u, (before, after) => before.endsWith("l") && after.startsWith("l")],
  [/\u0375/u, (_, after) => /^\p{Script=Greek}/u.test(after)],
  [/[\u05f3\u05f4]/u, (before) => /\p{Script=Hebrew}$/u.test(before)],
  [/\u30fb/u, (_, __, label) => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(label.replaceAll("\u30fb", ""))],
];

/** Disallowed although they are letters (RFC 5892 §2.6). */
const disallowed = /[\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b]/u;

function isLabel(label: string): boolean {
  if (!/[^\0-\x7f]/.test(label)) return asciiLabel.test(label) && (!/^..--/.test(label) || isALabel(label));
  if (disallowed.test(label) || /^\p{M}/u.test(label) || /^..--/u.test(label) || label.startsWith("-") || label.endsWith("-")) return false;
  if (/[\u0660-\u0669]/u.test(label) && /[\u06f0-\u06f9]/u.test(label)) return false;
  // Letters, marks and digits (RFC 5892 §2.1), the exceptions of §2.6, and what is allowed in its context.
  if (!/^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}\x2d\u200c\u200d\u00b7\u0375\u05f3\u05f4\u30fb\u06fd\u06fe\u0f0b\u3007]+$/u.test(label))
    return false;
  for (const [character, holds] of contexts)
    for (const found of label.matchAll(new RegExp(character, "gu")))
      if (!holds(label.slice(0, found.index), label.slice(found.index + found[0].length), label)) return false;
  const ascii = domainToASCII(label);
  return ascii.startsWith("xn--") && ascii.length <= 63;
}

/** `xn--…` that stands for a label of other characters, and only in the form that it has. */
function isALabel(label: string): boolean {
  const lower = label.toLowerCase();
  if (!lower.startsWith("xn--")) return false;
  const unicode = domainToUnicode(lower);
  return unicode !== "" && /[^\0-\x7f]/.test(unicode) && isLabel(unicode) && domainToASCII(unicode) === lower;
}

/** A host name of ASCII labels (RFC 1123 §2.1, RFC 5890 §2.3.2.1). */
export const isHostname = (value: string): boolean => value.length <= 253 && !/[^\0-\x7f]/.test(value) && value.split(".").every(isLabel);

/** A host name whose labels may be of other scripts (RFC 5890 §2.3.2.3); IDNA knows four kinds of dots. */
export const isIdnHostname = (value: string): boolean => {
  // Written in ASCII a name never has fewer characters, and a character has two units at most.
  if (value.length > 2 * 253) return false;
  const labels = value.split(/[.\u3002\uff0e\uff61]/u);
  const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(value);
  // Where a label is written from right to left, none begins with a digit (RFC 5893 §2).
  if (rightToLeft && labels.some((label) => /^\p{Nd}/u.test(label))) return false;
  return labels.every(isLabel) && labels.map((label) => domainToASCII(label)).join(".").length <= 253;
};

const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]";
const quoted = String.raw`"(?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"`;
const localPart = new RegExp(`^(?:${atom}+(?:\\.${atom}+)*|${quoted})$`, "i");
const idnQuoted = quoted.replaceAll("\\x7e]", "\\x7e\\u{80}-\\u{10ffff}]");
const idnLocalPart = new RegExp(`^(?:(?:${atom}|[^\\0-\\x7f])+(?:\\.(?:${atom}|[^\\0-\\x7f])+)*|${idnQuoted})$`, "iu");

/** A mailbox (RFC 5321 §4.1.2), with a domain or the literal of an address. */
const mailbox =
  (local: RegExp, isHost: (value: string) => boolean) =>
  (value: string): boolean => {
    const at = value.lastIndexOf("@");
    const [name, host] = [value.slice(0, at), value.slice(at + 1)];
    if (at < 1 || name.length > 64 || !local.test(name)) return false;
    const literal = /^\[(?:IPv6:(.+)|(.+))\]$/i.exec(host);
    return literal === null ? isHost(host) : literal[1] === undefined ? isIpv4(literal[2]!) : isIpv6(literal[1]);
  };
export const isEmail = mailbox(localPart, isHostname);
export const isIdnEmail = mailbox(idnLocalPart, isIdnHostname);
