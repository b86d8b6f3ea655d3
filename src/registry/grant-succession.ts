import type { Entry, GrantContent } from "./entry.ts";

type Replacement = NonNullable<GrantContent["replacedBy"]>;

/** What succession is read from: the grants of one version of the registry. */
interface Grants {
  of(kind: "grant"): Iterable<Entry<"grant">>;
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
  const found = new Map<string, Replacement>();
  for (const grant of grants.of("grant")) {
    const { previous, from } = grant.content;
    if (previous === undefined || !isStanding(grant)) continue;
    const before = found.get(previous);
    if (before === undefined || before.from < from) found.set(previous, { grant: grant.id, from });
  }
  indices.set(grants, found);
  return found;
}
