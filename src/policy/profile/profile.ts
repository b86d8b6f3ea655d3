import type { Text } from "../../base/text.ts";
import { type Definition, type ProfileLabels } from "./profile-base.ts";
import type { AnswerValue, AskedKey, ValueOf } from "./profile-keys.ts";

/** The regulation of one region as data: what it answers to every question of the base, with its pasal, and what holds where it is silent. */
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

/** How an unclear or faulty sentence of the regulation is read here. */
export interface RegulationReading extends Text {
  readonly cite: string;
}

/** `value` is null where the regulation is silent; then `cite` is, too. `id` and `en` say it in one line. */
export interface ProfileAnswer<Value = AnswerValue | null> extends Text {
  readonly value: Value;
  /** `P28(6)b`, several joined by `, `. */
  readonly cite: string | null;
  /** The regulation's short title where it is cited, else a national rule or `project rule`. */
  readonly basis: string;
  readonly definition: Definition;
}

/** What the profile answers to a key; compiling it has made sure of the key and of the value's type. */
export function answerTo<Key extends AskedKey>(profile: Profile, key: Key): ProfileAnswer<ValueOf<Key> | null> {
  return profile.answers.get(key) as ProfileAnswer<ValueOf<Key> | null>;
}
