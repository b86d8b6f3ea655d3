import type { Entry, EntryKind, EntryState, ReadState } from "../../registry/entry.ts";
import { endOfGrant } from "../../registry/grant-succession.ts";
import { dayIn, startOfDay } from "../calendar.ts";
import type { RegistryView } from "../context.ts";
import { instanceOf } from "../instance-of.ts";
import { isRevisionInForce, revisionsOf } from "../revisions.ts";

/** By kind, the states in which an entry holds until its end comes. */
const holding: { readonly [Kind in EntryKind]?: readonly EntryState[] } = {
  grant: ["active", "suspended"],
  key: ["active"],
  token: ["active"],
  opinion: ["confirmed"],
  exemption: ["confirmed"],
  revision: ["deprecated"],
  service: ["deprecated"],
};

/** The kinds of which an entry ends by itself. */
export const endingKinds = Object.keys(holding) as readonly EntryKind[];

const instantOf = (moment: string | undefined): number | undefined => (moment === undefined ? undefined : Date.parse(moment));

const finite = (end: number): number | undefined => (end === Number.POSITIVE_INFINITY ? undefined : end);

/** Whether an entry is in a state in which it holds until its end. */
export const isHolding = ({ kind, state }: Pick<Entry, "kind" | "state">): boolean => holding[kind]?.includes(state) === true;

/**
 * The first instant (ms) at which an entry would not hold any more, where it has such an end. A deprecated version holds until its
 * sunset: from that day on its owner may retire it.
 */
export function endOf(registry: RegistryView, entry: Entry): number | undefined {
  const startOf = (day: string | undefined): number | undefined =>
    day === undefined ? undefined : startOfDay(day, instanceOf(registry).content.timeZone);
  switch (entry.kind) {
    case "grant":
      return finite(endOfGrant(registry, entry));
    case "key":
    case "token":
      return instantOf(entry.content.until);
    case "opinion":
    case "exemption":
      return startOf(entry.content.until);
    case "revision":
      return startOf(entry.content.deprecated?.sunset);
    case "service":
      return startOf(revisionsOf(registry, entry.id).findLast(isRevisionInForce)?.content.deprecated?.sunset);
    default:
      return undefined;
  }
}

/** The last calendar day in the region on which something holds that ends at this instant. */
export const lastDayOf = (registry: Pick<RegistryView, "of">, end: number): string => dayIn(instanceOf(registry).content.timeZone, end - 1);

/** The state of an entry at a moment: `ended` once its end has passed, whatever was recorded last. */
export function stateNow(registry: RegistryView, entry: Entry, now: number): ReadState {
  const end = endOf(registry, entry);
  return end !== undefined && end <= now && isHolding(entry) ? "ended" : entry.state;
}
