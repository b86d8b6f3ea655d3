import type { Dossier, Letter, Revision } from "../../registry/entry.ts";
import { attributionNow } from "./action.ts";
import { type Context } from "../context.ts";
import { Refusal } from "../refusal.ts";
import { isUndecided, revisionsOf, type RevisionEntry } from "../revisions.ts";

/** A new revision of a service version, after all earlier ones. Throws a `Refusal` while another is still on its way. */
export function draftOf(context: Context, service: string, dossier: Dossier, proposal: Revision["proposal"] | undefined): RevisionEntry {
  if (proposal === undefined)
    throw new Refusal("not-found", {
      id: `Layanan ${service} belum diusulkan dengan simpul apply.`,
      en: `The service ${service} has not been brought in by simpul apply.`,
    });
  const earlier = revisionsOf(context.registry, service);
  const other = earlier.find(isUndecided);
  if (other !== undefined)
    throw new Refusal("already-exists", {
      id: `${other.id} masih berjalan (${other.state}).`,
      en: `${other.id} is still on its way (${other.state}).`,
    });
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

/** One file may not stand for two documents. */
export function merged(before: Dossier, added: Dossier): Dossier {
  const documents = { ...before.documents, ...added.documents };
  const umumException = { ...before.umumException, ...added.umumException };
  const taken = new Map<string, string>();
  for (const [slot, { sha256 }] of [...Object.entries(documents), ...Object.entries(umumException)] as [string, Letter][]) {
    const other = taken.get(sha256);
    if (other !== undefined)
      throw new Refusal("rule-broken", {
        id: `Berkas yang sama dipakai untuk ${other} dan ${slot}.`,
        en: `The same file stands for ${other} and ${slot}.`,
      });
    taken.set(sha256, slot);
  }
  return { ...before, ...added, documents, umumException };
}

/** What a new revision takes over of a dossier: not what was said of the old content, its owner's consent and its trial. */
export function carriedOver({ consent: _, trial: __, ...kept }: Dossier): Dossier {
  return kept;
}
