import type { Clock } from "../base/clock.ts";
import { waitingKinds, whatWaits } from "../policy/waiting.ts";
import type { WaitingReading } from "../telemetry/meter.ts";
import type { ServedRegistry } from "./served-registry.ts";

/** How much of each kind waits for an officer's decision, and for how long; looked for at each change of the registry only. */
export function waitingReadings({ follower }: Pick<ServedRegistry, "follower">, clock: Clock): () => Promise<readonly WaitingReading[]> {
  let counted: { readonly version: number; readonly since: ReadonlyMap<string, readonly number[]> } = { version: -1, since: new Map() };
  return async () => {
    const registry = await follower.newest();
    if (counted.version !== registry.version) {
      const since = new Map<string, number[]>(waitingKinds.map((kind) => [kind, []]));
      for (const one of whatWaits(registry)) since.get(one.kind)?.push(one.since);
      counted = { version: registry.version, since };
    }
    return Array.from(counted.since, ([kind, since]) => ({
      kind,
      count: since.length,
      longestSeconds: since.length === 0 ? 0 : Math.max(0, (clock() - Math.min(...since)) / 1000),
    }));
  };
}
