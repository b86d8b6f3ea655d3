import { isObject } from "../base/is-object.ts";
import { parseSubsystemId, type SubsystemId } from "../base/names.ts";
import type { Text } from "../base/text.ts";
import { claimsReader, jtiForm, text, type Signed } from "./claims.ts";
import { digestForm } from "./content-digest.ts";
import { messages } from "./messages.ts";

/** The claims of protocol §2.1, each of the right type and form. */
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

/** A consumer's signed statement. */
export type Statement = Signed<Claims>;

const { forms } = messages;
const printable = /^[\x20-\x7e]*$/;
const seconds = (value: unknown) => typeof value === "number";

/** Reads the `Spl-Signature` field of profile A: the statement, or a sentence that says what is wrong with it. */
export const readStatement: (field: string) => Statement | Text = claimsReader<Claims>(
  "spl-req+jwt",
  {
    iss: { required: true, form: forms.iss, holds: (value) => typeof value === "string" && parseSubsystemId(value) !== undefined },
    aud: { required: true, form: forms.aud, holds: text(printable, 256) },
    iat: { required: true, form: forms.iat, holds: seconds },
    exp: { required: true, form: forms.exp, holds: seconds },
    jti: { required: true, form: forms.jti, holds: jtiForm },
    htm: { required: true, form: forms.htm, holds: text(/^[A-Z]+$/, 16) },
    htu: { required: true, form: forms.htu, holds: text(printable, 4096) },
    htq: { required: true, form: forms.htq, holds: text(/^(?:\?[\x21-\x7e]*)?$/, 4096) },
    ctype: { required: false, form: forms.ctype, holds: text(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 256) },
    digest: { required: true, form: forms.digest, holds: text(digestForm, 64) },
    purpose: { required: false, form: forms.purpose, holds: text(/^[\x21-\x7e]{1,64}$/, 64) },
    hdr: {
      required: false,
      form: forms.hdr,
      holds: (value) =>
        isObject(value) &&
        Object.entries(value).every(
          ([name, field]) =>
            /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/.test(name) && text(/^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/, 1024)(field),
        ),
    },
    act: {
      required: false,
      form: forms.act,
      holds: (value) =>
        isObject(value) &&
        Object.keys(value).length === 2 &&
        text(/^[A-Za-z0-9_-]{22,64}$/, 64)(value["sub"]) &&
        text(/^[\x21-\x7e]{1,64}$/, 64)(value["loa"]),
    },
    ack: {
      required: false,
      form: forms.ack,
      holds: (value) => Array.isArray(value) && value.length <= 16 && value.every(text(/^[A-Za-z0-9_-]{43}$/, 43)),
    },
  },
  { toSigner: true },
);

/** `exp − iat` at most (protocol §2.1). */
export const maxLifetimeSeconds = 300;

/** How far a consumer's clock may run ahead (protocol §2.1). */
export const maxAheadSeconds = 5;

/** How long a `jti` is remembered after its `exp` (protocol §2.3). */
export const keptAfterExpirySeconds = 5;
