import type { ProfileVersion, Verdict } from "../../base/explanation.ts";
import type { Text } from "../../base/text.ts";
import type { Role } from "./parties.ts";

/** The verdict of one guard. */
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

/** One act of an officer, with all that it was based on; never changed afterwards. The id is a UUIDv7. */
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
  /** So that a request is carried out once under its idempotency key: hashes of the key and of the request. */
  readonly request?: { readonly key: string; readonly digest: string };
}
