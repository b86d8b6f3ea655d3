/** A provider's memory of statements. One process may keep it in memory; several that serve together need a store of their own behind it. */
export interface ReplayMemory {
  /**
   * Takes a statement (`<iss> <jti>`) once: of two calls, one gets `taken`, the other `replayed`. It is remembered until `untilSeconds`, when the statement has
   * expired for everybody. `full` if no more can be remembered: then the request is refused rather than perhaps executed twice.
   */
  take(statement: string, untilSeconds: number, nowSeconds: number): Taking | Promise<Taking>;
}

export type Taking = "taken" | "replayed" | "full";

/** A memory of this process, for at most `maxEntries` statements that are alive. */
export function replayMemory(maxEntries = 100_000): ReplayMemory {
  const until = new Map<string, number>();
  const forget = (nowSeconds: number): void => {
    for (const [statement, end] of until) if (end <= nowSeconds) until.delete(statement);
  };
  return {
    take(statement, untilSeconds, nowSeconds) {
      if ((until.get(statement) ?? -Infinity) > nowSeconds) return "replayed";
      if (until.size >= maxEntries) forget(nowSeconds);
      if (until.size >= maxEntries) return "full";
      until.set(statement, untilSeconds);
      return "taken";
    },
  };
}
