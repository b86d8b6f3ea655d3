import { createPublicKey, randomBytes, type KeyObject } from "node:crypto";
import { sha256 } from "../base/bytes.ts";
import { algorithmFor, jwkMembers, signatureAlgorithms, type SignatureAlgorithm } from "./algorithms.ts";
import { emptyDigest, formatDigest } from "./content-digest.ts";
import type { Claims } from "./statement.ts";

/** A private key as a consumer or a provider holds it. */
export interface SigningKey {
  readonly alg: SignatureAlgorithm;
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** RFC 7638 SHA-256 thumbprint of a private or public key. Throws `TypeError` for a key that is not EC, RSA or OKP. */
export function thumbprint(key: KeyObject): string {
  const jwk = (key.type === "private" ? createPublicKey(key) : key).export({ format: "jwk" });
  const members = jwkMembers[jwk.kty as keyof typeof jwkMembers];
  return sha256(JSON.stringify(jwk, [...members])).toString("base64url");
}

/**
 * A private key with its algorithm and thumbprint, ready to sign. An RSA key signs RS256 unless `rsa` says PS256.
 * Throws `TypeError` for a key that no algorithm of the protocol takes.
 *
 * @example
 * const key = signingKeyOf(createPrivateKey(readFileSync("provider.pem")));
 */
export function signingKeyOf(privateKey: KeyObject, rsa: "RS256" | "PS256" = "RS256"): SigningKey {
  const alg = algorithmFor(privateKey, rsa);
  if (alg === undefined) throw new TypeError("the key must be RSA, EC P-256 or Ed25519");
  return { alg, kid: thumbprint(privateKey), privateKey };
}

/** A compact JWS over exactly these octets. */
export function signJws(header: Readonly<Record<string, unknown>>, octets: Buffer, key: Pick<SigningKey, "alg" | "privateKey">): string {
  const input = `${Buffer.from(JSON.stringify(header)).toString("base64url")}.${octets.toString("base64url")}`;
  return `${input}.${signatureAlgorithms[key.alg].sign(Buffer.from(input), key.privateKey).toString("base64url")}`;
}

/** A request that a consumer is about to sign. `target` is path and query as they will stand in the request line. */
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
 * The claims of protocol §2.1 for a request, with a fresh `jti` and a salt. The leaf holds the hash of the claims and
 * the `jti`: without a random value that no leaf holds, a reader of the log could guess the content and check the guess
 * against that hash.
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
