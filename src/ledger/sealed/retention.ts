import { sha256 } from "../../base/bytes.ts";
import { nextTurn } from "../../base/next-turn.ts";
import { hourMs } from "../../base/time.ts";
import type { Clock } from "../../base/clock.ts";
import { uuidv7, uuidv7Of } from "../../base/uuid.ts";
import { keptUntil, type RetentionBucket } from "./retention-bucket.ts";
import type { ClosedLog } from "../closed-log.ts";
import { controlEntry } from "../control-entry.ts";
import type { Leaf } from "../leaf.ts";
import type { Ledger } from "../ledger.ts";

/** A closed log as far as its records end. */
export type RetainingLog = Pick<ClosedLog, "origin" | "buckets" | "destroy" | "purge">;

export interface RetentionJobOptions {
  readonly ledger: Ledger;
  /** The logs that were closed: what lies beside them ends by the same rules, and the ledger records it. */
  readonly closedLogs?: readonly RetainingLog[];
  readonly clock: Clock;
  /** A bucket of the log with this origin was destroyed; its leaf is in the ledger. */
  readonly onDestroyed: (bucket: RetentionBucket, log: string) => void;
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
 * Of a closed log the leaf is in the ledger and the key elsewhere. The leaf comes first: a key that was deleted unrecorded could not
 * be told from a lost one. A run after a crash between the two finds the leaf, and deletes the key.
 *
 * Destruction cannot be undone, so this machine's clock alone does not decide: the log must have an exchange that came
 * in after the end of the retention. Its consumer signed the time, and no exchange passes a gateway whose clock is far
 * ahead of the consumers'.
 */
export function startRetentionJob({ ledger, closedLogs = [], clock, onDestroyed, onFault }: RetentionJobOptions): RetentionJob {
  let running: Promise<void> | undefined;
  let closed = false;

  const append = (
    id: string,
    { bucket, leaves }: RetentionBucket,
    more: { readonly log?: string },
    destroys?: string,
  ): Promise<unknown> => {
    const change = { evidence: { destroyed: bucket, leaves: { ...leaves }, ...more }, by: "retention" };
    return ledger.append({ ...controlEntry(ledger.origin, { id, at: clock(), change }), ...(destroys !== undefined && { destroys }) });
  };

  const destroyOwn = (bucket: RetentionBucket): Promise<unknown> => append(uuidv7(clock()), bucket, {}, bucket.bucket);
  const destroyIn =
    (log: RetainingLog) =>
    async (bucket: RetentionBucket): Promise<void> => {
      const id = destructionId(log.origin, bucket);
      if ((await ledger.findExchange(id)) === undefined) await append(id, bucket, { log: log.origin });
      await log.destroy(bucket.bucket);
    };

  const endIn = async (log: Pick<RetainingLog, "origin" | "buckets" | "purge">, destroy: (bucket: RetentionBucket) => Promise<unknown>) => {
    try {
      for (const bucket of await log.buckets()) {
        const until = keptUntil(bucket.bucket);
        if (closed || until > clock() || !(await sawExchangeSince(ledger, until))) continue;
        await destroy(bucket);
        onDestroyed(bucket, log.origin);
      }
      while (!closed && (await log.purge()) > 0) await nextTurn();
    } catch (fault) {
      onFault(fault);
    }
  };

  const runOnce = async (): Promise<void> => {
    await endIn(ledger, destroyOwn);
    for (const log of closedLogs) await endIn(log, destroyIn(log));
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

/** The id of the leaf that records a destruction beside a closed log: always the same, so that it is found again. */
const destructionId = (origin: string, { bucket, leaves }: RetentionBucket): string =>
  uuidv7Of(
    keptUntil(bucket),
    sha256(Buffer.from(`simpul.id/evidence-destroyed/v1\n${origin}\n${bucket}\n${leaves.from}\n`)).subarray(0, 16),
  );

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
