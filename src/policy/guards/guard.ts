import type { Text } from "../../base/text.ts";
import type { Entry, Judgement } from "../../registry/entry.ts";
import type { Context, Input, LivingKind } from "../context.ts";
import { answer } from "../profile/profile.ts";
import type { AskedKey } from "../profile/profile-keys.ts";

/** What one guard found. `key` names another answer than the guard's own, where that is the one which decided. */
export interface Finding extends Pick<Judgement, "verdict" | "detail" | "remedy"> {
  readonly key?: AskedKey;
}

/** One condition of a step. It reads the profile and never a region's name, so a sixth region is one file. */
export interface Guard<Kind extends LivingKind = LivingKind> {
  readonly kind: Kind;
  readonly title: Text;
  /** The answer on which it acts; without one it is a rule of the project. */
  readonly key?: AskedKey;
  /** Further answers that may be the ones which decide. */
  readonly also?: readonly AskedKey[];
  readonly judge: (context: Context, entry: Entry<Kind>, input: Input) => Finding;
}

/** A way to write the guards of one kind as rows. */
export const guardOf =
  <Kind extends LivingKind>(kind: Kind) =>
  (judge: Guard<Kind>["judge"], id: string, en: string, key?: AskedKey, ...also: readonly AskedKey[]): Guard<Kind> => ({ kind, title: { id, en }, judge, also, ...(key === undefined ? {} : { key }) });

export const met = (id: string, en: string, key?: AskedKey): Finding => ({ verdict: "met", detail: { id, en }, ...(key === undefined ? {} : { key }) });

/** What is missing, and what to do about it. */
export const unmet = (detail: Text, remedy: Text, key?: AskedKey): Finding => ({ verdict: "unmet", detail, remedy, ...(key === undefined ? {} : { key }) });

/** The mechanism does not exist yet. */
export const later = (id: string, en: string): Finding => ({
  verdict: "later",
  detail: { id, en },
  remedy: {
    id: "Simpul versi ini belum memiliki mekanismenya; instansi tetap dapat bekerja dalam keadaan persiapan di antara anggota uji.",
    en: "This version of Simpul does not have the mechanism yet; the instance can go on working in preparation, among test members.",
  },
});

/** The regulation is silent, or asks nothing of this subject. What it says, or that it says nothing, comes from the profile. */
export function notRequired({ profile }: Context, key: AskedKey): Finding {
  const { id, en } = answer(profile, key);
  return { verdict: "not-required", detail: { id, en }, key };
}

/** A finding with its basis: the pasal where the regulation speaks, else the national rule or the project's own. */
export function judgementOf({ profile }: Context, name: string, guard: Pick<Guard, "key">, finding: Finding): Judgement {
  const { verdict, detail, remedy, key = guard.key } = finding;
  const rests = key === undefined ? { cite: null, basis: "project rule" } : answer(profile, key);
  return { guard: name, verdict, ...(key === undefined ? {} : { key }), cite: rests.cite, basis: rests.basis, detail, ...(remedy === undefined ? {} : { remedy }) };
}
