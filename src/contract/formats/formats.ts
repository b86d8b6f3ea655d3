import type { Ajv } from "ajv";
import type { Text } from "../../base/text.ts";
import { messages } from "./messages.ts";
import { validateNik, validateNip, validateNipPppk } from "./person.ts";
import { isEmail, isHostname, isIdnEmail, isIdnHostname } from "./host.ts";
import { isIpv4, isIpv6, isIri, isIriReference, isUri, isUriReference, isUriTemplate, strictRule } from "./uri.ts";
import { noLists, refusalByList, type ReferenceLists } from "./reference-list.ts";
import { validateBpsRegion, validateRegion } from "./region.ts";
import { isDuration, validateDate, validateDateTime, validateTime } from "./time.ts";

/**
 * A value set that a contract may name as `format`. `judge` gives what is wrong, or `undefined`; it never repeats the
 * value.
 */
export type Format =
  | { readonly type: "string"; readonly judge: (value: string) => Text | undefined }
  | { readonly type: "number"; readonly judge: (value: number) => Text | undefined };

const written = (form: RegExp, id: string, en: string): Format => {
  const wrong = messages.mustBe({ id, en });
  return { type: "string", judge: (value) => (form.test(value) ? undefined : wrong) };
};

/** A format that a function judges, with our sentence. */
const known = (holds: (value: string) => boolean, id: string, en: string): Format => {
  const wrong = messages.mustBe({ id, en });
  return { type: "string", judge: (value) => (holds(value) ? undefined : wrong) };
};

const isRegex = (value: string): boolean => {
  try {
    return new RegExp(value, "u").source !== "";
  } catch {
    return false;
  }
};

/** A format that says how a text is meant, and holds nothing (OpenAPI 3.1.1 §4.4.2). */
const hint: Format = { type: "string", judge: () => undefined };

/** Every number that JSON has is a double (OpenAPI 3.1.1 §4.4.2). */
const finite: Format = { type: "number", judge: (value) => (Number.isFinite(value) ? undefined : messages.finite) };

const whole = (least: number, most: number, id: string, en: string): Format => {
  const wrong = messages.mustBe({ id, en });
  return { type: "number", judge: (value) => (Number.isInteger(value) && value >= least && value <= most ? undefined : wrong) };
};

/** Every `format` that a contract may name; any other name is a fault of the manifest. */
export const formats: Readonly<Record<string, Format>> = {
  nik: { type: "string", judge: validateNik },
  nip: { type: "string", judge: validateNip },
  "nip-pppk": { type: "string", judge: validateNipPppk },
  "nomor-kk": written(/^\d{16}$/, "nomor KK: tepat 16 angka, berupa teks", "a family card number: exactly 16 digits, as a string"),
  npwp: written(
    /^\d{16}$/,
    "NPWP 16 angka, berupa teks; bentuk lama 15 angka adalah format npwp-lama",
    "an NPWP of 16 digits, as a string; the old form of 15 is of the format npwp-lama",
  ),
  "npwp-lama": written(
    /^\d{15}$/,
    "NPWP lama: tepat 15 angka tanpa tanda baca, berupa teks",
    "an old NPWP: exactly 15 digits without punctuation, as a string",
  ),
  nib: written(/^\d{13}$/, "NIB: tepat 13 angka, berupa teks", "an NIB: exactly 13 digits, as a string"),
  nop: written(
    /^\d{18}$/,
    "NOP: tepat 18 angka tanpa tanda baca, berupa teks",
    "an NOP: exactly 18 digits without punctuation, as a string",
  ),
  "kode-wilayah": { type: "string", judge: validateRegion },
  "kode-wilayah-bps": { type: "string", judge: validateBpsRegion },
  ral: written(/^RAL(?:\.\d{2}){1,7}$/, "kode RAL: RAL diikuti 1–7 tingkat .NN", "a RAL code: RAL and 1–7 levels of .NN"),
  rad: written(/^RAD(?:\.\d{2}){1,7}$/, "kode RAD: RAD diikuti 1–7 tingkat .NN", "a RAD code: RAD and 1–7 levels of .NN"),
  date: { type: "string", judge: validateDate },
  "date-time": { type: "string", judge: validateDateTime },
  rupiah: whole(
    Number.MIN_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER,
    "rupiah sebagai bilangan bulat tanpa titik atau koma",
    "rupiah as a whole number without separators",
  ),
  int32: whole(-(2 ** 31), 2 ** 31 - 1, "bilangan bulat 32 bit", "a 32-bit integer"),
  int64: whole(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, "bilangan bulat di antara ±(2^53 − 1)", "an integer within ±(2^53 − 1)"),
  float: finite,
  double: finite,
  password: hint,
  binary: hint,
  byte: known(strictRule("byte"), "base64 (RFC 4648)", "base64 (RFC 4648)"),
  time: { type: "string", judge: validateTime },
  duration: known(isDuration, "lama waktu ISO 8601, seperti P1DT2H", "an ISO 8601 duration, such as P1DT2H"),
  email: known(isEmail, "alamat surel", "an e-mail address"),
  "idn-email": known(isIdnEmail, "alamat surel (RFC 6531)", "an e-mail address (RFC 6531)"),
  hostname: known(isHostname, "nama host (RFC 1123)", "a host name (RFC 1123)"),
  "idn-hostname": known(isIdnHostname, "nama host (RFC 5890)", "a host name (RFC 5890)"),
  ipv4: known(isIpv4, "alamat IPv4", "an IPv4 address"),
  ipv6: known(isIpv6, "alamat IPv6", "an IPv6 address"),
  uri: known(isUri, "URI lengkap (RFC 3986)", "an absolute URI (RFC 3986)"),
  "uri-reference": known(isUriReference, "rujukan URI (RFC 3986)", "a URI reference (RFC 3986)"),
  iri: known(isIri, "IRI lengkap (RFC 3987)", "an absolute IRI (RFC 3987)"),
  "iri-reference": known(isIriReference, "rujukan IRI (RFC 3987)", "an IRI reference (RFC 3987)"),
  "uri-template": known(isUriTemplate, "templat URI (RFC 6570)", "a URI template (RFC 6570)"),
  uuid: known((value) => !value.includes(":") && strictRule("uuid")(value), "UUID (RFC 9562)", "a UUID (RFC 9562)"),
  "json-pointer": known(strictRule("json-pointer"), "JSON Pointer (RFC 6901)", "a JSON Pointer (RFC 6901)"),
  "relative-json-pointer": known(
    strictRule("relative-json-pointer"),
    "JSON Pointer relatif, seperti 1/nama",
    "a relative JSON Pointer, such as 1/name",
  ),
  regex: known(isRegex, "ekspresi reguler ECMA-262", "a regular expression of ECMA-262"),
};

/** The format of a name; own members only. */
export function findFormat(name: string): Format | undefined {
  return Object.hasOwn(formats, name) ? formats[name] : undefined;
}

/** Adds all formats to an ajv. `lists` whose `use` is `error` refuse codes that are not in them. */
export function addFormats(ajv: Ajv, lists: ReferenceLists = noLists): void {
  for (const [name, format] of Object.entries(formats)) {
    const refuses = refusalByList(name, lists);
    if (format.type === "string" && refuses !== undefined)
      ajv.addFormat(name, { type: "string", validate: (value: string) => format.judge(value) === undefined && !refuses(value) });
    else if (format.type === "string")
      ajv.addFormat(name, { type: "string", validate: (value: string) => format.judge(value) === undefined });
    else ajv.addFormat(name, { type: "number", validate: (value: number) => format.judge(value) === undefined });
  }
}
