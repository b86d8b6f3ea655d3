import { constants, verify, type KeyObject } from "node:crypto";

interface Algorithm {
  /** What `alg` says in the JWS header. */
  readonly alg: SignatureAlgorithm;
  verify(input: Buffer, key: KeyObject, signature: Buffer): boolean;
}

/**
 * The signature algorithms of protocol §2.1. node:crypto verifies here because every exchange passes: jose's WebCrypto path takes about twice
 * the CPU for ES256. A signature of the wrong length is wrong before OpenSSL sees it; DER, the other form of ES256, is refused so.
 */
const table: readonly Algorithm[] = [
  {
    alg: "ES256",
    verify: (input, key, signature) => signature.length === 64 && verify("sha256", input, { key, dsaEncoding: "ieee-p1363" }, signature),
  },
  {
    alg: "PS256",
    verify: (input, key, signature) =>
      verify("sha256", input, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature),
  },
  { alg: "RS256", verify: (input, key, signature) => verify("sha256", input, key, signature) },
  { alg: "Ed25519", verify: (input, key, signature) => signature.length === 64 && verify(null, input, key, signature) },
];

/** The algorithm by its name in a JWS header; `EdDSA` is an alias of `Ed25519` (RFC 9864). */
export const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  ...table.map((row) => [row.alg, row] as const),
  ["EdDSA", table[3]!] as const,
]);

export type { Algorithm };

export type SignatureAlgorithm = "ES256" | "PS256" | "RS256" | "Ed25519";
