import type { KeyObject } from "node:crypto";
import type { SubsystemId } from "../base/names.ts";
import type { SignatureAlgorithm } from "./algorithms.ts";

/** A subsystem's public key as the registry holds it. */
export interface RegisteredKey {
  readonly kid: string;
  readonly alg: SignatureAlgorithm;
  readonly owner: SubsystemId;
  readonly publicKey: KeyObject;
  readonly state: "active" | "revoked";
  /** When it was registered, in milliseconds. */
  readonly registeredAt: number;
  /** Milliseconds. The key is valid from `from` (inclusive) until `until` (exclusive; `undefined` for no end). */
  readonly from: number;
  readonly until: number | undefined;
  /** The proof of possession, a compact JWS. */
  readonly proof: string;
}
