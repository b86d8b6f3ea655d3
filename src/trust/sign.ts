import { constants, createPublicKey, randomBytes, sign, type KeyObject } from "node:crypto";
import { sha256 } from "../base/bytes.ts";
import type { SignatureAlgorithm } from "./algorithms.ts";
import { emptyDigest, formatDigest } from "./content-digest.ts";
import type { Claims } from "./statement.ts";

/** A private key as a consumer or a provider holds it. */
export interface SigningKey {
  readonly alg: SignatureAlgorithm;
  readonly kid: string;
  readonly privateKey: KeyObject;
}

const signers: Readonly<Record<SignatureAlgorithm, (input: Buffer, key: KeyObject) => Buffer>> = {
  ES256: (input, key) => sign("sha256", input, { key, dsaEncoding: "ieee-p1363" }),
  PS256: (input, key) =>
    sign("sha256", input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
  RS256: (input, key) => sign("sha256", input, key),
  Ed25519: (input, key) => sign(null, input, key),
};

/** RFC 7638 SHA-256 thumbprint of a private or public key: the required members in lexical order, nothing else. */
export function thumbprint(key: KeyObject): string {
  const { kty, crv, x, y, n, e } = (key.type === "private" ? createPublicKey(key) : key).export({ format: "jwk" });
  const members = kty === "RSA" ? { e, kty, n } : kty === "EC" ? { crv, kty, x, y } : { crv, kty, x };
  return sha256(Buffer.from(JSON.stringify(members))).toString("base64url");
}

/** The algorithm that fits a key, `RS256` for RSA unless told otherwise; `undefined` for a key that no algorithm of the protocol takes. */
export function algorithmFor(key: KeyObject, rsa: "RS256" | "PS256" = "RS256"): SignatureAlgorithm | undefined {
  switch (key.asymmetricKeyType) {
    case "rsa":
      return rsa;
    case "ec":
      return key.asymmetricKeyDetails?.namedCurve === "prime256v1" ? "ES256" : undefined;
    case "ed25519":
      return "Ed25519";
    default:
      return undefined;
  }
}

/** A private key ready to sign with, under its thumbprint. Throws `TypeError` for one that no algorithm of the protocol takes. */
export function signingKeyOf(privateKey: KeyObject, rsa: "RS256" | "PS256" = "RS256"): SigningKey {
  const alg = algorithmFor(privateKey, rsa);
  if (alg === undefined) throw new TypeError("the key must be RSA, EC P-256 or Ed25519");
  return { alg, kid: thumbprint(privateKey), privateKey };
}

/** A compact JWS over exactly these octets. */
export function signJws(header: Readonly<Record<string, unknown>>, octets: Buffer, key: Pick<SigningKey, "alg" | "privateKey">): string {
  const input = `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${octets.toString("base64url")}`;
  return `${input}.${signers[key.alg](Buffer.from(input), key.privateKey).toString("base64url")}`;
}

/** What a consumer wants to send. `target` is path and query as they will stand in the request line. */
export interface Intention {
  readonly iss: string;
  readonly aud: string;
  readonly method: string;
  readonly target: string;
  readonly purpose?: string;
  readonly content?: Buffer;
  readonly contentType?: string;
  readonly hdr?: Readonly<Record<string, string>>;
  readonly nowSeconds: number;
  readonly lifetimeSeconds?: number;
}

/**
 * The claims of protocol §2.1 for it, with a fresh `jti`, and with a salt: the leaf holds their hash beside the `jti`, so that without something random that
 * stands in no leaf the content could be guessed by it.
 */
export function claimsFor(intention: Intention): Claims & { readonly x_salt: string } {
  const { iss, aud, method, target, purpose, content, contentType, hdr, nowSeconds, lifetimeSeconds = 60 } = intention;
  const mark = target.indexOf("?");
  return {
    iss,
    aud,
    iat: nowSeconds,
    exp: nowSeconds + lifetimeSeconds,
    jti: randomBytes(16).toString("base64url"),
    htm: method,
    htu: aud + (mark < 0 ? target : target.slice(0, mark)),
    htq: mark < 0 ? "" : target.slice(mark),
    ...(contentType === undefined ? undefined : { ctype: contentType }),
    digest: content === undefined || content.length === 0 ? emptyDigest : formatDigest(sha256(content)),
    ...(purpose === undefined ? undefined : { purpose }),
    ...(hdr === undefined ? undefined : { hdr }),
    x_salt: randomBytes(16).toString("base64url"),
  };
}

/** The `Spl-Signature` of profile A for these claims. */
export function signStatement(claims: object, key: SigningKey): string {
  return signJws({ alg: key.alg, kid: key.kid, typ: "spl-req+jwt" }, Buffer.from(JSON.stringify(claims)), key);
}
