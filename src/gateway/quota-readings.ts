import type { DailyUsage } from "../ledger/ledger.ts";
import { grantConditions } from "../registry/grant-conditions.ts";
import type { RegistryState } from "../registry/registry-state.ts";
import type { Grant, Snapshot } from "../registry/snapshot.ts";
import type { PurposeUsage } from "../store/memory/quota-counter.ts";
import type { QuotaReading } from "../telemetry/meter.ts";

/**
 * What was used of each quota that is in force at `now`, with the limit that the registry gives it. A grant that was revoked, replaced
 * or suspended, or has ended, has no quota that could run out, and so no reading: its renewal goes on with the count.
 */
export function* quotaReadings(
  usage: Iterable<PurposeUsage>,
  { grants, services }: Pick<Snapshot, "grants" | "services">,
  now: number,
): Iterable<QuotaReading> {
  for (const { consumer, service, purpose, used } of usage) {
    const inForce = (grant: Grant): boolean =>
      grant.service === service && grant.purpose === purpose && grant.suspensions.length === 0 && isWithin(grant, now);
    const open = services.get(service)?.openGrant;
    const grant = grants.get(consumer)?.find(inForce) ?? (open !== undefined && inForce(open) ? open : undefined);
    if (grant !== undefined) yield { consumer, grant: grant.id, used, limit: grant.dailyQuota };
  }
}

const isWithin = (grant: Grant, now: number): boolean => {
  const call = { purpose: grant.purpose, operation: "", now, trial: true };
  return grantConditions.replacement(grant, call) && grantConditions.period(grant, call);
};

/** The uses of grants on a day, as the ledger counted them, by what quotas are counted by: a renewed grant and its renewal are one. */
export function usageByPurpose(usage: readonly DailyUsage[], registry: Pick<RegistryState, "get">): readonly PurposeUsage[] {
  const found = new Map<string, PurposeUsage>();
  for (const { consumer, grant, used } of usage) {
    const counted = countedAs(grant, registry);
    if (counted === undefined) continue;
    const key = `${consumer} ${counted.service} ${counted.purpose}`;
    found.set(key, { consumer, ...counted, used: used + (found.get(key)?.used ?? 0) });
  }
  return [...found.values()];
}

/** `undefined` for a grant of a service that is not open any more. */
function countedAs(id: string, registry: Pick<RegistryState, "get">): Pick<PurposeUsage, "service" | "purpose"> | undefined {
  const grant = registry.get("grant", id)?.content;
  if (grant !== undefined) return { service: grant.service, purpose: grant.purpose };
  const service = id.replace(/#open$/, "");
  const open = registry.get("service", service)?.content.open;
  return open === undefined ? undefined : { service, purpose: open.purpose };
}
