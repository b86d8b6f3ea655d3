import type { Text } from "../../base/text.ts";
import type { Entry, Judgement } from "../../registry/entry.ts";
import type { Context, Input, StatefulKind } from "../context.ts";
import { answerTo } from "../profile/profile.ts";
import type { AskedKey } from "../profile/profile-keys.ts";

/** What one guard found. `key` names another answer than the guard's own, where that is the one which decided. */
export interface GuardFinding extends Pick<Judgement, "verdict" | "detail" | "remedy"> {
  readonly key?: AskedKey;
}

/** One condition of a step. It reads the profile and never a region's name, so a sixth region is one file. */
export interface Guard<Kind extends StatefulKind = StatefulKind> {
  readonly kind: Kind;
  readonly title: Text;
  /** The answer on which it acts; without one it is a rule of the project. */
  readonly key?: AskedKey;
  /** Further answers that may be the ones which decide. */
  readonly also?: readonly AskedKey[];
  readonly evaluate: (context: Context, entry: Entry<Kind>, input: Input) => GuardFinding;
}

/** A way to write the guards of one kind as rows. */
export const guardOf =
  <Kind extends StatefulKind>(kind: Kind) =>
  (evaluate: Guard<Kind>["evaluate"], id: string, en: string, key?: AskedKey, ...also: readonly AskedKey[]): Guard<Kind> => ({
    kind,
    title: { id, en },
    evaluate,
    also,
    ...(key === undefined ? {} : { key }),
  });

export const met = (id: string, en: string, key?: AskedKey): GuardFinding => ({
  verdict: "met",
  detail: { id, en },
  ...(key === undefined ? {} : { key }),
});

/** What is missing, and what to do about it. */
export const unmet = (detail: Text, remedy: Text, key?: AskedKey): GuardFinding => ({
  verdict: "unmet",
  detail,
  remedy,
  ...(key === undefined ? {} : { key }),
});

/** The mechanism does not exist yet. */
export const unsupported = (id: string, en: string): GuardFinding => ({
  verdict: "later",
  detail: { id, en },
  remedy: {
    id: "Simpul versi ini belum memiliki mekanismenya; instansi tetap dapat bekerja dalam keadaan persiapan di antara anggota uji.",
    en: "This version of Simpul does not have the mechanism yet; the instance can go on working in preparation, among test members.",
  },
});

/** The regulation is silent, or asks nothing of this subject. What it says, or that it says nothing, comes from the profile. */
export function notRequired({ profile }: Context, key: AskedKey): GuardFinding {
  const { id, en } = answerTo(profile, key);
  return { verdict: "not-required", detail: { id, en }, key };
}

/** A finding with its basis: the pasal where the regulation speaks, else the national rule or the project's own. */
export function judgementOf({ profile }: Context, name: string, guard: Pick<Guard, "key">, finding: GuardFinding): Judgement {
  const { verdict, detail, remedy, key = guard.key } = finding;
  const rests = key === undefined ? { cite: null, basis: "project rule" } : answerTo(profile, key);
  return {
    guard: name,
    verdict,
    ...(key === undefined ? {} : { key }),
    cite: rests.cite,
    basis: rests.basis,
    detail,
    ...(remedy === undefined ? {} : { remedy }),
  };
}
