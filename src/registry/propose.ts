import type { Attribution, Entry, EntryState } from "./entry.ts";
import { inheritDossier } from "./inherit-dossier.ts";
import { differInUpstream, type UpstreamMove } from "./move-upstream.ts";
import { sameContent, sameGrantTerms, sameService, type PriorEntries } from "./preserve-decisions.ts";
import type { PlanRefusalCode } from "./plan-refusals.ts";

/** An entry that officers have to decide on. `sign` makes it, once it is known by whom it is proposed and when. */
export interface Proposal {
  readonly kind: "revision" | "grant" | "key";
  readonly id: string;
  readonly sign: (act: Attribution) => Entry;
}

/**
 * In production manifests do not put services, grants or keys into force: what they add becomes a draft or a request,
 * another address a move for officers, and what only officers may change is refused, with the act that would do it.
 * `undefined`: nothing to do.
 */
export function propose(
  old: Entry | undefined,
  wanted: Entry,
  before: PriorEntries,
): Proposal | UpstreamMove | PlanRefusalCode | undefined {
  if (wanted.kind === "key") return proposeKey(wanted);
  if (wanted.kind === "grant") return proposeGrant(old as Entry<"grant"> | undefined, wanted);
  if (wanted.kind === "service") return proposeService(old as Entry<"service"> | undefined, wanted, before);
  return undefined;
}

/** Until an officer approves it, nobody is authenticated by it. */
const proposeKey = (wanted: Entry<"key">): Proposal => ({
  kind: "key",
  id: wanted.id,
  sign: (proposed) => ({ ...wanted, state: "requested", content: { ...wanted.content, proposed } }),
});

function proposeGrant(old: Entry<"grant"> | undefined, wanted: Entry<"grant">): Proposal | PlanRefusalCode | undefined {
  if (old === undefined)
    return {
      kind: "grant",
      id: wanted.id,
      sign: (requested) => ({ ...wanted, state: "requested", content: { ...wanted.content, requested } }),
    };
  return sameGrantTerms(old.content, wanted.content) ? undefined : "grant-live";
}

function proposeService(
  old: Entry<"service"> | undefined,
  wanted: Entry<"service">,
  before: PriorEntries,
): Proposal | UpstreamMove | PlanRefusalCode | undefined {
  if (wanted.state !== "active" && wanted.state !== old?.state) return wanted.state === "suspended" ? "service-suspend" : "service-retire";
  if (old !== undefined && sameService(old.content, wanted.content)) return undefined;
  const last = lastRevision(before, wanted.id);
  const same = last?.state === "draft" ? sameContent : sameService;
  if (last !== undefined && last.state !== "withdrawn" && same(last.content.proposal, wanted.content)) return undefined;
  const decided = last !== undefined && undecided.has(last.content.suspended?.from ?? last.state) ? last.content.proposal : old?.content;
  if (decided !== undefined && differInUpstream(decided, wanted.content))
    return { subsystem: wanted.content.provider, from: decided.upstream, to: wanted.content.upstream };
  if (last !== undefined && undecided.has(last.content.suspended?.from ?? last.state)) return "revision-under-way";
  return draft(wanted, last);
}

/** Applied for, and not decided to the end: its proposal may not be changed. */
const undecided: ReadonlySet<EntryState> = new Set(["applied", "approved", "trial"]);

function lastRevision(before: PriorEntries, service: string): Entry<"revision"> | undefined {
  let last: Entry<"revision"> | undefined;
  for (let number = 1; ; number++) {
    const revision = before.get(`revision ${service}/r${number}`);
    if (revision?.kind !== "revision") return last;
    last = revision;
  }
}

/** A draft takes the new content. Otherwise a new revision is drafted, which takes over the dossier of the one before. */
function draft({ id: service, content: proposal }: Entry<"service">, last: Entry<"revision"> | undefined): Proposal {
  if (last?.state === "draft") {
    return { kind: "revision", id: last.id, sign: (proposed) => ({ ...last, content: { ...last.content, proposal, proposed } }) };
  }
  const number = (last?.content.number ?? 0) + 1;
  const id = `${service}/r${number}`;
  return {
    kind: "revision",
    id,
    sign: (proposed) => ({
      kind: "revision",
      id,
      state: "draft",
      content: { service, number, ...(last === undefined ? {} : { previous: last.id }), proposal, ...inheritDossier(last), proposed },
    }),
  };
}
