import type { DailyUsage } from "../ledger/ledger.ts";
import type { Snapshot } from "../registry/snapshot.ts";
import type { QuotaReading } from "../telemetry/meter.ts";

/**
 * What was used of each quota that is in force at `now`, with the limit that the registry gives it. A grant that was revoked, replaced
 * or suspended, or has ended, has no quota that could run out, and so no reading.
 */
export function* quotaReadings(
  usage: Iterable<DailyUsage>,
  { grants, services }: Pick<Snapshot, "grants" | "services">,
  now: number,
): Iterable<QuotaReading> {
  const open = new Map(Array.from(services.values(), ({ openGrant }) => [openGrant?.id, openGrant]));
  for (const { consumer, grant: id, used } of usage) {
    const grant = grants.get(consumer)?.find((own) => own.id === id) ?? open.get(id);
    if (grant === undefined || grant.suspensions.length > 0 || now < grant.from || now >= (grant.until ?? Infinity)) continue;
    yield { consumer, grant: id, used, limit: grant.dailyQuota };
  }
}
