import { canonicalJson } from "../base/canonical-json.ts";
import type { Entry, EntryKind, EntryState } from "../registry/entry.ts";
import type { RegistryView } from "./context.ts";
import { messages } from "./messages.ts";
import { Refusal } from "./refusal.ts";

export type RevisionEntry = Entry<"revision">;

/** The revisions of a service version, oldest first. */
export function revisionsOf(registry: Pick<RegistryView, "get">, service: string): readonly RevisionEntry[] {
  const found: RevisionEntry[] = [];
  for (let number = 1; ; number++) {
    const revision = registry.get("revision", `${service}/r${number}`);
    if (revision === undefined) return found;
    found.push(revision);
  }
}

/** The refusal for an entry that is not there. Where a service version is named instead of its revision, it names those that there are. */
export function entryNotFound(registry: RegistryView, kind: EntryKind, id: string): Refusal {
  const revisions = kind === "revision" ? revisionsOf(registry, id) : [];
  if (revisions.length > 0)
    return new Refusal("not-found", messages.nameRevision(revisions.map((revision) => `${revision.id} (${revision.state})`).join(", ")));
  const isUnproposed = kind === "revision" && registry.get("service", id) !== undefined;
  return isUnproposed ? new Refusal("not-found", messages.noRevisionYet(id)) : new Refusal("not-found");
}

/** The state of a revision; of a suspended one, the state to which it would return. */
const placeOf = ({ state, content }: RevisionEntry): EntryState => (state === "suspended" ? content.suspended!.from : state);

/** Not decided to the end and not withdrawn. A service version has at most one such revision. */
export const isUndecided = (revision: RevisionEntry): boolean => ["draft", "applied", "approved", "trial"].includes(placeOf(revision));

/** In production, or suspended from production. */
export const isRevisionInForce = (revision: RevisionEntry): boolean => ["active", "deprecated"].includes(placeOf(revision));

/** The service entry by which the data plane routes: the service version with this revision's content and state. */
export function routed({ state, content: { service, proposal } }: RevisionEntry): Entry<"service"> {
  return { kind: "service", id: service, state, content: proposal };
}

/** The service entry that an action on a revision writes; none while another revision is in force, which goes on serving. */
export function routedUnlessReplacing(registry: RegistryView, revision: RevisionEntry): readonly Entry<"service">[] {
  const { service, number, proposal } = revision.content;
  if (revisionsOf(registry, service).some((other) => other.content.number !== number && isRevisionInForce(other))) return [];
  const serving = registry.get("service", service);
  // A manifest has already put this content on trial.
  if (revision.state === "trial" && serving?.state === "active" && canonicalJson(serving.content) === canonicalJson(proposal)) return [];
  return [routed(revision)];
}
