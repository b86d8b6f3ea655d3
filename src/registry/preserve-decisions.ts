import { canonicalJson } from "../base/canonical-json.ts";
import { grantTerms, type Entry, type ManifestTerms } from "./entry.ts";

/** By name, the entries as they are: what the manifests said last time, and what officers have done since. */
export type PriorEntries = ReadonlyMap<string, Entry>;

export const sameGrantTerms = (a: ManifestTerms, b: ManifestTerms): boolean =>
  grantTerms.every((term) => canonicalJson(a[term] ?? null) === canonicalJson(b[term] ?? null));

export const sameContent = (a: Entry["content"], b: Entry["content"]): boolean => canonicalJson(a) === canonicalJson(b);

/**
 * The id of a grant from manifests is `consumer#id`. A grant that was requested over the API is not ended by manifests.
 */
export const isFromManifests = ({ kind, id }: Pick<Entry, "kind" | "id">): boolean => kind !== "grant" || id.includes("#");

/** An entry as a manifest wants it, with what officers did to the present one: a manifest undoes no act. */
export function preserveDecisions(old: Entry | undefined, wanted: Entry, before: PriorEntries): Entry {
  if (wanted.kind === "instance" && old?.kind === "instance") return old.state === "produksi" ? { ...wanted, state: "produksi" } : wanted;
  if (wanted.kind === "member" && old?.kind === "member") {
    const { mandiriTik } = old.content;
    return mandiriTik === undefined ? wanted : { ...wanted, content: { ...wanted.content, mandiriTik } };
  }
  if (wanted.kind === "grant" && old?.kind === "grant")
    return hasDecisions(old) && sameGrantTerms(old.content, wanted.content) ? old : wanted;
  if (wanted.kind === "service" && old?.kind === "service" && wanted.state === "active" && before.has(`revision ${wanted.id}/r1`))
    return { ...wanted, state: old.state };
  return wanted;
}

const hasDecisions = ({ content: { requested, coordinated, decided, suspensions } }: Entry<"grant">): boolean =>
  [requested, coordinated, decided, suspensions].some((act) => act !== undefined);
