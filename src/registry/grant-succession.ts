import type { Entry, GrantContent } from "./entry.ts";

type Replacement = NonNullable<GrantContent["replacedBy"]>;

/** What succession is read from: the grants of one version of the registry. */
interface Grants {
  of(kind: "grant"): Iterable<Entry<"grant">>;
}

/** What decides which of two grants of one consumer, service and purpose counts; both times in milliseconds. */
export interface Ranked {
  readonly id: string;
  readonly from: number;
  readonly decidedAt: number;
  readonly previous: string | undefined;
}

/** The grant that counts first: the latest beginning, then the latest decision. */
export const byRank = (a: Ranked, b: Ranked): number => b.from - a.from || b.decidedAt - a.decidedAt || (a.id < b.id ? -1 : 1);

/** By the id of a renewed grant the standing renewal that replaces it; of several the one that counts first. */
export function renewalsAmong<Grant extends Ranked>(standing: Iterable<Grant>): ReadonlyMap<string, Grant> {
  const found = new Map<string, Grant>();
  for (const grant of standing) {
    if (grant.previous === undefined) continue;
    const other = found.get(grant.previous);
    if (other === undefined || byRank(grant, other) < 0) found.set(grant.previous, grant);
  }
  return found;
}

/** Whether a grant was allowed and not ended by an act; it may still have ended by itself. */
export const isStanding = ({ state, content }: Pick<Entry<"grant">, "state" | "content">): boolean =>
  (state === "active" || state === "suspended") && content.decided !== undefined;

/**
 * The grant that replaces this one, and from when. Registries from before renewals replaced have only the renewal's `previous`: there a
 * renewal that was allowed counts from its own beginning.
 */
export const replacementOf = (grants: Grants, { id, content }: Pick<Entry<"grant">, "id" | "content">): Replacement | undefined =>
  content.replacedBy ?? renewalsIn(grants).get(id);

/** The end of a grant in milliseconds, exclusive: that of its period or its replacement, whichever comes first. */
export const endOfGrant = (grants: Grants, grant: Pick<Entry<"grant">, "id" | "content">): number =>
  Math.min(moment(grant.content.until), moment(replacementOf(grants, grant)?.from));

const moment = (at: string | undefined): number => (at === undefined ? Number.POSITIVE_INFINITY : Date.parse(at));

/** The other standing grants of the same consumer, service and purpose. */
export function grantsBeside(grants: Grants, { id, content }: Pick<Entry<"grant">, "id" | "content">): readonly Entry<"grant">[] {
  const { consumer, service, purpose } = content;
  return [...grants.of("grant")].filter(
    (other) =>
      other.content.consumer === consumer &&
      other.content.service === service &&
      other.content.purpose === purpose &&
      other.id !== id &&
      isStanding(other),
  );
}

const indices = new WeakMap<Grants, ReadonlyMap<string, Replacement>>();

/** Indexed once a version, which never changes. */
function renewalsIn(grants: Grants): ReadonlyMap<string, Replacement> {
  const known = indices.get(grants);
  if (known !== undefined) return known;
  const standing = [...grants.of("grant")].filter(isStanding).map(({ id, content }) => {
    const { from: since, previous, decided } = content;
    return { id, since, from: Date.parse(since), decidedAt: Date.parse(decided!.at), previous };
  });
  const found = new Map(Array.from(renewalsAmong(standing), ([renewed, { id, since }]) => [renewed, { grant: id, from: since }]));
  indices.set(grants, found);
  return found;
}
