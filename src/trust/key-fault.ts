import type { SubsystemId } from "../base/names.ts";
import type { Text } from "../base/text.ts";
import type { RegisteredKey } from "./registered-key.ts";
import type { Jws } from "./jws.ts";

/** A registered key as far as a signature is judged by it. */
export type SignerKey = Pick<RegisteredKey, "alg" | "owner" | "publicKey" | "state" | "from" | "until">;

/** Why `owner`, the `iss` of a JWS, may not sign it with this key at `now` (milliseconds); `undefined` if it may. */
export function keyFault(key: SignerKey, { algorithm }: Jws, owner: SubsystemId, now: number): Text | undefined {
  if (key.owner !== owner)
    return { id: "Kunci ini bukan milik subsistem dalam iss.", en: "This key does not belong to the subsystem in iss." };
  if (key.alg !== algorithm.alg) return { id: `Kunci ini terdaftar untuk ${key.alg}.`, en: `This key is registered for ${key.alg}.` };
  if (key.state === "revoked") return { id: "Kunci ini sudah dicabut.", en: "This key is revoked." };
  if (now < key.from) return { id: "Masa berlaku kunci ini belum mulai.", en: "This key is not valid yet." };
  if (key.until !== undefined && now >= key.until) return { id: "Masa berlaku kunci ini sudah habis.", en: "This key is no longer valid." };
  return undefined;
}
