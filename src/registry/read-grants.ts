import type { SubsystemId } from "../base/names.ts";
import type { Entry, GrantParty } from "./entry.ts";
import { byRank, renewalsAmong } from "./grant-succession.ts";
import { grantedFields } from "./granted-fields.ts";
import { changedBetween } from "./apply-changes.ts";
import type { RegistryState } from "./registry-state.ts";
import type { Grant, Snapshot, Suspension } from "./snapshot.ts";

/**
 * The grants by consumer, then by purpose, then in the order in which they count. Only the lists of consumers with a change are built
 * again. Suspended and replaced grants stay, so that a refusal can name them.
 */
export async function readGrants(
  registry: RegistryState,
  previous: { readonly state: RegistryState; readonly snapshot: Pick<Snapshot, "grants"> } | undefined,
  yieldIfDue: () => Promise<void>,
): Promise<Snapshot["grants"]> {
  if (previous?.state.table("grant") === registry.table("grant")) return previous.snapshot.grants;
  const operations = rememberSets();
  const changed = new Map<SubsystemId, Map<string, Grant | undefined>>();
  for (const { entry } of changedBetween(previous?.state, registry, "grant")) {
    const { consumer } = entry.content;
    const own = changed.get(consumer) ?? new Map<string, Grant | undefined>();
    changed.set(
      consumer,
      own.set(entry.id, entry.state === "active" || entry.state === "suspended" ? readGrant(entry, operations) : undefined),
    );
    await yieldIfDue();
  }
  const grants = new Map(previous?.snapshot.grants);
  for (const [consumer, own] of changed) {
    const kept = (grants.get(consumer) ?? []).filter(({ id }) => !own.has(id));
    const list = succeeded(registry, [...kept, ...Array.from(own.values()).filter((grant) => grant !== undefined)]).sort(byPurposeAndRank);
    if (list.length === 0) grants.delete(consumer);
    else grants.set(consumer, list);
    await yieldIfDue();
  }
  return grants;
}

/** Within a purpose the decided before the undecided, then the latest beginning, then the latest decision. */
const byPurposeAndRank = (a: Grant, b: Grant): number =>
  a.purpose !== b.purpose ? (a.purpose < b.purpose ? -1 : 1) : Number(b.decided) - Number(a.decided) || byRank(a, b);

/** The grants of one consumer, each with what replaces it; `replacementOf` says the same of entries. */
function succeeded(registry: RegistryState, grants: readonly Grant[]): Grant[] {
  const renewals = renewalsAmong(grants.filter(({ decided }) => decided));
  return grants.map((grant) => {
    const renewal = renewals.get(grant.id);
    if (grant.replacedBy === undefined && renewal === undefined) return grant;
    const recorded = registry.get("grant", grant.id)?.content.replacedBy;
    const replacedBy = recorded === undefined ? renewal && { grant: renewal.id, from: renewal.from } : readReplacement(recorded);
    return { ...grant, replacedBy };
  });
}

const readReplacement = ({ grant, from }: NonNullable<Entry<"grant">["content"]["replacedBy"]>): Grant["replacedBy"] => ({
  grant,
  from: Date.parse(from),
});

const readGrant = ({ id, content }: Entry<"grant">, operations: (list: readonly string[]) => ReadonlySet<string>): Grant => ({
  id,
  service: content.service,
  operations: operations(content.operations),
  purpose: content.purpose,
  legalBasis: content.legalBasis,
  from: Date.parse(content.from),
  until: content.until === undefined ? undefined : Date.parse(content.until),
  rate: content.rate,
  dailyQuota: content.dailyQuota,
  fields: content.fields === undefined ? undefined : grantedFields(content.fields),
  decided: content.decided !== undefined,
  previous: content.previous,
  replacedBy: content.replacedBy === undefined ? undefined : readReplacement(content.replacedBy),
  decidedAt: content.decided === undefined ? 0 : Date.parse(content.decided.at),
  suspensions: content.suspensions === undefined ? none : readSuspensions(content.suspensions),
});

const none: readonly Suspension[] = [];

const readSuspensions = (suspensions: NonNullable<Entry<"grant">["content"]["suspensions"]>): readonly Suspension[] =>
  (Object.keys(suspensions) as GrantParty[]).map((party) => ({ party, ...suspensions[party]! }));

/** Many grants name the same operations, so each distinct list has one set. */
function rememberSets(): (list: readonly string[]) => ReadonlySet<string> {
  const sets = new Map<string, ReadonlySet<string>>();
  return (list) => {
    const key = list.join(" ");
    const known = sets.get(key) ?? new Set(list);
    sets.set(key, known);
    return known;
  };
}
