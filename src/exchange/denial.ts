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
 * only claimed.
 */
export const describeDenial = (nearest: NearestGrant | undefined, operation: string): Text =>
  nearest === undefined ? messages.noGrant : descriptions[nearest.unmet](nearest.grant, operation);

const descriptions: Readonly<Record<GrantCondition, (grant: Grant, operation: string) => Text>> = {
  purpose: (grant) => messages.otherPurpose(grant.id, grant.purpose, operationsOf(grant)),
  replacement: ({ id, replacedBy }) => messages.replaced(id, replacedBy!.grant, moment(replacedBy!.from)),
  operations: (grant, operation) => messages.operationNotCovered(grant.id, grant.purpose, operation, operationsOf(grant)),
  period: ({ id, from, until }) =>
    until === undefined ? messages.notBegun(id, moment(from)) : messages.outsidePeriod(id, moment(from), moment(until)),
  decision: ({ id }) => messages.undecided(id),
  suspensions: ({ id, suspensions }) => {
    const said = suspensions.map(suspensionText);
    return messages.suspensions(id, { id: said.map((one) => one.id).join("; "), en: said.map((one) => one.en).join("; ") });
  },
};

const suspensionText = ({ party, at, reason }: Suspension): Text => messages.suspendedBy(messages.parties[party!], at, reason);
const moment = (ms: number): string => new Date(ms).toISOString();

/** A service may have hundreds of operations. */
const shown = 12;

function operationsOf({ operations }: Grant): Text {
  const names = [...operations.keys()];
  const listed = names.slice(0, shown).join(", ");
  return names.length > shown ? messages.andMore(listed, names.length - shown) : { id: listed, en: listed };
}
