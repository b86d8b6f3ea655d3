import type { Dossier, Letter, Revision } from "../../registry/entry.ts";
import { inheritDossier, partsOf } from "../../registry/inherit-dossier.ts";
import { attributionNow } from "./action.ts";
import type { Context } from "../context.ts";
import { Refusal } from "../refusal.ts";
import { isUndecided, revisionsOf, type RevisionEntry } from "../revisions.ts";
import { messages } from "./messages.ts";

/**
 * A new revision of a service version, after all earlier ones. It takes over the dossier of `before`, which is the last
 * of them unless it is named. Throws a `Refusal` while another is undecided.
 */
export function draftOf(
  context: Context,
  service: string,
  given: Dossier,
  proposal: Revision["proposal"] | undefined,
  before?: RevisionEntry,
): RevisionEntry {
  if (proposal === undefined) throw new Refusal("not-found", messages.serviceNotApplied(service));
  const earlier = revisionsOf(context.registry, service);
  const other = earlier.find(isUndecided);
  if (other !== undefined) throw new Refusal("already-exists", messages.revisionUndecided(other.id, other.state));
  const number = earlier.length + 1;
  const previous = earlier.at(-1);
  const content: Revision = {
    service,
    number,
    ...(previous === undefined ? {} : { previous: previous.id }),
    proposal,
    ...completed(inheritDossier(before ?? previous), given),
    proposed: attributionNow(context),
  };
  return { kind: "revision", id: `${service}/r${number}`, state: "draft", content };
}

/** The dossier with letters added to it. Throws a `Refusal` where one file is named for two documents. */
function merged(before: Dossier, added: Dossier): Dossier {
  const documents = { ...before.documents, ...added.documents };
  const umumException = { ...before.umumException, ...added.umumException };
  const taken = new Map<string, string>();
  for (const [slot, { sha256 }] of [...Object.entries(documents), ...Object.entries(umumException)] as [string, Letter][]) {
    const other = taken.get(sha256);
    if (other !== undefined) throw new Refusal("rule-broken", messages.sameFileFor(other, slot));
    taken.set(sha256, slot);
  }
  return { ...before, ...added, documents, umumException };
}

/** A dossier with parts that are the revision's own from then on. Throws as `merged` does. */
export function completed(
  { dossier, inherited = {} }: Pick<Revision, "dossier" | "inherited">,
  given: Dossier,
): Pick<Revision, "dossier" | "inherited"> {
  const own = new Set(partsOf(given));
  const left = Object.entries(inherited).filter(([part]) => !own.has(part));
  return { dossier: merged(dossier, given), ...(left.length === 0 ? {} : { inherited: Object.fromEntries(left) }) };
}
