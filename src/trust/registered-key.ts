import type { KeyObject } from "node:crypto";
import type { SubsystemId } from "../base/names.ts";
import type { SignatureAlgorithm } from "./algorithms.ts";

export interface RegisteredKey {
  readonly kid: string;
  readonly alg: SignatureAlgorithm;
  readonly owner: SubsystemId;
  readonly publicKey: KeyObject;
  readonly state: "active" | "revoked";
  /** Milliseconds: when the registry took it in. */
  readonly registeredAt: number;
  /** Milliseconds; the key is valid from `from` (inclusive) until `until` (exclusive, `undefined` = open). */
  readonly from: number;
  readonly until: number | undefined;
  /** The compact JWS by which its holder registered it. */
  readonly proof: string;
}
