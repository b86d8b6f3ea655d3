import type { KeyObject } from "node:crypto";
import type { SubsystemId } from "../base/names.ts";
import type { SignatureAlgorithm } from "./algorithms.ts";

/** A subsystem's public key as the registry holds it. */
export interface RegisteredKey {
  readonly kid: string;
  readonly alg: SignatureAlgorithm;
  readonly owner: SubsystemId;
  readonly publicKey: KeyObject;
  /** Only an active key signs. One that is requested waits for an officer's approval. */
  readonly state: "active" | "requested" | "refused" | "revoked";
  /** When it was registered, in milliseconds. */
  readonly registeredAt: number;
  /** Milliseconds. The key is valid from `from` (inclusive) until `until` (exclusive; `undefined` for no end). */
  readonly from: number;
  readonly until: number | undefined;
  /** The proof of possession, a compact JWS. */
  readonly proof: string;
  /** Who put it into this state: an officer's pseudonym; `undefined` for a manifest. */
  readonly by: string | undefined;
  /** An officer's revocation; `undefined` for a key that is not revoked, and for one that a manifest no longer has. */
  readonly revoked: RevokedKey | undefined;
}

/** When a key was revoked, why, and from when on others may have signed with it (RFC 3339 in UTC). */
export interface RevokedKey {
  readonly at: string;
  readonly reason: string;
  readonly since?: string;
}
