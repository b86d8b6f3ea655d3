import { nextTurn } from "../../base/next-turn.ts";
import { hourMs } from "../../base/time.ts";
import type { Clock } from "../../base/clock.ts";
import { uuidv7 } from "../../base/uuid.ts";
import { keptUntil, type RetentionBucket } from "./retention-bucket.ts";
import { controlEntry } from "../control-entry.ts";
import type { Leaf } from "../leaf.ts";
import type { Ledger } from "../ledger.ts";

export interface RetentionJobOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** A bucket was destroyed; its leaf is in the ledger. */
  readonly onDestroyed: (bucket: RetentionBucket) => void;
  /** Destroying or purging failed; the next run tries again. */
  readonly onFault: (fault: unknown) => void;
}

export interface RetentionJob {
  /** Destroys the buckets whose time is over, then purges them. A call during a run waits for that run. */
  run(): Promise<void>;
  /** Ends the job. Resolves when a run that is under way has finished its current step. */
  close(): Promise<void>;
}

/**
 * Destroys the buckets whose retention is over, at once and then every hour. A control leaf records it, and the same
 * transaction deletes the data key, without which the records cannot be read. The packs left behind are purged in
 * steps, between which exchanges go on.
 *
 * Destruction cannot be undone, so this machine's clock alone does not decide: the log must have an exchange that came
 * in after the end of the retention. Its consumer signed the time, and no exchange passes a gateway whose clock is far
 * ahead of the consumers'.
 */
export function startRetentionJob({ ledger, clock, onDestroyed, onFault }: RetentionJobOptions): RetentionJob {
  let running: Promise<void> | undefined;
  let closed = false;

  const destroy = async (bucket: RetentionBucket): Promise<void> => {
    const at = clock();
    const id = uuidv7(at);
    const change = { evidence: { destroyed: bucket.bucket, leaves: { ...bucket.leaves } }, by: "retention" };
    await ledger.append({ ...controlEntry(ledger.origin, { id, at, change }), destroys: bucket.bucket });
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

/**
 * When an exchange came in, by its id, in milliseconds. A leaf without a statement proves no time: the gateway alone
 * dated it.
 */
const cameIn = (leaf: Leaf): number => ("request" in leaf ? Number.parseInt(leaf.id.slice(0, 13).replace("-", ""), 16) : -Infinity);
