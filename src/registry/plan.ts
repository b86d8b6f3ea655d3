import type { Text } from "../base/text.ts";
import { codeIn, compareEntries, entryKinds, isEnded, memberCodeOf, type Desired, type Entry } from "./entry.ts";
import { movedBeside, type UpstreamMove } from "./move-upstream.ts";
import { isFromManifests, preserveDecisions, sameContent, sameHolder } from "./preserve-decisions.ts";
import { registryLimits } from "./limits.ts";
import { planRefusals, type PlanRefusalCode } from "./plan-refusals.ts";
import { propose, type Proposal } from "./propose.ts";
import type { StoredState } from "./registry-store.ts";

/** What an apply would do. Nothing listed means nothing to do. */
export interface Plan {
  /** The state that it was planned against. */
  readonly current: StoredState;
  readonly documents: ReadonlyMap<string, Buffer>;
  readonly added: readonly Entry[];
  readonly changed: readonly Entry[];
  /** Gone from the manifests: retired, or revoked, never deleted. */
  readonly retired: readonly Entry[];
  /** In a live instance: applications that are at another address, for officers to move. */
  readonly moves: readonly UpstreamMove[];
  /** In a live instance: drafts of revisions, requests for grants and new keys, for officers to decide. */
  readonly proposed: readonly Proposal[];
  /** Entries that stay as they are, and why: a manifest may not make this change. None of them is in the lists above. */
  readonly refused: readonly { readonly entry: Pick<Entry, "kind" | "id">; readonly code: PlanRefusalCode; readonly detail: Text }[];
  /** The codes of the members whose manifests have faults: all of theirs stays as it is. */
  readonly held: ReadonlySet<string>;
  /** Grants on services of members whose manifests have faults: they stay as they are until those are corrected. */
  readonly waiting: readonly Entry[];
}

/** Where one of these is among the refusals, nothing at all is applied. */
const refuseAll: ReadonlySet<PlanRefusalCode> = new Set(["instance-changed", "too-many"]);

/** `service ID-16.03/…/v1`: how plans, control leaves and people name an entry. */
export const entryName = (entry: Pick<Entry, "kind" | "id">): string => `${entry.kind} ${entry.id}`;

/**
 * Compares the registry with what it should hold. Pure. While an instance is in preparation manifests decide; once it
 * is in production they propose services, grants and new keys, and officers decide. An entry that is refused, and one of a member
 * that is held, stays as it is and keeps nothing else from being applied.
 */
