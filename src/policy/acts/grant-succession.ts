import { endOfGrant, grantsBeside, replacementOf } from "../../registry/grant-succession.ts";
import type { Entry } from "../../registry/entry.ts";
import type { Context, RegistryView } from "../context.ts";
import { Refusal } from "../refusal.ts";
import { messages } from "./messages.ts";

type GrantEntry = Entry<"grant">;

const begins = ({ content }: GrantEntry): number => Date.parse(content.from);

/** Refuses an act on a grant that another one has replaced: it would change nothing, and the officer means the other one. */
export function refuseReplaced({ registry, now }: Context, grant: GrantEntry): void {
  const replacement = replacementOf(registry, grant);
  if (replacement !== undefined && Date.parse(replacement.from) <= now)
    throw new Refusal("rule-broken", messages.grantReplaced(grant.id, replacement.grant));
}

/**
 * The grants that an allowed one replaces, with that written into them: the one that it renews, and every other standing one of the
 * same consumer, service and purpose that would still be in force. They end where it begins, and never before now.
 */
export function replacedBy({ registry, now }: Context, allowed: GrantEntry): readonly GrantEntry[] {
  const from = Math.max(begins(allowed), now);
  const previous = allowed.content.previous === undefined ? undefined : registry.get("grant", allowed.content.previous);
  const beside = grantsBeside(registry, allowed).filter((other) => other.id !== previous?.id && endOfGrant(registry, other) > from);
  const renewed = previous === undefined || previous.state === "revoked" ? [] : [previous];
  return [...renewed, ...beside].map((grant) => ({
    ...grant,
    content: { ...grant.content, replacedBy: { grant: allowed.id, from: new Date(from).toISOString() } },
  }));
}

/** The renewals that were allowed already and have yet to replace a grant: they share what becomes of it. */
export function laterThan(registry: RegistryView, grant: GrantEntry): readonly GrantEntry[] {
  const id = replacementOf(registry, grant)?.grant;
  const next = id === undefined ? undefined : registry.get("grant", id);
  if (next === undefined || (next.state !== "active" && next.state !== "suspended")) return [];
  return [next, ...laterThan(registry, next)];
}

/**
 * The grants that a revoked one replaces, where the revocation changes them: before it has begun they go on to their own end, and once
 * it has begun they stay replaced, also in registries where only its `previous` said so.
 */
export function leftBy({ registry, now }: Context, revoked: GrantEntry): readonly GrantEntry[] {
  const changed: GrantEntry[] = [];
  for (const grant of registry.of("grant")) {
    const replacement = replacementOf(registry, grant);
    if (replacement?.grant !== revoked.id) continue;
    const { replacedBy: recorded, ...content } = grant.content;
    if (Date.parse(replacement.from) > now) changed.push({ ...grant, content });
    else if (recorded === undefined) changed.push({ ...grant, content: { ...content, replacedBy: replacement } });
  }
  return changed;
}

/** A free id for the renewal of a grant: `bansos-cek`, `bansos-cek-2`, `bansos-cek-3`. A manifest's grant gives its part after `#`. */
export function renewalId(registry: RegistryView, id: string): string {
  const own = id.slice(id.indexOf("#") + 1);
  const [, stem = own, number = "1"] = /^(.+)-([1-9]\d?)$/.exec(own) ?? [];
  for (let next = Number(number) + 1; ; next++) {
    const made = `${stem.slice(0, 60)}-${next}`;
    if (registry.get("grant", made) === undefined) return made;
  }
}
