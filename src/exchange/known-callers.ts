import type { Clock } from "../base/clock.ts";
import { oneCaller } from "../base/networks.ts";

/** Addresses from which a statement verified lately. An IPv6 network of 64 bits counts as one. */
export interface KnownCallers {
  /** A statement that came from this address verified. */
  see(address: string): void;
  knows(address: string): boolean;
  /** Calls `listener` with `oneCaller` of each address that becomes known. */
  onKnown(listener: (caller: string) => void): void;
}

/** Only an authenticated caller adds one, so this many are more than the addresses of any region's consumers. */
const mostKnown = 65_536;
const seenAgainAfterMs = 60_000;

export function knownCallers(clock: Clock, keptMs: number): KnownCallers {
  /** When each was seen, to the minute; the one that was seen last is at the end. */
  const seen = new Map<string, number>();
  const listeners: ((caller: string) => void)[] = [];
  const isKnown = (at: number | undefined, now: number): boolean => at !== undefined && now - at < keptMs;
  return {
    see(address) {
      const now = clock();
      const caller = oneCaller(address);
      const before = seen.get(caller);
      if (before !== undefined && now >= before && now - before < Math.min(seenAgainAfterMs, keptMs / 2)) return;
      seen.delete(caller);
      if (seen.size >= mostKnown) seen.delete(seen.keys().next().value!);
      seen.set(caller, now);
      if (!isKnown(before, now)) for (const listener of listeners) listener(caller);
    },
    knows: (address) => isKnown(seen.get(oneCaller(address)), clock()),
    onKnown: (listener) => void listeners.push(listener),
  };
}