export function plan(current: StoredState, desired: Desired): Plan {
  const { held = new Set<string>() } = desired;
  const isHeld = (entry: Entry): boolean => held.has(memberCodeOf(entry) ?? "");
  const onHeld = (entry: Entry): boolean => entry.kind === "grant" && held.has(codeIn(entry.content.service) ?? "");
  const before = new Map(current.entries.map(({ entry }) => [entryName(entry), entry]));
  const isLive = current.entries.some(({ entry }) => entry.kind === "instance" && entry.state === "produksi");
  const isDecided = (entry: Entry): boolean =>
    isLive && (entry.kind === "service" || entry.kind === "grant" || (entry.kind === "key" && !before.has(entryName(entry))));
  const wanted = new Set(desired.entries.map(entryName));
  const differs = (entry: Entry): boolean => {
    const old = before.get(entryName(entry));
    return old === undefined || old.state !== entry.state || !sameContent(old.content, entry.content);
  };
  const moves = new Map<string, UpstreamMove>();
  const move = (one: UpstreamMove): void => void moves.set(`${one.subsystem} ${one.from}`, one);
  /** In production the address of what is served is changed by an act, not by a manifest. */
  const atItsAddress = (entry: Entry): Entry => {
    const old = before.get(entryName(entry));
    if (!isLive || entry.kind !== "subsystem" || old?.kind !== "subsystem" || old.state !== "active") return entry;
    const [from, to] = [old.content.upstream, entry.content.upstream];
    if (from === undefined || to === undefined || from === to) return entry;
    move({ subsystem: entry.id, from, to });
    return { ...entry, content: { ...entry.content, upstream: from } };
  };
  const entries = desired.entries.map((entry) => atItsAddress(preserveDecisions(before.get(entryName(entry)), entry, before)));
  const waiting = entries.filter((entry) => onHeld(entry) && differs(entry));
  const direct = entries.filter((entry) => !isDecided(entry) && !onHeld(entry) && differs(entry));
  const added = direct.filter((entry) => !before.has(entryName(entry)));
  const changed = direct.filter((entry) => before.has(entryName(entry)));
  const gone = [...before.values()].flatMap((entry): Entry[] => {
    const { gone: state } = entryKinds[entry.kind];
    return state === undefined || isHeld(entry) || wanted.has(entryName(entry)) || !isFromManifests(entry) || isEnded(entry)
      ? []
      : [{ ...entry, state }];
  });
  const retired = gone.filter((entry) => !isDecided(entry));

  const refused: Plan["refused"][number][] = [];
  const refuse = (entry: Pick<Entry, "kind" | "id">, code: PlanRefusalCode): void =>
    void refused.push({ entry, code, detail: planRefusals[code] });
  const proposed: Proposal[] = [];
  for (const entry of desired.entries.filter(isDecided).filter((one) => !onHeld(one))) {
    const found = propose(before.get(entryName(entry)), entry, before);
    if (typeof found === "string") refuse(entry, found);
    else if (found !== undefined && "subsystem" in found) move(found);
    else if (found !== undefined) proposed.push(found);
  }
  for (const entry of gone.filter(isDecided)) refuse(entry, entry.kind === "service" ? "service-retire" : "grant-revoke");
  for (const { kind, id } of desired.entries) {
    const { state } = (kind === "key" && before.get(entryName({ kind, id }))) || { state: undefined };
    if (state === "revoked" || state === "refused") refuse({ kind, id }, `key-${state}`);
  }
  for (const entry of changed) {
    const old = before.get(entryName(entry));
    if (isLive && entry.kind === "instance" && old?.kind === "instance" && old.content.profile !== entry.content.profile)
      refuse(entry, "profile-live");
    if (entry.kind === "key" && old?.kind === "key" && !sameHolder(old, entry)) refuse(entry, "key-taken");
  }
  if (!isLive) changed.push(...revisionsMovedWith(changed, before));
  const full = new Map<string, number>();
  const drafts = proposed.filter((proposal) => !before.has(entryName(proposal)));
  for (const entry of [...before.values(), ...added, ...drafts]) full.set(entry.kind, (full.get(entry.kind) ?? 0) + 1);
  for (const entry of added) {
    if (entry.kind === "instance" && before.size > 0) refuse(entry, "instance-changed");
    else if (full.get(entry.kind)! > registryLimits[entry.kind]) refuse(entry, "too-many");
  }
  for (const draft of drafts) if (full.get(draft.kind)! > registryLimits[draft.kind]) refuse(draft, "too-many");
  const staying = new Set(refused.map(({ entry }) => entryName(entry)));
  const none = refused.some(({ code }) => refuseAll.has(code));
  const left = <T extends Pick<Entry, "kind" | "id">>(entries: readonly T[]): readonly T[] =>
    none ? [] : entries.filter((entry) => !staying.has(entryName(entry))).sort(compareEntries);
  return {
    current,
    documents: desired.documents,
    added: left(added),
    changed: left(changed),
    moves: none ? [] : [...moves.values()],
    retired: left(retired),
    proposed: left(proposed),
    refused,
    held,
    waiting,
  };
}

/** While manifests decide, an address that they change is that of the revisions on their way, too: what is activated later is there. */
function revisionsMovedWith(changed: readonly Entry[], before: ReadonlyMap<string, Entry>): readonly Entry[] {
  const revisions = [...before.values()].filter(({ kind }) => kind === "revision");
  return changed.flatMap((service) => {
    const old = before.get(entryName(service));
    if (service.kind !== "service" || old?.kind !== "service" || old.content.upstream === service.content.upstream) return [];
    const own = revisions.filter((revision) => revision.kind === "revision" && revision.content.service === service.id);
    return movedBeside(own, { subsystem: service.content.provider, from: old.content.upstream, to: service.content.upstream });
  });
}
