import { parseSubsystemId, type SubsystemId } from "../base/names.ts";
import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import { readJws, type Jws, type JwsFault } from "./jws.ts";
import { parseStrictJson } from "./strict-json.ts";
import { digestForm } from "./content-digest.ts";

/** The claims of protocol §2.1, as judged: every one has its type and form. */
export interface Claims {
  readonly iss: SubsystemId;
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly htm: string;
  readonly htu: string;
  readonly htq: string;
  readonly ctype?: string;
  readonly digest: string;
  /** Absent only in requests for receipts and evidence (protocol §5). */
  readonly purpose?: string;
  readonly hdr?: Readonly<Record<string, string>>;
  readonly act?: { readonly sub: string; readonly loa: string };
  readonly ack?: readonly string[];
}

/** What the consumer signed, taken apart; nothing about it has been verified yet. */
export interface Statement {
  readonly claims: Claims;
  readonly jws: Jws;
  /** H(octets of the claims): the name under which ledger and receipts know this statement. */
  readonly hash: Buffer;
}

const text = (form: RegExp, max: number) => (value: unknown) => typeof value === "string" && value.length <= max && form.test(value);
const printable = /^[\x20-\x7e]*$/;
const seconds = (value: unknown) => typeof value === "number";
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** One row a claim: its form, and whether it must be there. */
const claimTable: Readonly<Record<string, { readonly required: boolean; holds(value: unknown): boolean }>> = {
  iss: { required: true, holds: (value) => typeof value === "string" && parseSubsystemId(value) !== undefined },
  aud: { required: true, holds: text(printable, 256) },
  iat: { required: true, holds: seconds },
  exp: { required: true, holds: seconds },
  jti: { required: true, holds: text(/^[A-Za-z0-9_-]{22,64}$/, 64) },
  htm: { required: true, holds: text(/^[A-Z]+$/, 16) },
  htu: { required: true, holds: text(printable, 4096) },
  htq: { required: true, holds: text(/^(?:\?[\x21-\x7e]*)?$/, 4096) },
  ctype: { required: false, holds: text(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 256) },
  digest: { required: true, holds: text(digestForm, 64) },
  purpose: { required: false, holds: text(/^[\x21-\x7e]{1,64}$/, 64) },
  hdr: {
    required: false,
    holds: (value) =>
      isObject(value) &&
      Object.entries(value).every(([name, field]) => /^[A-Za-z0-9-]{1,64}$/.test(name) && text(/^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/, 1024)(field)),
  },
  act: {
    required: false,
    holds: (value) =>
      isObject(value) && Object.keys(value).length === 2 && text(/^[A-Za-z0-9_-]{22,64}$/, 64)(value["sub"]) && text(/^[\x21-\x7e]{1,64}$/, 64)(value["loa"]),
  },
  ack: { required: false, holds: (value) => Array.isArray(value) && value.length <= 16 && value.every(text(/^[A-Za-z0-9_-]{43}$/, 43)) },
};
const required = Object.keys(claimTable).filter((name) => claimTable[name]!.required);

/** `exp − iat` at most (protocol §2.1). */
export const maxLifetimeSeconds = 300;
/** How far a consumer's clock may run ahead (protocol §2.1). */
export const maxAheadSeconds = 5;
/** A taken `jti` stays taken this long after `exp` (protocol §2.3). */
export const keptAfterExpirySeconds = 5;

/** The longest `Spl-Signature` (protocol §2.1). */
const maxStatementBytes = 4096;

const jwsFaults: Record<JwsFault, Text> = {
  form: {
    id: "Spl-Signature bukan JWS ringkas: tiga bagian base64url tanpa pengisi, JSON tanpa anggota ganda.",
    en: "Spl-Signature is not a compact JWS: three parts of unpadded base64url, JSON without repeated members.",
  },
  header: {
    id: "Header JWS harus berisi tepat alg, kid (sidik RFC 7638) dan typ.",
    en: "The JWS header must hold exactly alg, kid (an RFC 7638 thumbprint) and typ.",
  },
  algorithm: {
    id: "alg harus ES256, PS256, RS256 atau Ed25519.",
    en: "alg must be ES256, PS256, RS256 or Ed25519.",
  },
};

/** Reads the `Spl-Signature` field of profile A. The answer is a statement, or in words what is wrong with it. */
export function readStatement(field: string): Statement | Text {
  if (field.length > maxStatementBytes) {
    return { id: `Spl-Signature lebih dari ${maxStatementBytes} bita.`, en: `Spl-Signature is longer than ${maxStatementBytes} bytes.` };
  }
  const jws = readJws(field);
  if (typeof jws === "string") return jwsFaults[jws];
  if (jws.typ !== "spl-req+jwt") return { id: "typ harus spl-req+jwt.", en: "typ must be spl-req+jwt." };
  const claims = parseStrictJson(jws.octets);
  if (!isObject(claims)) {
    return {
      id: "Klaim bukan objek JSON yang ketat: UTF-8, tanpa anggota ganda, bilangan bulat, paling dalam 4 tingkat.",
      en: "The claims are not a strict JSON object: UTF-8, no repeated member, integers only, at most 4 levels deep.",
    };
  }
  for (const name of required) {
    if (!Object.hasOwn(claims, name)) return { id: `Klaim ${name} tidak ada.`, en: `The claim ${name} is missing.` };
  }
  for (const name in claims) {
    const row = Object.hasOwn(claimTable, name) ? claimTable[name] : undefined;
    if (row === undefined) {
      if (name.startsWith("x_")) continue;
      return { id: "Ada klaim yang tidak dikenal; klaim tambahan harus berawalan x_.", en: "There is an unknown claim; further claims must begin with x_." };
    }
    if (!row.holds(claims[name])) return { id: `Klaim ${name} salah bentuk.`, en: `The claim ${name} is malformed.` };
  }
  return { claims: claims as unknown as Claims, jws, hash: sha256(jws.octets) };
}
