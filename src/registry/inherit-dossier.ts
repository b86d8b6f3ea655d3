import type { Dossier, Entry, Letter, Revision } from "./entry.ts";

/** The parts of a dossier by name: `builder`, `documents.spesifikasi-teknis`. */
export function partsOf({ documents = {}, umumException = {}, ...single }: Dossier): readonly string[] {
  return [
    ...Object.keys(single),
    ...Object.keys(documents).map((word) => `documents.${word}`),
    ...Object.keys(umumException).map((word) => `umumException.${word}`),
  ];
}

/** A dossier without the parts of these names. */
export function withoutParts({ documents, umumException, ...single }: Dossier, names: ReadonlySet<string>): Dossier {
  const left = (of: string, letters: Readonly<Record<string, Letter>> | undefined): Dossier =>
    letters === undefined ? {} : { [of]: Object.fromEntries(Object.entries(letters).filter(([word]) => !names.has(`${of}.${word}`))) };
  return {
    ...Object.fromEntries(Object.entries(single).filter(([name]) => !names.has(name))),
    ...left("documents", documents),
    ...left("umumException", umumException),
  };
}

/** What was judged together with the content that was rejected. */
const ofRejected: ReadonlySet<string> = new Set(["consent", "trial"]);

/**
 * What the next revision of a service version takes over: every part of the dossier, each with the revision for which
 * it was made. Whether it still serves is judged where it is needed. Consent and trial of a rejected revision are not
 * taken over.
 */
export function inheritDossier(before: Entry<"revision"> | undefined): Pick<Revision, "dossier" | "inherited"> {
  if (before === undefined) return { dossier: {} };
  const { dossier: whole, inherited = {} } = before.content;
  const dossier = before.state === "rejected" ? withoutParts(whole, ofRejected) : whole;
  const parts = partsOf(dossier).map((part) => [part, inherited[part] ?? before.id] as const);
  return { dossier, ...(parts.length === 0 ? {} : { inherited: Object.fromEntries(parts) }) };
}
