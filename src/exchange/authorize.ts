import { Problem } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import type { Grant, ServiceVersion, Snapshot } from "../registry/snapshot.ts";
import type { Caller } from "./authenticate.ts";
import type { OperationTarget } from "./operation.ts";
import { describeDenial, type DenialReason, denialOrder, type NearestGrant } from "./denial.ts";

/**
 * Check 9: a grant of this consumer covers service, operation, purpose and moment, is decided and does not rest; what is on trial serves test members
 * only. The refusal says how near the nearest grant came and what to do.
 */
export function authorize(snapshot: Snapshot, { statement }: Caller, { service, operation }: OperationTarget, now: number): Grant {
  const { iss, purpose } = statement.claims;
  if (service.trial && !snapshot.testers.has(iss)) throw refused(onTrial);
  const own = snapshot.subsystems.has(iss) ? snapshot.grants.get(iss) : undefined;
  let nearest: NearestGrant | undefined;
  for (const grant of candidates(own, service)) {
    const reason = denialReason(grant, service, purpose, operation.id, now);
    if (reason === undefined) return grant;
    if (nearest === undefined || denialOrder[reason] >= denialOrder[nearest.reason]) nearest = { grant, reason };
  }
  throw refused(describeDenial(nearest, operation.id));
}

function denialReason(
  grant: Grant,
  { trial }: ServiceVersion,
  purpose: string | undefined,
  operation: string,
  now: number,
): DenialReason | undefined {
  if (grant.purpose !== purpose) return "purpose";
  if (!grant.operations.has(operation)) return "operation";
  if (now < grant.from || (grant.until !== undefined && now >= grant.until)) return "period";
  if (!grant.decided && !trial) return "decision";
  return grant.suspensions.length > 0 ? "suspended" : undefined;
}

function* candidates(own: readonly Grant[] | undefined, { id, openGrant }: ServiceVersion): Iterable<Grant> {
  for (const grant of own ?? []) if (grant.service === id) yield grant;
  if (openGrant !== undefined) yield openGrant;
}

const refused = (detail: Text): Problem => new Problem("not-granted", { detail });

const onTrial: Text = {
  id: "Layanan ini masih dalam uji coba; hanya anggota uji yang dapat memanggilnya sampai Dinas mengaktifkannya untuk produksi.",
  en: "This service is still on trial; only test members may call it until the Dinas activates it for production.",
};
