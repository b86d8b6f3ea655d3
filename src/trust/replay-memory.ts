/**
 * A provider's memory of statements. A single process can keep it in memory; processes that serve together need a
 * shared store behind it.
 */
export interface ReplayMemory {
  /**
   * Takes a statement (`<iss> <jti>`) once: of two calls, one gets `taken` and the other `replayed`. The statement is
   * remembered until `untilSeconds`, when it has expired by every clock. `full` if no more can be remembered: the
   * request is then refused, since it might otherwise be executed twice.
   */
  take(statement: string, untilSeconds: number, nowSeconds: number): Taking | Promise<Taking>;
}

export type Taking = "taken" | "replayed" | "full";

/**
 * A `ReplayMemory` in this process, for at most `maxEntries` statements that have not expired.
 *
 * @example
 * const replays = replayMemory();
 */
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
