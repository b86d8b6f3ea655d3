import type { ProfileVersion, Verdict } from "../../base/explanation.ts";
import type { Text } from "../../base/text.ts";
import type { Role } from "./parties.ts";

/** How one guard judged. */
export interface Judgement {
  readonly guard: string;
  readonly verdict: Verdict;
  /** The profile's key on which the guard acts, its pasal, and the regulation or rule. */
  readonly key?: string;
  readonly cite: string | null;
  readonly basis: string;
  readonly detail: Text;
  /** What to do about it. */
  readonly remedy?: Text;
}

/** One act of an officer, with all it rested on; never changed afterwards. The id is a UUIDv7. */
export interface Decision {
  readonly action: string;
  /** `revision ID-16.03/…/r1`. */
  readonly subject: string;
  readonly from?: string;
  readonly to: string;
  readonly by: string;
  readonly roles: readonly Role[];
  readonly at: string;
  readonly profile: ProfileVersion;
  readonly judgements: readonly Judgement[];
  /** SHA-256, hex, of the documents that were named. */
  readonly documents: readonly string[];
  readonly note?: string;
  /** So that the same request under the same idempotency key is carried out once: key and digest of what was asked, hashed. */
  readonly request?: { readonly key: string; readonly digest: string };
}
