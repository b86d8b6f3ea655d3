import type { SubsystemId } from "../base/names.ts";
import type { Text } from "../base/text.ts";
import type { RegisteredKey } from "./registered-key.ts";
import type { Jws } from "./jws.ts";
import { messages } from "./messages.ts";

/** The part of a registered key that verifying a signature needs. */
export type SignerKey = Pick<RegisteredKey, "alg" | "owner" | "publicKey" | "state" | "from" | "until"> & {
  readonly revoked?: RegisteredKey["revoked"];
};

/** Why `owner`, the `iss` of a JWS, may not sign it with this key at `now` (milliseconds); `undefined` if it may. */
export function keyFault(key: SignerKey, { algorithm }: Jws, owner: SubsystemId, now: number): Text | undefined {
  if (key.owner !== owner) return messages.keyOfAnother;
  if (key.alg !== algorithm.alg) return messages.keyForAnotherAlgorithm(key.alg);
  if (key.state === "revoked") return messages.keyRevoked(key.revoked);
  if (key.state === "requested") return messages.keyNotYetApproved;
  if (key.state === "refused") return messages.keyRefused;
  if (now < key.from) return messages.keyNotYetValid;
  if (key.until !== undefined && now >= key.until) return messages.keyExpired;
  return undefined;
}
