import type { Clock } from "../../base/clock.ts";
import type { RetainedRecord } from "../../ledger/sealed/sealed-record.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import { encodeLeaf, type ExchangeLeaf, type Leaf } from "../../ledger/leaf.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { keptAfterExpirySeconds, maxAheadSeconds, maxLifetimeSeconds } from "../../trust/statement.ts";
import type { SubsystemId } from "../../base/names.ts";

/** How long after its leaf a statement may still be alive: it was signed at most 5 s ahead and lives 300 s. */
const rememberedSeconds = maxAheadSeconds + maxLifetimeSeconds + keptAfterExpirySeconds;

/** What a replay cache in memory takes up again after a restart; one that outlives the process needs none of it. */
export interface RestorableReplays {
  /** Remembers a statement that the ledger remembers; it may be forgotten at `untilSeconds`. */
  restore(consumer: SubsystemId, jti: string, hash: Buffer, untilSeconds: number): void;
  /** From now on, statements of this consumer (or of all) with `iat` up to 5 s after `atMs` are `unknown`. */
  markUncertain(atMs: number, consumer?: SubsystemId): void;
}

/**
 * Rebuilds replay memory from the ledger after a restart. What left no leaf was never executed or never answered, except gathered refusals, whose
 * leaf, written or not, names no `jti`: of their consumers memory is marked as lost.
 */
export async function restoreReplays(replays: RestorableReplays, ledger: Ledger, gatheredAbove: number, clock: Clock): Promise<void> {
  const now = clock();
  const since = now - rememberedSeconds * 1000;
  const refusals = new Map<string, number>();
  for await (const batch of ledger.leavesSince(since)) {
    for (const bytes of batch) {
      const leaf = JSON.parse(bytes.toString("utf8")) as Leaf;
      if (leaf.type === "refusal") {
        const refused = (refusals.get(leaf.consumer) ?? 0) + 1;
        refusals.set(leaf.consumer, refused);
        if ("counts" in leaf || refused >= gatheredAbove) replays.markUncertain(now, leaf.consumer);
      }
      if ("request" in leaf) restore(replays, leaf);
    }
  }
}

function restore(replays: RestorableReplays, { consumer, at, request }: ExchangeLeaf): void {
  replays.restore(
    consumer,
    request.jti,
    Buffer.from(request.statement, "base64url"),
    Math.floor(Date.parse(at) / 1000) + rememberedSeconds,
  );
}

/**
 * Closes the intents that nobody will (protocol §4), a dead process's or those whose outcome the ledger refused: something may have happened at the
 * provider, and nobody knows what. `left` counts those that are `underWay`, which end by themselves.
 */
export async function closeOpenIntents(
  ledger: Ledger,
  clock: Clock,
  inFlight: (exchange: string) => boolean = () => false,
): Promise<{ readonly closed: number; readonly left: number }> {
  const intents = async () =>
    (await ledger.openIntents()).map(({ index, leaf }) => ({ index, leaf: JSON.parse(leaf.toString("utf8")) as ExchangeLeaf }));
  const seen = await intents();
  const abandoned = new Set(seen.filter(({ leaf }) => !inFlight(leaf.id)).map(({ leaf }) => leaf.id));
  // One that ended since it was seen has its outcome by now, and is seen no more.
  const open = (await intents()).filter(({ leaf }) => abandoned.has(leaf.id));
  const at = clock();
  const appends = open.map(async ({ index, leaf: { ms: _, basis, ...intent } }) => {
    const outcome: ExchangeLeaf = {
      ...intent,
      type: "outcome",
      at: new Date(at).toISOString(),
      intent: { log: ledger.origin, index },
      response: {},
      problem: "outcome-unknown",
      basis,
    };
    const statement = Buffer.from(intent.request.statement, "base64url");
    const toSeal = await keysBeside(ledger, index);
    return ledger.append({
      type: "outcome",
      id: intent.id,
      at,
      leaf: encodeLeaf(outcome),
      statement,
      ...(toSeal === undefined ? {} : { toSeal }),
    });
  });
  await Promise.all(appends);
  return { closed: open.length, left: seen.length - abandoned.size };
}

/** The keys of an intent open its request in the outcome's receipt, too. Where they were destroyed or damaged the intent is closed all the same. */
async function keysBeside(ledger: Ledger, index: number): Promise<RetainedRecord | undefined> {
  try {
    const { keys, months } = (await ledger.sealedRecord(index)) ?? {};
    return keys === undefined || months === undefined ? undefined : { keys, months };
  } catch (fault) {
    if (fault instanceof LedgerFault) return undefined;
    throw fault;
  }
}
