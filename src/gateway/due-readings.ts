import type { Clock } from "../base/clock.ts";
import { hourMs } from "../base/time.ts";
import { dueKinds, dueSteps, whatRunsOut } from "../policy/validity/due.ts";
import type { DueReading } from "../telemetry/meter.ts";
import type { ServedRegistry } from "./served-registry.ts";

/**
 * How much of each kind runs out within each warning, for the metrics; nothing before a profile is chosen. It is counted once an
 * hour and at every change of the registry, not at every scrape. The administrator's own token is left out: the gateway remakes it.
 */
export function dueReadings(
  { follower, policies }: Pick<ServedRegistry, "follower" | "policies">,
  clock: Clock,
): () => Promise<readonly DueReading[]> {
  let counted = { version: -1, hour: -1, readings: [] as readonly DueReading[] };
  return async () => {
    const registry = await follower.newest();
    const now = clock();
    const [version, hour] = [registry.version, Math.floor(now / hourMs)];
    if (counted.version === version && counted.hour === hour) return counted.readings;
    const { profile } = await policies(registry);
    const found = profile === undefined ? [] : whatRunsOut({ registry, profile, now });
    const count = (kind: string, within: number): number => found.filter((one) => one.kind === kind && one.within! <= within).length;
    const readings =
      profile === undefined ? [] : dueKinds.flatMap((kind) => dueSteps.map((within) => ({ kind, within, count: count(kind, within) })));
    counted = { version, hour, readings };
    return readings;
  };
}
