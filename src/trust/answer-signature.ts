import type { ServiceId, SubsystemId } from "../base/names.ts";
import type { Text } from "../base/text.ts";
import { claimsReader, jtiForm, type ClaimRow, type Signed } from "./claims.ts";
import { messages } from "./messages.ts";

/** The claims of a provider's `Spl-Signature` (protocol §3). */
export interface AnswerClaims {
  /** The service's subsystem. */
  readonly iss: SubsystemId;
  /** The consumer. */
  readonly aud: SubsystemId;
  /** Seconds. */
  readonly iat: number;
  readonly jti: string;
  /** `Spl-Exchange`, as the gateway sent it. */
  readonly exchange: string;
  readonly service: ServiceId;
  /** Base64url H(octets of the statement's claims). */
  readonly req: string;
  readonly status: number;
  /** The `Content-Type`; absent where the answer has none. */
  readonly ctype?: string;
  /** `Content-Digest` of the content; of no content for HEAD and 204. */
  readonly digest: string;
}

/** A provider's signature over an answer. */
export type AnswerSignature = Signed<AnswerClaims>;

/** How far the clocks of gateway and provider may be apart (protocol §3). */
export const maxAnswerSkewSeconds = 300;

const { forms } = messages;
const string = (form: Text): ClaimRow => ({ required: true, form, holds: (value) => typeof value === "string" });
const integer = (form: Text): ClaimRow => ({ required: true, form, holds: (value) => typeof value === "number" });

/**
 * Reads a provider's `Spl-Signature`. Only types are checked here: the caller compares each claim with the value that
 * it must have.
 */
export const readAnswerSignature: (field: string) => AnswerSignature | Text = claimsReader<AnswerClaims>(
  "spl-res+jwt",
  {
    iss: string(forms.iss),
    aud: string(forms.aud),
    iat: integer(forms.iat),
    jti: { required: true, form: forms.jti, holds: jtiForm },
    exchange: string(forms.exchange),
    service: string(forms.service),
    req: string(forms.req),
    status: integer(forms.status),
    ctype: { ...string(forms.ctype), required: false },
    digest: string(forms.digest),
  },
  { toSigner: false },
);
