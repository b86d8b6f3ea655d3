import type { Text } from "../../base/text.ts";
import type { Entry, Judgement } from "../../registry/entry.ts";
import type { Context, Input, StatefulKind } from "../context.ts";
import { answerTo } from "../profile/profile.ts";
import type { AskedKey } from "../profile/profile-keys.ts";
import { messages } from "./messages.ts";

/** What one guard found. `key` is the profile's answer that decided, where that is not the guard's own `key`. */
export interface GuardFinding extends Pick<Judgement, "verdict" | "detail" | "remedy"> {
  readonly key?: AskedKey;
}

/**
 * One condition of an action; `guard-titles.ts` has its title. It reads the profile and never a region's name, so a sixth region is
 * one file.
 */
export interface Guard<Kind extends StatefulKind = StatefulKind> {
  readonly kind: Kind;
  /** The profile's answer on which it acts; without one it is a rule of the project. */
  readonly key?: AskedKey;
  /** Further answers that may decide instead. */
  readonly also?: readonly AskedKey[];
  readonly evaluate: (context: Context, entry: Entry<Kind>, input: Input) => GuardFinding;
}

/** Writes the guards of one kind as rows of a table. */
export const guardOf =
  <Kind extends StatefulKind>(kind: Kind) =>
  (evaluate: Guard<Kind>["evaluate"], key?: AskedKey, ...also: readonly AskedKey[]): Guard<Kind> => ({
    kind,
    evaluate,
    also,
    ...(key === undefined ? {} : { key }),
  });

export const met = (detail: Text, key?: AskedKey): GuardFinding => ({
  verdict: "met",
  detail,
  ...(key === undefined ? {} : { key }),
});

/** `detail` says what is missing, `remedy` what to do about it. */
export const unmet = (detail: Text, remedy: Text, key?: AskedKey): GuardFinding => ({
  verdict: "unmet",
  detail,
  remedy,
  ...(key === undefined ? {} : { key }),
});

/** This version of Simpul does not have the mechanism that the condition asks for. */
export const unsupported = (detail: Text): GuardFinding => ({
  verdict: "later",
  detail,
  remedy: messages.mechanismMissing,
});

/** The regulation is silent, or asks nothing of this subject: the detail is the profile's own sentence for that answer. */
export function notRequired({ profile }: Context, key: AskedKey): GuardFinding {
  const { id, en } = answerTo(profile, key);
  return { verdict: "not-required", detail: { id, en }, key };
}

/** A finding with its basis: the pasal where the regulation speaks, else the national rule or the project's own. */
export function judgementOf({ profile }: Context, name: string, guard: Pick<Guard, "key">, finding: GuardFinding): Judgement {
  const { verdict, detail, remedy, key = guard.key } = finding;
  const { cite, basis } = key === undefined ? { cite: null, basis: "project rule" } : answerTo(profile, key);
  return {
    guard: name,
    verdict,
    ...(key === undefined ? {} : { key }),
    cite,
    basis,
    detail,
    ...(remedy === undefined ? {} : { remedy }),
  };
}
