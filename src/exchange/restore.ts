import type { Clock } from "../base/clock.ts";
import { encodeLeaf, type ExchangeLeaf, type Leaf } from "../ledger/leaf.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { keptAfterExpirySeconds, maxAheadSeconds, maxLifetimeSeconds } from "../trust/statement.ts";
import type { ReplayCache } from "./take-once.ts";

/** How long after its leaf a statement may still be alive: it was signed at most 5 s ahead and lives 300 s. */
const rememberedSeconds = maxAheadSeconds + maxLifetimeSeconds + keptAfterExpirySeconds;

/**
 * Rebuilds replay memory from the ledger after a restart. What left no leaf was never executed or never answered, except gathered refusals, whose
 * leaf, written or not, names no `jti`: of their consumers memory is marked as lost.
 */
export async function restoreReplays(replays: ReplayCache, ledger: Ledger, gatheredAbove: number, clock: Clock): Promise<void> {
  const now = clock();
  const since = now - rememberedSeconds * 1000;
  const refusals = new Map<string, number>();
  for await (const batch of ledger.leavesSince(since)) {
    for (const bytes of batch) {
      const leaf = JSON.parse(bytes.toString("utf8")) as Leaf;
      if (leaf.type === "refusal") {
        const refused = (refusals.get(leaf.consumer) ?? 0) + 1;
        refusals.set(leaf.consumer, refused);
        if ("counts" in leaf || refused >= gatheredAbove) replays.lose(now, leaf.consumer);
      }
      if ("request" in leaf) restore(replays, leaf);
    }
  }
}

function restore(replays: ReplayCache, { consumer, at, request }: ExchangeLeaf): void {
  replays.restore(consumer, request.jti, Buffer.from(request.statement, "base64url"), Math.floor(Date.parse(at) / 1000) + rememberedSeconds);
}

/** Closes the intents that a dead process left open (protocol §4): something may have happened at the provider, and nobody knows what. */
export async function closeOpenIntents(ledger: Ledger, clock: Clock): Promise<number> {
  const open = await ledger.openIntents();
  const at = clock();
  const appends = open.map(({ index, leaf, keys }) => {
    const { ms: _, ...intent } = JSON.parse(leaf.toString("utf8")) as ExchangeLeaf;
    const outcome: ExchangeLeaf = { ...intent, type: "outcome", at: new Date(at).toISOString(), intent: { log: ledger.origin, index }, response: {}, problem: "outcome-unknown" };
    const statement = Buffer.from(intent.request.statement, "base64url");
    return ledger.append({ type: "outcome", id: intent.id, at, leaf: encodeLeaf(outcome), statement, ...(keys === undefined ? {} : { keys }) });
  });
  await Promise.all(appends);
  return open.length;
}
