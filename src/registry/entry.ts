import type { Decision } from "./entries/decision.ts";
import type { GrantContent } from "./entries/grant.ts";
import type { Opinion } from "./entries/opinion.ts";
import type { InstanceContent, KeyContent, MemberContent, Role, SubsystemContent } from "./entries/parties.ts";
import type { EntryState } from "./entries/parts.ts";
import type { Exemption, ProofOfDuty } from "./entries/proof-of-duty.ts";
import type { Revision } from "./entries/revision.ts";
import type { ServiceContent } from "./entries/service.ts";

export type * from "./entries/decision.ts";
export * from "./entries/grant.ts";
export * from "./entries/opinion.ts";
export * from "./entries/parties.ts";
export type * from "./entries/parts.ts";
export type * from "./entries/proof-of-duty.ts";
export type * from "./entries/revision.ts";
export type * from "./entries/service.ts";

/**
 * What the registry holds, by kind. Moments are RFC 3339 in UTC; a digest names a document that is kept next to the
 * entries.
 */
export interface EntryContents {
  instance: InstanceContent;
  member: MemberContent;
  subsystem: SubsystemContent;
  key: KeyContent;
  service: ServiceContent;
  grant: GrantContent;
  revision: Revision;
  opinion: Opinion;
  evidence: ProofOfDuty;
  exemption: Exemption;
  /** A person who acts for a member. `position` is the office held: names stay out of the registry. */
  officer: { readonly member: string; readonly position: string; readonly roles: readonly Role[] };
  /** `hash`: base64url SHA-256 of the secret. `roles` is all that it can be used for, `until` (RFC 3339) its end. */
  token: { readonly officer: string; readonly hash: string; readonly roles: readonly Role[]; readonly until: string };
  decision: Decision;
  /** A file of `policies/`; the id is its path there. */
  policy: { readonly digest: string };
}

export type EntryKind = keyof EntryContents;

export type Entry<Kind extends EntryKind = EntryKind> = {
  [K in Kind]: { readonly kind: K; readonly id: string; readonly state: EntryState; readonly content: EntryContents[K] };
}[Kind];

/**
 * Kinds in the order in which plans and trees list them, with the state that an entry gets when it is gone from the
 * manifests; kinds without one never come from manifests. Kinds that grow with every act come last, so that the tree
 * grows at its right edge. Append only: the order is part of the tree.
 */
export const entryKinds: Readonly<Record<EntryKind, { readonly gone?: EntryState }>> = {
  instance: { gone: "retired" },
  member: { gone: "retired" },
  subsystem: { gone: "retired" },
  key: { gone: "revoked" },
  service: { gone: "retired" },
  grant: { gone: "revoked" },
  revision: {},
  opinion: {},
  evidence: {},
  exemption: {},
  officer: {},
  token: {},
  decision: {},
  policy: { gone: "retired" },
};

const rank = new Map(Object.keys(entryKinds).map((kind, index) => [kind, index]));

/** By kind, then by id as bytes: the order of the leaves under `basis.registry`. */
export function compareEntries(a: Pick<Entry, "kind" | "id">, b: Pick<Entry, "kind" | "id">): number {
  return rank.get(a.kind)! - rank.get(b.kind)! || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The code of the member to which an entry from manifests belongs, `dinsos`; `undefined` for the instance and policies. */
export function memberCodeOf(entry: Entry): string | undefined {
  if (entry.kind === "instance" || entry.kind === "policy") return undefined;
  return codeIn(entry.kind === "key" ? entry.content.owner : entry.id);
}

/** `dinsos` of `ID-16.03/GOV/dinsos/bansos`. */
export const codeIn = (id: string): string | undefined => id.split("/", 3)[2];

const ends: ReadonlySet<EntryState> = new Set(["retired", "revoked", "refused", "withdrawn", "rejected"]);

/** Whether an entry is in a state that is an end: nothing is done with it any more. */
export const isEnded = ({ state }: Pick<Entry, "state">): boolean => ends.has(state);

/** What manifests and policies together say the registry should hold. */
export interface Desired {
  readonly entries: readonly Entry[];
  /** The codes of the members whose manifests have faults: what the registry holds of them stays as it is. */
  readonly held?: ReadonlySet<string>;
  /** By base64url SHA-256. */
  readonly documents: ReadonlyMap<string, Buffer>;
}
