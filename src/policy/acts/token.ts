import { timingSafeEqual } from "node:crypto";
import { decodeBase64url, sha256 } from "../../base/bytes.ts";
import { randomOctets } from "../../base/uuid.ts";

/** Whose token `simpul init` makes: no officer is appointed under this id. */
export const firstAdministrator = "administrator";

/** 256 random bits, as they are told once to whoever is to hold them, and the base64url SHA-256 that is kept. */
export function newSecret(): { readonly secret: string; readonly hash: string } {
  const octets = randomOctets(32);
  return { secret: octets.toString("base64url"), hash: sha256(octets).toString("base64url") };
}

/** A bearer token: `spl_<token id>_<secret>`. */
export const formatToken = (id: string, secret: string): string => `spl_${id}_${secret}`;

const form = /^spl_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** Takes a bearer token apart; `undefined` if it is none. */
export function parseToken(text: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] = form.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** Whether a secret is the one that was kept as this hash; takes the same time either way. */
export function isSecretOf(hash: string, secret: string): boolean {
  const octets = decodeBase64url(secret);
  return octets !== undefined && timingSafeEqual(sha256(octets), Buffer.from(hash, "base64url"));
}
