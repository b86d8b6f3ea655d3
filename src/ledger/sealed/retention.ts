import { nextTurn } from "../../base/next-turn.ts";
import { hourMs } from "../../base/time.ts";
import type { Clock } from "../../base/clock.ts";
import { uuidv7 } from "../../base/uuid.ts";
import { keptUntil, type RetentionBucket } from "./retention-bucket.ts";
import { encodeLeaf, type Leaf } from "../leaf.ts";
import type { Ledger } from "../ledger.ts";

export interface RetentionJobOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** A bucket was destroyed; its leaf is in the ledger. */
  readonly onDestroyed: (bucket: RetentionBucket) => void;
  /** It could not be destroyed or cleared away; the next look tries again. */
  readonly onFault: (fault: unknown) => void;
}

export interface RetentionJob {
  /** Destroys what is over now, and clears it away. One look at a time: a second call waits for the first. */
  run(): Promise<void>;
  /** Looks no more, once the look that runs has ended its step. */
  close(): Promise<void>;
}

/**
 * Ends the evidence whose time is over, at once and then every hour: a control leaf says so, and in the same transaction the key goes without which
 * nobody reads it again. What it leaves behind, already unreadable, is cleared away in steps between which exchanges go on.
 *
 * It cannot be taken back, so this machine's clock is not believed alone: the log has to show an exchange that came in after that moment. Its
 * consumer signed the time, and a clock that is far ahead of the consumers' lets no exchange through.
 */
export function startRetentionJob({ ledger, clock, onDestroyed, onFault }: RetentionJobOptions): RetentionJob {
  let running: Promise<void> | undefined;
  let closed = false;

  const destroy = async (bucket: RetentionBucket): Promise<void> => {
    const at = clock();
    const id = uuidv7(at);
    const change = { evidence: { destroyed: bucket.bucket, leaves: { ...bucket.leaves } }, by: "retention" };
    const leaf = encodeLeaf({ v: 1, log: ledger.origin, type: "control", id, at: new Date(at).toISOString(), change });
    await ledger.append({ type: "control", id, at, leaf, destroys: bucket.bucket });
    onDestroyed(bucket);
  };

  const runOnce = async (): Promise<void> => {
    try {
      for (const bucket of await ledger.buckets()) {
        const until = keptUntil(bucket.bucket);
        if (!closed && until <= clock() && (await sawExchangeSince(ledger, until))) await destroy(bucket);
      }
      while (!closed && (await ledger.purge()) > 0) await nextTurn();
    } catch (fault) {
      onFault(fault);
    }
  };
  const run = (): Promise<void> => (running ??= runOnce().finally(() => (running = undefined)));

  const hourly = setInterval(() => void run(), hourMs);
  hourly.unref();
  void run();
  return {
    run,
    async close() {
      closed = true;
      clearInterval(hourly);
      await running;
    },
  };
}

async function sawExchangeSince(ledger: Ledger, moment: number): Promise<boolean> {
  for await (const leaves of ledger.leavesSince(moment)) {
    if (leaves.some((bytes) => cameIn(JSON.parse(bytes.toString()) as Leaf) >= moment)) return true;
  }
  return false;
}

/** When an exchange came in, by its id: before its statement was judged. Leaves without a statement, and those written later, prove nothing. */
const cameIn = (leaf: Leaf): number => ("request" in leaf ? Number.parseInt(leaf.id.slice(0, 13).replace("-", ""), 16) : -Infinity);
