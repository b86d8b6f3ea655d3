import { isObject } from "../base/is-object.ts";
import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import { readJws, type Jws, type JwsFault } from "./jws.ts";
import { parseStrictJson } from "./strict-json.ts";

/** What somebody signed, taken apart; nothing about it has been verified yet. */
export interface Signed<Claims> {
  readonly claims: Claims;
  readonly jws: Jws;
  /** H(octets of the claims): the name under which ledger and receipts know it. */
  readonly hash: Buffer;
}

/** One claim: whether it must be there, and its form. */
export interface ClaimRow {
  readonly required: boolean;
  holds(value: unknown): boolean;
}

/** A form that text has, within a length. */
export const text = (form: RegExp, max: number) => (value: unknown) => typeof value === "string" && value.length <= max && form.test(value);

/** 128 random bits or more (protocol §2.1). */
export const jtiForm = text(/^[A-Za-z0-9_-]{22,64}$/, 64);

/** The longest `Spl-Signature` (protocol §2.1). */
const maxFieldBytes = 4096;

/**
 * A reader of the `Spl-Signature` field for one kind of claims: a compact JWS of this `typ` whose claims are those of the table, all that must be there and
 * none that nobody knows, but `x_…`. It gives what was signed, or in words what is wrong with it, without a value.
 */
export function claimsReader<Claims>(
  typ: string,
  table: Readonly<Record<keyof Claims & string, ClaimRow>>,
): (field: string) => Signed<Claims> | Text {
  const rows = new Map<string, ClaimRow>(Object.entries(table));
  const required = [...rows.keys()].filter((name) => rows.get(name)!.required);
  return (field) => {
    if (field.length > maxFieldBytes)
      return { id: `Spl-Signature lebih dari ${maxFieldBytes} bita.`, en: `Spl-Signature is longer than ${maxFieldBytes} bytes.` };
    const jws = readJws(field);
    if (typeof jws === "string") return jwsFaults[jws];
    if (jws.typ !== typ) return { id: `typ harus ${typ}.`, en: `typ must be ${typ}.` };
    const claims = parseStrictJson(jws.octets);
    if (!isObject(claims)) return notStrict;
    for (const name of required)
      if (!Object.hasOwn(claims, name)) return { id: `Klaim ${name} tidak ada.`, en: `The claim ${name} is missing.` };
    for (const name in claims) {
      const row = rows.get(name);
      if (row === undefined) {
        if (name.startsWith("x_")) continue;
        return unknownClaim;
      }
      if (!row.holds(claims[name])) return { id: `Klaim ${name} salah bentuk.`, en: `The claim ${name} is malformed.` };
    }
    return { claims: claims as Claims, jws, hash: sha256(jws.octets) };
  };
}

const notStrict: Text = {
  id: "Klaim bukan objek JSON yang ketat: UTF-8, tanpa anggota ganda, bilangan bulat, paling dalam 4 tingkat.",
  en: "The claims are not a strict JSON object: UTF-8, no repeated member, integers only, at most 4 levels deep.",
};

const unknownClaim: Text = {
  id: "Ada klaim yang tidak dikenal; klaim tambahan harus berawalan x_.",
  en: "There is an unknown claim; further claims must begin with x_.",
};

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
