import type { Clock } from "../base/clock.ts";
import { dayMs } from "../base/time.ts";
import { calendar } from "../exchange/day.ts";
import type { Day } from "../exchange/spend.ts";
import { closeIntentsOf, closeOpenIntents, restoreReplays } from "../exchange/upkeep/restore.ts";
import { LedgerFault } from "../ledger/fault.ts";
import { recordChange } from "../registry/publish.ts";
import { memoryQuotaCounter, type MemoryQuotaCounter } from "../store/memory/quota-counter.ts";
import { memoryReplayCache, type MemoryReplayCache } from "../store/memory/replay-cache.ts";
import { messages } from "./messages.ts";
import { usageByPurpose } from "./quota-readings.ts";
import { requireRegistryOf } from "./log-registry.ts";
import type { GatewayOptions } from "./options.ts";
import type { ServedRegistry } from "./served-registry.ts";
import type { GatewayStores } from "./stores.ts";

/** How this log began, and the moment (ms) from which this process knows what it takes. */
export interface Beginning {
  readonly log: "new" | "continued" | "another";
  readonly at: number;
}

/**
 * Whether this log continues the one in which the registry's changes were recorded: it has the control leaf of the last
 * settled change. A log of another origin begins under an old registry, and that change is recorded in it first. Throws
 * `LedgerFault` for the same origin without the leaf: an origin is never used again (protocol §4); and where this registry is not the one
 * that the log goes by.
 */
export async function continueLog({ ledger, registry }: GatewayStores, clock: Clock): Promise<Beginning> {
  const at = clock();
  await requireRegistryOf(ledger, registry);
  const settled = await registry.lastSettled();
  if (settled === undefined) return { log: "new", at };
  if ((await ledger.findExchange(settled.notice.id)) !== undefined) return { log: "continued", at };
  if (settled.log === ledger.origin) throw new LedgerFault(messages.logReplaced(ledger.origin, settled.notice.version));
  await registry.settle(settled.notice.id, await recordChange(ledger, settled.notice));
  return { log: "another", at };
}

/** What this process remembers of the exchanges before; a crash loses it, and the ledger brings it back. */
export interface GatewayMemory {
  readonly replays: MemoryReplayCache;
  readonly readerReplays: MemoryReplayCache;
  readonly quota: MemoryQuotaCounter;
  /** The day of an instant in the region's time zone, which a registry change may change. */
  readonly day: (now: number) => Day;
}

/** Goes on where the last process ended: replays and quotas as the ledger has them, an outcome for each intent that it left open. */
export async function restoreMemory(
  { config, clock, log }: GatewayOptions,
  beginning: Beginning,
  { ledger, closedLogs, leftOpen }: GatewayStores,
  registry: ServedRegistry,
): Promise<GatewayMemory> {
  const replays = memoryReplayCache(config);
  const readerReplays = memoryReplayCache(config);
  if (beginning.log === "another") replays.markUncertain(beginning.at);
  if (beginning.log !== "new") readerReplays.markUncertain(beginning.at);
  await restoreReplays(replays, ledger, config.gatheredRefusalsPerMinute, clock);

  const day = regionalCalendar(registry);
  const quota = memoryQuotaCounter();
  // The neighbouring days too, for a clock that has yet to be set right; today is restored last, so that it goes on counting.
  const state = await registry.follower.newest();
  for (const at of [beginning.at - dayMs, beginning.at + dayMs, clock()]) {
    const { name } = day(at);
    const logs = await Promise.all([ledger, ...closedLogs].map((log) => log.usage(name)));
    quota.restore(name, usageByPurpose(logs.flat(), state));
  }

  const { closed } = await closeOpenIntents(ledger, clock);
  const leaves = closed + (await closeIntentsOf(closedLogs, ledger, clock));
  if (leaves > 0 || leftOpen) log.recovered({ leaves });
  return { replays, readerReplays, quota, day };
}

function regionalCalendar(registry: ServedRegistry): GatewayMemory["day"] {
  let day = calendar(registry.current().timeZone);
  registry.onServe(({ timeZone }, before) => {
    if (before !== undefined && timeZone !== before.timeZone) day = calendar(timeZone);
  });
  return (now) => day(now);
}
