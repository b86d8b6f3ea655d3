import { Problem } from "../base/problem.ts";
import { firstUnmet, nearness, type GrantedCall } from "../registry/grant-conditions.ts";
import type { Grant, ServiceVersion, Snapshot } from "../registry/snapshot.ts";
import type { Caller } from "./authenticate.ts";
import { messages } from "./messages.ts";
import { describeDenial, type NearestGrant } from "./denial.ts";
import type { OperationTarget } from "./operation.ts";

/**
 * Check 9: a grant of this consumer covers service, operation, purpose and moment, is decided, not replaced and not suspended; the
 * first that does counts. A service on trial serves test members only. The refusal says how near the nearest grant came and what the
 * consumer can do.
 */
export function authorize(snapshot: Snapshot, { statement }: Caller, { service, operation }: OperationTarget, now: number): Grant {
  const { iss, purpose } = statement.claims;
  if (service.trial && !snapshot.testers.has(iss)) throw new Problem("not-granted", { detail: messages.onTrial });
  const own = snapshot.subsystems.has(iss) ? snapshot.grants.get(iss) : undefined;
  const call: GrantedCall = { purpose, operation: operation.id, now, trial: service.trial };
  let nearest: NearestGrant | undefined;
  for (const grant of candidates(own, service)) {
    const unmet = firstUnmet(grant, call);
    if (unmet === undefined) return grant;
    if (nearest === undefined || nearness(unmet) > nearness(nearest.unmet)) nearest = { grant, unmet };
  }
  throw new Problem("not-granted", { detail: describeDenial(nearest, operation.id, snapshot.timeZone) });
}

function* candidates(own: readonly Grant[] | undefined, { id, openGrant }: ServiceVersion): Iterable<Grant> {
  for (const grant of own ?? []) if (grant.service === id) yield grant;
  if (openGrant !== undefined) yield openGrant;
}
