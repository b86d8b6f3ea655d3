import { fullFormats, type FormatName } from "ajv-formats/dist/formats.js";

/** A format of ajv-formats in its strict form. */
export function strictRule(name: FormatName): (value: string) => boolean {
  const definition = fullFormats[name];
  const rule: unknown = typeof definition === "object" && "validate" in definition ? definition.validate : definition;
  return rule instanceof RegExp ? (value) => rule.test(value) : (rule as (value: string) => boolean);
}

export const isIpv4 = strictRule("ipv4");
const groups = strictRule("ipv6");
/** RFC 4291 §2.2; the last 32 bits may be an IPv4 address, without leading zeros (RFC 3986 §3.2.2). */
export const isIpv6 = (value: string): boolean =>
  groups(value) && (!value.includes(".") || isIpv4(value.slice(value.lastIndexOf(":") + 1)));

const plain = "[a-z0-9._~!$&'()*+,;=-]|%[0-9a-f]{2}";
const path = new RegExp(`^(?:${plain}|[:@/])*$`, "i");
const tail = new RegExp(`^(?:${plain}|[:@/?])*$`, "i");
const userinfo = new RegExp(`^(?:${plain}|:)*$`, "i");
const host = new RegExp(`^(?:${plain})*$`, "i");
const future = /^v[0-9a-f]+\.[a-z0-9._~!$&'()*+,;=:-]+$/i;

function isAuthority(authority: string): boolean {
  const [, user = "", literal, name = "", port = ""] = /^(?:([^@]*)@)?(?:\[([^[\]]*)\]|([^:[\]@]*))(?::(\d*))?$/.exec(authority) ?? [];
  if (authority !== "" && user + (literal ?? "") + name + port === "" && !/^(?:@|:)+$/.test(authority)) return false;
  return userinfo.test(user) && (literal === undefined ? host.test(name) : isIpv6(literal) || future.test(literal));
}

/** The parts of an URI (RFC 3986 Appendix B), each judged by its own grammar (Appendix A). */
export function isUriReference(value: string): boolean {
  const [, scheme, authority, way = "", query = "", fragment = ""] =
    /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(value) ?? [];
  if (scheme !== undefined && !/^[a-z][a-z0-9+.-]*$/i.test(scheme)) return false;
  if (authority !== undefined && !isAuthority(authority)) return false;
  return path.test(way) && tail.test(query) && tail.test(fragment);
}
export const isUri = (value: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(value) && isUriReference(value);

/** An IRI as the URI that it stands for (RFC 3987 §3.1); `undefined` if a character cannot be in an IRI. */
function uriOf(value: string): string | undefined {
  const [outside = ""] = value.split("?", 1);
  if (!value.isWellFormed() || /[\u0080-\u009f\ufdd0-\ufdef\ufff0-\uffff]/.test(value) || /[\ue000-\uf8ff]/.test(outside)) return undefined;
  return value.replaceAll(/[^\0-\x7f]+/gu, encodeURIComponent);
}
const ofUri =
  (rule: (value: string) => boolean) =>
  (value: string): boolean => {
    const mapped = uriOf(value);
    return mapped !== undefined && rule(mapped);
  };
export const isIri = ofUri(isUri);
export const isIriReference = ofUri(isUriReference);

const name = "(?:[a-z0-9_]|%[0-9a-f]{2})(?:\\.?(?:[a-z0-9_]|%[0-9a-f]{2}))*";
const variable = `${name}(?::[1-9][0-9]{0,3}|\\*)?`;
const template = new RegExp(
  `^(?:[^\\0-\\x20"<>%\\\\^\`{|}\\x7f-\\x9f]|%[0-9a-f]{2}|\\{[+#./;?&=,!@|]?${variable}(?:,${variable})*\\})*$`,
  "iu",
);
/** RFC 6570 §2; an apostrophe is a literal (erratum 6937). */
export const isUriTemplate = (value: string): boolean => template.test(value);
