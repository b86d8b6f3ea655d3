import { nextTurn } from "../base/next-turn.ts";
import { Problem } from "../base/problem.ts";
import type { CommitResult, Committer } from "./committer.ts";
import { maxRecordPartBytes } from "./sealed/sealed-record.ts";
import { idOctets } from "./exchange-id.ts";
import type { Appended, KeyRotation, Ledger, LedgerEntry, LedgerListener, StoredLeaf } from "./ledger.ts";
import { maxLeafBytes } from "./leaf.ts";
import { inclusionProofBytes } from "./merkle.ts";
import type { StoreEntry } from "./store.ts";

export interface LedgerLimits {
  /** Entries that may wait for a commit; `append` refuses any beyond them. 8,192 unless given. */
  readonly maxQueued?: number;
  /** Entries in one commit. 1,024 unless given. */
  readonly maxBatch?: number;
}

export interface LedgerOptions extends LedgerLimits {
  readonly origin: string;
  readonly committer: Committer;
}

/** What waits for its commit. A rotation has one of its own. */
interface Waiting {
  readonly work: StoreEntry | { readonly rotation: KeyRotation };
  readonly resolve: (appended: Appended) => void;
  readonly reject: (problem: Problem) => void;
}

/**
 * The ledger over a committer: group commit without a timer. The entries that arrive while a commit runs, or in a row
 * of event loop turns that each bring more, are the next batch. A commit that fails refuses its whole batch, and the
 * next batch tries again.
 */
export function openLedger({ origin, committer, maxQueued = 8192, maxBatch = 1024 }: LedgerOptions): Ledger {
  const queue: Waiting[] = [];
  const listeners: LedgerListener[] = [];
  let { checkpoint, vkey } = committer;
  let draining: Promise<void> | undefined;
  let closing: Promise<void> | undefined;
  let stopped = false;

  /** The next batch: entries up to a rotation, or that rotation alone. */
  const nextBatch = (): readonly Waiting[] => {
    const rotation = queue.findIndex(({ work }) => "rotation" in work);
    return queue.splice(0, rotation < 0 ? maxBatch : Math.min(Math.max(rotation, 1), maxBatch));
  };

  const write = (batch: readonly Waiting[]): Promise<CommitResult> => {
    const [first] = batch;
    if ("rotation" in first!.work) return committer.rotateKey(first!.work.rotation);
    return committer.commit(batch.map(({ work }) => work as StoreEntry));
  };

  const commit = async (batch: readonly Waiting[]): Promise<void> => {
    const began = performance.now();
    try {
      const committed = await write(batch);
      ({ checkpoint, vkey } = committed);
      const size = committed.first + batch.length;
      let used = 0;
      batch.forEach(({ resolve }, i) => {
        const index = committed.first + i;
        const end = used + inclusionProofBytes(index, size);
        resolve({ index, proof: committed.proofs.subarray(used, end), checkpoint });
        used = end;
      });
      const seconds = (performance.now() - began) / 1000;
      for (const listener of listeners) listener.committed?.({ leaves: batch.length, seconds, size });
    } catch (cause) {
      for (const listener of listeners) listener.failed?.(batch.length, cause);
      const problem = new Problem("ledger-unavailable", { cause });
      for (const { reject } of batch) reject(problem);
    }
  };

  /**
   * Waits as long as each turn of the event loop brings more entries: under load, sharing the commit halves its cost.
   */
  const gather = async (): Promise<void> => {
    for (let turns = 0, before = -1; queue.length > before && queue.length < maxBatch && turns < 32; turns++) {
      before = queue.length;
      await nextTurn();
    }
  };

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      await gather();
      await commit(nextBatch());
    }
    draining = undefined;
  };

  const enqueue = (work: Waiting["work"]): Promise<Appended> => {
    if (stopped || closing !== undefined || queue.length >= maxQueued) throw new Problem("ledger-unavailable");
    return new Promise((resolve, reject) => {
      queue.push({ work, resolve, reject });
      draining ??= drain();
    });
  };

  const append = (entry: LedgerEntry): Promise<Appended> => {
    const id = idOctets(entry.id);
    if (id === undefined) throw new TypeError("an exchange id is a UUID in lower case");
    const stored = { ...entry, id };
    const { statement = "", response = "" } = entry.toSeal ?? {};
    if (entry.leaf.length > maxLeafBytes) throw new RangeError(`a leaf has at most ${maxLeafBytes} bytes`);
    if (Math.max(Buffer.byteLength(statement), Buffer.byteLength(response)) > maxRecordPartBytes)
      throw new RangeError(`a sealed record has at most ${maxRecordPartBytes} bytes a part`);
    return enqueue(stored);
  };

  const close = async (): Promise<void> => {
    await draining;
    await committer.close();
  };

  const one = async (leaves: Promise<readonly StoredLeaf[]>): Promise<StoredLeaf | undefined> => (await leaves)[0];

  return {
    origin,
    get vkey() {
      return vkey;
    },
    createdAt: committer.createdAt,
    append: async (entry) => append(entry),
    rotateKey: async (rotation) => enqueue({ rotation }),
    checkpoint: () => checkpoint,
    async findExchange(id) {
      const octets = idOctets(id);
      return octets && one(committer.leaves({ by: "exchange", id: octets }));
    },
    findStatement: (hash) => one(committer.leaves({ by: "statement", hash })),
    prove: (index) => committer.prove(index),
    async *leavesSince(sinceMs) {
      for (let begin = 0; ;) {
        const leaves = await committer.leaves({ by: "time", sinceMs, begin, most: 4096 });
        const last = leaves.at(-1);
        if (last === undefined) return;
        yield leaves.map(({ leaf }) => leaf);
        begin = last.index + 1;
      }
    },
    usage: (day) => committer.usage(day),
    sealedRecord: (index) => committer.sealedRecord(index),
    buckets: () => committer.buckets(),
    purge: () => committer.purge(),
    openIntents: () => committer.leaves({ by: "open-intent" }),
    tile: (level, n, width) => committer.tile(level, n, width),
    stop: () => void (stopped = true),
    queued: () => queue.length,
    listen: (listener) => void listeners.push(listener),
    close: () => (closing ??= close()),
  };
}
