import { canonicalJson } from "../base/canonical-json.ts";
import type { Entry, EntryState } from "../registry/entry.ts";
import type { RegistryView } from "./context.ts";

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

/** Where it stands on the road; one that is suspended, where it would go on. */
const placeOf = ({ state, content }: RevisionEntry): EntryState => (state === "suspended" ? content.suspended!.from : state);

/** Neither decided to the end nor given up: there is one such revision at a time. */
export const isUndecided = (revision: RevisionEntry): boolean => ["draft", "applied", "approved", "trial"].includes(placeOf(revision));

/** In production, be it suspended for now. */
export const isRevisionInForce = (revision: RevisionEntry): boolean => ["active", "deprecated"].includes(placeOf(revision));

/** What is routed: the service version with this revision's content and state. */
export function routed({ state, content: { service, proposal } }: RevisionEntry): Entry<"service"> {
  return { kind: "service", id: service, state, content: proposal };
}

/** What a step tells the data plane: nothing as long as another revision is in force, which goes on serving. */
export function routedUnlessReplacing(registry: RegistryView, revision: RevisionEntry): readonly Entry<"service">[] {
  const { service, number, proposal } = revision.content;
  if (revisionsOf(registry, service).some((other) => other.content.number !== number && isRevisionInForce(other))) return [];
  const serving = registry.get("service", service);
  // Brought in by a manifest, it is on trial already.
  if (revision.state === "trial" && serving?.state === "active" && canonicalJson(serving.content) === canonicalJson(proposal)) return [];
  return [routed(revision)];
}
