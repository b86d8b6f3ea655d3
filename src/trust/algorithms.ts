import { constants, generateKeyPairSync, sign, verify, type KeyObject } from "node:crypto";

export type SignatureAlgorithm = "ES256" | "PS256" | "RS256" | "Ed25519";

/** Everything the project knows about one signature algorithm of protocol §2.1. */
export interface Algorithm {
  /** The `alg` of the JWS header. */
  readonly alg: SignatureAlgorithm;
  /**
   * What the JWK of such a key must say (RFC 7518 §6, RFC 8037): a key of another curve would verify what it should
   * not.
   */
  readonly jwk: Readonly<{ kty: keyof typeof jwkMembers; crv?: string }>;
  /** Whether this is a key of that kind, private or public. */
  takes(key: KeyObject): boolean;
  /** A fresh private key. */
  generate(): KeyObject;
  sign(input: Buffer, key: KeyObject): Buffer;
  verify(input: Buffer, key: KeyObject, signature: Buffer): boolean;
}

/** The public members of a JWK by its key type, in the lexical order that a thumbprint takes them in (RFC 7638 §3.2). */
export const jwkMembers = {
  EC: ["crv", "kty", "x", "y"],
  RSA: ["e", "kty", "n"],
  OKP: ["crv", "kty", "x"],
} as const;

const rsa = {
  jwk: { kty: "RSA" },
  takes: (key) => key.asymmetricKeyType === "rsa",
  generate: () => generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
} as const satisfies Partial<Algorithm>;
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

/**
 * One row an algorithm. node:crypto verifies because every exchange passes here: jose's WebCrypto path takes about
 * twice the CPU for ES256. A signature of the wrong length is refused before OpenSSL sees it. That also refuses DER,
 * the other encoding of ES256.
 */
export const signatureAlgorithms: Readonly<Record<SignatureAlgorithm, Algorithm>> = {
  ES256: {
    alg: "ES256",
    jwk: { kty: "EC", crv: "P-256" },
    takes: (key) => key.asymmetricKeyType === "ec" && key.asymmetricKeyDetails?.namedCurve === "prime256v1",
    generate: () => generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey,
    sign: (input, key) => sign("sha256", input, { key, dsaEncoding: "ieee-p1363" }),
    verify: (input, key, signature) => signature.length === 64 && verify("sha256", input, { key, dsaEncoding: "ieee-p1363" }, signature),
  },
  PS256: {
    alg: "PS256",
    ...rsa,
    sign: (input, key) => sign("sha256", input, { key, ...pss }),
    verify: (input, key, signature) => verify("sha256", input, { key, ...pss }, signature),
  },
  RS256: {
    alg: "RS256",
    ...rsa,
    sign: (input, key) => sign("sha256", input, key),
    verify: (input, key, signature) => verify("sha256", input, key, signature),
  },
  Ed25519: {
    alg: "Ed25519",
    jwk: { kty: "OKP", crv: "Ed25519" },
    takes: (key) => key.asymmetricKeyType === "ed25519",
    generate: () => generateKeyPairSync("ed25519").privateKey,
    sign: (input, key) => sign(null, input, key),
    verify: (input, key, signature) => signature.length === 64 && verify(null, input, key, signature),
  },
};

/** The algorithm by its name in a JWS header; `EdDSA` is an alias of `Ed25519` (RFC 9864). */
export const algorithms: ReadonlyMap<string, Algorithm> = new Map([
  ...Object.entries(signatureAlgorithms),
  ["EdDSA", signatureAlgorithms.Ed25519],
]);

/**
 * The algorithm that a key signs with, for RSA the one named; `undefined` for a key that no algorithm of the protocol
 * takes.
 */
export const algorithmFor = (key: KeyObject, rsaAlgorithm: "RS256" | "PS256" = "RS256"): SignatureAlgorithm | undefined =>
  [signatureAlgorithms[rsaAlgorithm], ...Object.values(signatureAlgorithms)].find(({ takes }) => takes(key))?.alg;
