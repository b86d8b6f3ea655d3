import type { Text } from "../../base/text.ts";
import type { Definition, ProfileLabels } from "./profile-base.ts";
import type { AnswerValue, AskedKey, ValueOf } from "./profile-keys.ts";

/**
 * The regulation of one region as data: its answer to every question of the base, with the pasal, or the base's answer where it is
 * silent.
 */
export interface Profile {
  readonly id: string;
  readonly version: string;
  /** Version of the base under it. */
  readonly base: string;
  /** Kemendagri code of the kabupaten or kota. */
  readonly region: string;
  readonly regulation: Regulation;
  readonly labels: ProfileLabels;
  readonly readings: readonly RegulationReading[];
  /** Every key of the base, in its order. */
  readonly answers: ReadonlyMap<string, ProfileAnswer>;
  /** Base64url SHA-256 of the canonical JSON (RFC 8785) of all the above. */
  readonly digest: string;
}

export interface Regulation {
  readonly title: Text;
  readonly short: string;
  /** A day. */
  readonly enacted: string;
  readonly revokes?: { readonly short: string; readonly cite: string };
}

/** How the project reads an unclear or faulty sentence of the regulation. */
export interface RegulationReading extends Text {
  readonly cite: string;
}

/** `value` and `cite` are null where the regulation is silent. `id` and `en` say the answer in one line. */
export interface ProfileAnswer<Value = AnswerValue | null> extends Text {
  readonly value: Value;
  /** `P28(6)b`, several joined by `, `. */
  readonly cite: string | null;
  /** The regulation's short title where it is cited, else a national rule or `project rule`. */
  readonly basis: string;
  readonly definition: Definition;
}

/** The answer of a profile to a key. Compilation has checked that it exists and has the type of the key. */
export function answerTo<Key extends AskedKey>(profile: Profile, key: Key): ProfileAnswer<ValueOf<Key> | null> {
  return profile.answers.get(key) as ProfileAnswer<ValueOf<Key> | null>;
}
