import { canonicalJson } from "../base/canonical-json.ts";
import type { ServiceContent } from "./entries/service.ts";
import { grantTerms, type Entry, type ManifestTerms } from "./entry.ts";

/** By name, the entries as they are: what the manifests said last time, and what officers have done since. */
export type PriorEntries = ReadonlyMap<string, Entry>;

export const sameGrantTerms = (a: ManifestTerms, b: ManifestTerms): boolean =>
  grantTerms.every((term) => canonicalJson(a[term] ?? null) === canonicalJson(b[term] ?? null));

export const sameContent = (a: Entry["content"], b: Entry["content"]): boolean => canonicalJson(a) === canonicalJson(b);

/**
 * Whether two contents of a service say the same. The bytes that were given do not count: they differ in words and layout only where the
 * document by which the gateway judges is the same, and entries of older versions do not have them.
 */
export const sameService = ({ given: _, ...a }: ServiceContent, { given: __, ...b }: ServiceContent): boolean =>
  canonicalJson(a) === canonicalJson(b);

/** Whether two entries of one key are for the same subsystem and algorithm. */
export const sameHolder = (a: Entry<"key">, b: Entry<"key">): boolean =>
  a.content.owner === b.content.owner && a.content.alg === b.content.alg;

/**
 * Whether manifests may end the entry: not a grant that was requested over the API, nor a key that was registered over it. The id of
 * a grant from manifests is `consumer#id`.
 */
export const isFromManifests = (entry: Entry): boolean =>
  entry.kind === "grant" ? entry.id.includes("#") : entry.kind !== "key" || entry.content.registered === undefined;

/** An entry as a manifest wants it, with what officers did to the present one: a manifest undoes no act. */
export function preserveDecisions(old: Entry | undefined, wanted: Entry, before: PriorEntries): Entry {
  if (wanted.kind === "instance" && old?.kind === "instance") return old.state === "produksi" ? { ...wanted, state: "produksi" } : wanted;
  if (wanted.kind === "member" && old?.kind === "member") {
    const { mandiriTik } = old.content;
    return mandiriTik === undefined ? wanted : { ...wanted, content: { ...wanted.content, mandiriTik } };
  }
  if (wanted.kind === "subsystem" && old?.kind === "subsystem") {
    const { drained } = old.content;
    return drained === undefined ? wanted : { ...wanted, content: { ...wanted.content, drained } };
  }
  if (wanted.kind === "key" && old?.kind === "key") return preserveKey(old, wanted);
  if (wanted.kind === "grant" && old?.kind === "grant")
    return hasDecisions(old) && sameGrantTerms(old.content, wanted.content) ? old : wanted;
  if (wanted.kind === "service" && old?.kind === "service" && wanted.state === "active" && before.has(`revision ${wanted.id}/r1`))
    return { ...wanted, state: old.state };
  return wanted;
}

/** A new proof may change the period of a key, not its state; what is revoked or refused stays as it was. */
function preserveKey(old: Entry<"key">, wanted: Entry<"key">): Entry<"key"> {
  if (old.state === "revoked" || old.state === "refused") return old;
  if (!sameHolder(old, wanted)) return wanted;
  const { registered, proposed, decided } = old.content;
  const acts = Object.fromEntries(Object.entries({ registered, proposed, decided }).filter(([, act]) => act !== undefined));
  return { ...wanted, state: old.state, content: { ...wanted.content, ...acts } };
}

const hasDecisions = ({ content: { requested, coordinated, decided, suspensions, replacedBy } }: Entry<"grant">): boolean =>
  [requested, coordinated, decided, suspensions, replacedBy].some((act) => act !== undefined);
