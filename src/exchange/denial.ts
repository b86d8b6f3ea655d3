import { firstDayIn, lastDayIn, localTime, zoneName } from "../base/local-time.ts";
import type { Text } from "../base/text.ts";
import type { GrantCondition } from "../registry/grant-conditions.ts";
import type { Grant, Suspension } from "../registry/snapshot.ts";
import { messages } from "./messages.ts";

/** The grant that came nearest, the consumer's own or open to all, and the first condition that it does not meet. */
export interface NearestGrant {
  readonly grant: Grant;
  readonly unmet: GrantCondition;
}

/**
 * Why no grant covers a call, and what would change it. Names no grant of another consumer, and no purpose that was
 * only claimed. Times are those of the region, as in the officers' letters.
 */
export const describeDenial = (nearest: NearestGrant | undefined, operation: string, timeZone: string): Text =>
  nearest === undefined ? messages.noGrant : descriptions[nearest.unmet](nearest.grant, operation, timeZone);

const descriptions: Readonly<Record<GrantCondition, (grant: Grant, operation: string, timeZone: string) => Text>> = {
  purpose: (grant) => messages.otherPurpose(grant.id, grant.purpose, operationsOf(grant)),
  replacement: ({ id, replacedBy }, _, zone) =>
    messages.replaced(id, replacedBy!.grant, `${firstDayIn(zone, replacedBy!.from)} ${zoneName(zone)}`),
  operations: (grant, operation) => messages.operationNotCovered(grant.id, grant.purpose, operation, operationsOf(grant)),
  period: ({ id, from, until }, _, zone) =>
    until === undefined
      ? messages.notBegun(id, `${firstDayIn(zone, from)} ${zoneName(zone)}`)
      : messages.outsidePeriod(id, firstDayIn(zone, from), lastDayIn(zone, until), zoneName(zone)),
  decision: ({ id }) => messages.undecided(id),
  suspensions: ({ id, suspensions }, _, zone) => {
    const said = suspensions.map((suspension) => suspensionText(suspension, zone));
    return messages.suspensions(id, { id: said.map((one) => one.id).join("; "), en: said.map((one) => one.en).join("; ") });
  },
};

const suspensionText = ({ party, at, reason }: Suspension, zone: string): Text =>
  messages.suspendedBy(messages.parties[party!], localTime(at, zone), reason);

/** A service may have hundreds of operations. */
const shown = 12;

function operationsOf({ operations }: Grant): Text {
  const names = [...operations.keys()];
  const listed = names.slice(0, shown).join(", ");
  return names.length > shown ? messages.andMore(listed, names.length - shown) : { id: listed, en: listed };
}
