import type { Dossier, Letter, Revision } from "../../registry/entry.ts";
import { attributionNow } from "./action.ts";
import type { Context } from "../context.ts";
import { Refusal } from "../refusal.ts";
import { isUndecided, revisionsOf, type RevisionEntry } from "../revisions.ts";
import { messages } from "./messages.ts";

/** A new revision of a service version, after all earlier ones. Throws a `Refusal` while another is undecided. */
export function draftOf(context: Context, service: string, dossier: Dossier, proposal: Revision["proposal"] | undefined): RevisionEntry {
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
    dossier,
    proposed: attributionNow(context),
  };
  return { kind: "revision", id: `${service}/r${number}`, state: "draft", content };
}

/** The dossier with letters added to it. Throws a `Refusal` where one file is named for two documents. */
export function merged(before: Dossier, added: Dossier): Dossier {
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

/** The part of a dossier that a new revision takes over: not the owner's consent and the trial, which are about the old content. */
export function carriedOver({ consent: _, trial: __, ...kept }: Dossier): Dossier {
  return kept;
}
