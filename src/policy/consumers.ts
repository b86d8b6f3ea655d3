import { memberOf } from "../base/names.ts";
import type { Attribution, Entry, EntryState } from "../registry/entry.ts";
import { addDays } from "./calendar.ts";
import type { Context } from "./context.ts";
import { Refusal } from "./refusal.ts";
import { isRevisionInForce, isUndecided, revisionsOf } from "./revisions.ts";
import { endOf } from "./validity/end-of.ts";

type View = Pick<Context, "registry" | "now">;

/** The grants on a service version that have not ended and are active or suspended, in the order of their ids. */
function openGrantsOn({ registry, now }: View, service: string): readonly Entry<"grant">[] {
  return [...registry.of("grant")]
    .filter((grant) => {
      const holds = grant.state === "active" || grant.state === "suspended";
      return grant.content.service === service && holds && (endOf(registry, grant) ?? Number.POSITIVE_INFINITY) > now;
    })
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The grants by which a service version is called in production, or may be again: decided, not ended, active or suspended. Those that
 * begin later are among them.
 */
export const grantsHeldOn = (view: View, service: string): readonly Entry<"grant">[] =>
  openGrantsOn(view, service).filter(({ content }) => content.decided !== undefined);

/** The members that hold such a grant, besides the owner: sorted, each once. */
export function consumingMembers(view: View, service: string): readonly string[] {
  const members = new Set(grantsHeldOn(view, service).map(({ content }) => memberOf(content.consumer)));
  members.delete(memberOf(service));
  return [...members].sort();
}

/** For how many days back the last use of a grant is looked for. */
export const usedWithinDays = 90;

/** One consumer of a service version under one grant. */
export interface ServiceConsumer {
  /** The grant's id; `<service>#open` for calls without one. */
  readonly grant: string;
  readonly state: EntryState;
  readonly consumer: string;
  readonly purpose: string;
  readonly operations?: readonly string[];
  /** RFC 3339; exclusive. */
  readonly until?: string;
  /** The last day with a call, in the region, and its number of calls; absent where there was none within `usedWithinDays`. */
  readonly lastUsed?: { readonly day: string; readonly calls: number };
  /** Of a correction under way: who agreed for the consumer's member; null if nobody has. */
  readonly agreed?: Attribution | null;
}

/** Who uses a service version. */
export interface ServiceConsumers {
  readonly service: string;
  readonly state: EntryState;
  readonly deprecated?: { readonly sunset: string; readonly successor: string };
  readonly correction?: { readonly revision: string; readonly from: string };
  readonly items: readonly ServiceConsumer[];
}

/** The calls that were counted on a day (`2026-11-30`), by consumer and grant. */
export type UsageOn = (day: string) => Promise<readonly { readonly consumer: string; readonly grant: string; readonly used: number }[]>;

/**
 * Who may call a service version, and when each last did. Users of an open service are those who called it. Throws the `Refusal`
 * `not-found` for a version that the registry does not hold.
 */
export async function consumersOf(view: View & Pick<Context, "today">, asked: string, usageOn: UsageOn): Promise<ServiceConsumers> {
  const id = asked.replace(/\/r\d+$/, "");
  const service = view.registry.get("service", id);
  if (service === undefined) throw new Refusal("not-found");
  const revisions = revisionsOf(view.registry, id);
  const deprecated = revisions.findLast(isRevisionInForce)?.content.deprecated;
  const corrected = revisions.findLast((revision) => isUndecided(revision) && revision.content.correction !== undefined);
  const correction = corrected?.content.correction;
  const asking = new Set(correction === undefined ? [] : consumingMembers(view, id));
  const used = await lastUses(view.today, usageOn, openGrantsOn(view, id), service.content.open === undefined ? undefined : `${id}#open`);
  const agreement = (consumer: string): Pick<ServiceConsumer, "agreed"> =>
    asking.has(memberOf(consumer)) ? { agreed: correction!.agreed[memberOf(consumer)] ?? null } : {};
  const granted = openGrantsOn(view, id).map(({ id: grant, state, content }): ServiceConsumer => {
    const { consumer, purpose, operations, until } = content;
    const lastUsed = used.get(grant)?.get(consumer);
    return {
      grant,
      state,
      consumer,
      purpose,
      operations,
      ...(until === undefined ? {} : { until }),
      ...(lastUsed === undefined ? {} : { lastUsed }),
      ...agreement(consumer),
    };
  });
  const open = Array.from(used.get(`${id}#open`) ?? [], ([consumer, lastUsed]): ServiceConsumer => {
    const { purpose } = service.content.open!;
    return { grant: `${id}#open`, state: service.state, consumer, purpose, lastUsed };
  });
  return {
    service: id,
    state: service.state,
    ...(deprecated === undefined ? {} : { deprecated: { sunset: deprecated.sunset, successor: deprecated.successor } }),
    ...(corrected === undefined ? {} : { correction: { revision: corrected.id, from: correction!.from } }),
    items: [...granted, ...open.sort((a, b) => (a.consumer < b.consumer ? -1 : 1))],
  };
}

type LastUses = ReadonlyMap<string, ReadonlyMap<string, NonNullable<ServiceConsumer["lastUsed"]>>>;

/** By grant and consumer. Looks back day by day, until each grant is found; users of an open grant may come up on every day. */
async function lastUses(today: string, usageOn: UsageOn, grants: readonly Entry<"grant">[], open: string | undefined): Promise<LastUses> {
  const missing = new Set(grants.map(({ id }) => id));
  const found = new Map<string, Map<string, NonNullable<ServiceConsumer["lastUsed"]>>>();
  for (let back = 0; back < usedWithinDays && (missing.size > 0 || open !== undefined); back++) {
    const day = addDays(today, -back);
    for (const { grant, consumer, used: calls } of await usageOn(day)) {
      if (grant !== open && !missing.has(grant)) continue;
      const uses = found.get(grant) ?? new Map<string, NonNullable<ServiceConsumer["lastUsed"]>>();
      if (!uses.has(consumer)) uses.set(consumer, { day, calls });
      found.set(grant, uses);
    }
    for (const grant of found.keys()) missing.delete(grant);
  }
  return found;
}
