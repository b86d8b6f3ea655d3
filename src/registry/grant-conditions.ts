import type { Entry } from "./entry.ts";
import type { Grant } from "./snapshot.ts";

/** What of a grant is compared with a call: a snapshot's grant has it, `termsOf` reads it from an entry. */
export interface GrantTerms extends Pick<Grant, "purpose" | "from" | "until" | "decided" | "replacedBy"> {
  readonly operations: Pick<Grant["operations"], "has">;
  readonly suspensions: readonly unknown[];
}

/** A call of the grant's consumer to the grant's service. */
export interface GrantedCall {
  readonly purpose: string | undefined;
  readonly operation: string;
  /** When, in milliseconds. */
  readonly now: number;
  /** Whether the service is on trial, where a grant need not be decided. */
  readonly trial: boolean;
}

/**
 * The conditions under which a grant covers a call (protocol §2.3, check 9), in the order in which they are compared: the later the
 * first unmet one, the nearer the grant came. `src/verify/check-judgement.ts` uses the same names in the same order without importing
 * them; it adds the entry's state and parties, and leaves `decision` out (protocol §5.3).
 */
export const grantConditions = {
  purpose: (terms, call) => terms.purpose === call.purpose,
  replacement: ({ replacedBy }, { now }) => replacedBy === undefined || now < replacedBy.from,
  operations: (terms, call) => terms.operations.has(call.operation),
  period: ({ from, until }, { now }) => from <= now && (until === undefined || now < until),
  decision: ({ decided }, { trial }) => decided || trial,
  suspensions: ({ suspensions }) => suspensions.length === 0,
} as const satisfies Readonly<Record<string, (terms: GrantTerms, call: GrantedCall) => boolean>>;

export type GrantCondition = keyof typeof grantConditions;

const inOrder = Object.keys(grantConditions) as readonly GrantCondition[];

/** The first condition that a grant does not meet; `undefined` if it covers the call. */
export const firstUnmet = (terms: GrantTerms, call: GrantedCall): GrantCondition | undefined =>
  inOrder.find((name) => !grantConditions[name](terms, call));

/** How near a grant came by its first unmet condition: a higher number is nearer. */
export const nearness = (unmet: GrantCondition): number => inOrder.indexOf(unmet);

/**
 * The terms of a registry entry, with what replaces it. Its state is not among them: a snapshot has active and suspended grants
 * only.
 */
export const termsOf = ({ content }: Entry<"grant">, replacedBy = content.replacedBy): GrantTerms => ({
  purpose: content.purpose,
  operations: new Set(content.operations),
  from: Date.parse(content.from),
  until: content.until === undefined ? undefined : Date.parse(content.until),
  decided: content.decided !== undefined,
  replacedBy: replacedBy === undefined ? undefined : { grant: replacedBy.grant, from: Date.parse(replacedBy.from) },
  suspensions: Object.keys(content.suspensions ?? {}),
});
