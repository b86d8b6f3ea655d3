import type { Clock } from "../../base/clock.ts";
import type { RetainedRecord } from "../../ledger/sealed/sealed-record.ts";
import { findInLogs, type ClosedLog } from "../../ledger/closed-log.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import { encodeLeaf, type ExchangeLeaf, type Leaf } from "../../ledger/leaf.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { keptAfterExpirySeconds, maxAheadSeconds, maxLifetimeSeconds } from "../../trust/statement.ts";
import type { SubsystemId } from "../../base/names.ts";

/** How long after its leaf a statement may still be accepted: its `iat` was at most 5 s ahead, and it lives for 300 s. */
const rememberedSeconds = maxAheadSeconds + maxLifetimeSeconds + keptAfterExpirySeconds;

/** What a replay cache in memory takes up again after a restart; one that outlives the process needs none of it. */
export interface RestorableReplays {
  /** Remembers a statement that the ledger remembers; it may be forgotten at `untilSeconds`. */
  restore(consumer: SubsystemId, jti: string, hash: Buffer, untilSeconds: number): void;
  /** From now on, statements of this consumer (or of all) with `iat` up to 5 s after `atMs` are `unknown`. */
  markUncertain(atMs: number, consumer?: SubsystemId): void;
}

/**
 * Rebuilds replay memory from the ledger after a restart. A statement without a leaf was never executed or never
 * answered, with one exception: the leaf of aggregated refusals names no `jti`, and it may not even be written yet. For
 * their consumers replay memory is marked uncertain.
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
 * Closes abandoned intents with `outcome-unknown` (protocol §4): those of a process that died, and those whose outcome
 * the ledger refused. The provider may have executed the request, and the gateway cannot know. `left` counts the
 * intents that are `inFlight` and end by themselves.
 */
export async function closeOpenIntents(
  ledger: Ledger,
  clock: Clock,
  inFlight: (exchange: string) => boolean = () => false,
): Promise<{ readonly closed: number; readonly left: number }> {
  const seen = await intentsOf(ledger);
  const abandoned = new Set(seen.filter(({ leaf }) => !inFlight(leaf.id)).map(({ leaf }) => leaf.id));
  // An intent that has ended since the first look has its outcome by now, and is not listed again.
  const open = (await intentsOf(ledger)).filter(({ leaf }) => abandoned.has(leaf.id));
  await appendOutcomes(open, ledger, ledger, clock);
  return { closed: open.length, left: seen.length - abandoned.size };
}

/**
 * The same for intents of the logs that were closed, the newest first: an intent that has no outcome in its log nor in
 * one after it gets one in the log that goes on. Resolves to how many.
 */
export async function closeIntentsOf(closedLogs: readonly ClosedLog[], ledger: Ledger, clock: Clock): Promise<number> {
  let closed = 0;
  for (const [place, log] of closedLogs.entries()) {
    const later = [ledger, ...closedLogs.slice(0, place)];
    const open: OpenIntent[] = [];
    for (const intent of await intentsOf(log))
      if ((await findInLogs(later, (each) => each.findExchange(intent.leaf.id))) === undefined) open.push(intent);
    await appendOutcomes(open, log, ledger, clock);
    closed += open.length;
  }
  return closed;
}

interface OpenIntent {
  readonly index: number;
  readonly leaf: ExchangeLeaf;
}

const intentsOf = async (log: Pick<Ledger, "openIntents">): Promise<OpenIntent[]> =>
  (await log.openIntents()).map(({ index, leaf }) => ({ index, leaf: JSON.parse(leaf.toString("utf8")) as ExchangeLeaf }));

/** Appends `outcome-unknown` to `ledger` for intents of the log `of`. */
async function appendOutcomes(
  open: readonly OpenIntent[],
  of: Pick<Ledger, "origin" | "sealedRecord">,
  ledger: Ledger,
  clock: Clock,
): Promise<void> {
  const at = clock();
  const appends = open.map(async ({ index, leaf: { ms: _, basis, ...intent } }) => {
    const outcome: ExchangeLeaf = {
      ...intent,
      log: ledger.origin,
      type: "outcome",
      at: new Date(at).toISOString(),
      intent: { log: of.origin, index },
      response: {},
      problem: "outcome-unknown",
      basis,
    };
    const statement = Buffer.from(intent.request.statement, "base64url");
    const toSeal = await keysOfIntent(of, index);
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
}

/**
 * The intent's keys, so that the outcome's receipt opens the request too. If they were destroyed or are damaged, the
 * intent is closed without.
 */
async function keysOfIntent(log: Pick<Ledger, "sealedRecord">, index: number): Promise<RetainedRecord | undefined> {
  try {
    const { keys, months } = (await log.sealedRecord(index)) ?? {};
    return keys === undefined || months === undefined ? undefined : { keys, months };
  } catch (fault) {
    if (fault instanceof LedgerFault) return undefined;
    throw fault;
  }
}
