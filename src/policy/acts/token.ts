import { timingSafeEqual } from "node:crypto";
import { decodeBase64url, sha256 } from "../../base/bytes.ts";
import { forms } from "../../base/forms.ts";
import { randomOctets } from "../../base/uuid.ts";

/** The holder of the token that `simpul init` makes. No officer can be appointed under this id. */
export const firstAdministrator = "administrator";

/** 256 random bits in base64url, shown once to their holder, and their base64url SHA-256, which is stored. */
export function newSecret(): { readonly secret: string; readonly hash: string } {
  const octets = randomOctets(32);
  return { secret: octets.toString("base64url"), hash: sha256(octets).toString("base64url") };
}

/** A bearer token: `spl_<token id>_<secret>`. */
export const formatToken = (id: string, secret: string): string => `spl_${id}_${secret}`;

const form = new RegExp(`^spl_(${forms.uuid})_([A-Za-z0-9_-]{43})$`);

/** The parts of a bearer token; `undefined` if the text is not one. */
export function parseToken(text: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] = form.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Whether a secret has this stored hash, in constant time. */
export function isSecretOf(hash: string, secret: string): boolean {
  const octets = decodeBase64url(secret);
  return octets !== undefined && timingSafeEqual(sha256(octets), Buffer.from(hash, "base64url"));
}
