import { isObject } from "../base/is-object.ts";
import { sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import { readJws, type Jws } from "./jws.ts";
import { messages } from "./messages.ts";
import { parseStrictJson } from "./strict-json.ts";

/** A decoded signature and its claims. Nothing about it has been verified yet. */
export interface Signed<Claims> {
  readonly claims: Claims;
  readonly jws: Jws;
  /** H(octets of the claims): how the ledger and receipts refer to it. */
  readonly hash: Buffer;
}

/** One claim: whether it must be there, its form, and that form in words. */
export interface ClaimRow {
  readonly required: boolean;
  readonly form: Text;
  holds(value: unknown): boolean;
}

/** A string of this form and of at most `max` characters. */
export const text = (form: RegExp, max: number) => (value: unknown) => typeof value === "string" && value.length <= max && form.test(value);

/** 128 random bits or more (protocol §2.1). */
export const jtiForm = text(/^[A-Za-z0-9_-]{22,64}$/, 64);

/** The longest `Spl-Signature` (protocol §2.1). */
const maxFieldBytes = 4096;

/**
 * A reader of the `Spl-Signature` field for one kind of claims: a compact JWS of this `typ` with the claims of the
 * table. Every required claim must be present, and an unknown one must begin with `x_`. The reader returns the signed
 * claims, or a sentence that says what is wrong. It repeats the value if the one who reads it is the signer: `toSigner`.
 */
export function claimsReader<Claims>(
  typ: string,
  table: Readonly<Record<keyof Claims & string, ClaimRow>>,
  { toSigner }: { readonly toSigner: boolean },
): (field: string) => Signed<Claims> | Text {
  const rows = new Map<string, ClaimRow>(Object.entries(table));
  const told = (said: Text, value: unknown): Text => (toSigner ? messages.got(said, value) : said);
  const required = [...rows.keys()].filter((name) => rows.get(name)!.required);
  return (field) => {
    if (field.length > maxFieldBytes) return messages.fieldTooLong(maxFieldBytes);
    const jws = readJws(field);
    if (typeof jws === "string") return jws === "form" ? messages.jws.form : told(messages.jws[jws], headerOf(field));
    if (jws.typ !== typ) return told(messages.mustBe("typ", typ), jws.typ);
    const claims = parseStrictJson(jws.octets);
    if (!isObject(claims)) return messages.claimsNotStrict;
    for (const name of required) if (!Object.hasOwn(claims, name)) return messages.claimMissing(name, rows.get(name)!.form);
    for (const name in claims) {
      const row = rows.get(name);
      if (row === undefined) {
        if (name.startsWith("x_")) continue;
        return told(messages.claimUnknown, name);
      }
      if (!row.holds(claims[name])) return told(messages.claimMalformed(name, row.form), claims[name]);
    }
    return { claims: claims as Claims, jws, hash: sha256(jws.octets) };
  };
}

/** The header of a JWS whose header is JSON, to be shown. */
const headerOf = (field: string): unknown => JSON.parse(Buffer.from(field.slice(0, field.indexOf(".")), "base64url").toString("utf8"));
