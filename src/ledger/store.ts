import type { LedgerEntry, StoredLeaf, DailyUsage } from "./ledger.ts";

/**
 * The port to where one log is kept. All that a `commit` is given becomes durable in one step or not at all, and only
 * if the head is the expected one: of two writers that extend the same head, in one process or in two, one fails.
 *
 * Concurrency: `commit`, `rewrap` and `destroy` are called one at a time, `purge` and reads at any time, also while a commit runs.
 * Each call sees one state of the log, before or after a running commit, never a part of it. A call made after a
 * `commit` resolved sees that commit, in this process, in another one and after a restart. A log that is open does
 * not open a second time (`LedgerFault`); the comparison of heads holds even if that lock should fail.
 */
export interface LedgerStore {
  /** The durable head; `undefined` before the first commit. */
  head(): Promise<StoredHead | undefined>;

  /**
   * Resolves to true once the change is durable, across `kill -9` and power loss. Resolves to false, having changed
   * nothing, if the head is not `expected`. `seal` is called once, after the head was found to be the expected one and
   * is held, so that nothing is signed that is not about to be committed. If it rejects, the commit may have happened
   * or not: the caller reads `head` again.
   */
  commit(change: LedgerChange): Promise<boolean>;

  /**
   * Leaves by a query, in order; a missing leaf is left out of a range. By exchange and statement at most one, the
   * newest.
   */
  leaves(query: LeafQuery): Promise<readonly StoredLeaf[]>;

  /** A full tile of 256 hashes; `undefined` if it is missing. */
  tile(level: number, n: number): Promise<Buffer | undefined>;

  /** The uses counted on a day (`YYYY-MM-DD`). */
  usage(day: string): Promise<readonly DailyUsage[]>;

  /** The buckets whose keys have not been destroyed, in the order of their first leaves. */
  buckets(): Promise<readonly StoredBucket[]>;

  /** The pack that has a leaf's sealed record; `undefined` if there is none or it was purged. */
  pack(index: number): Promise<SealedPack | undefined>;

  /** The packs whose first leaves are in a range, without their contents; `end` is exclusive. */
  packs(begin: number, end: number): Promise<readonly Omit<SealedPack, "sealed">[]>;

  /**
   * Replaces the wrapped keys of all buckets, in one step. The old ones are overwritten, also in space that is no
   * longer used.
   */
  rewrap(keys: readonly Omit<StoredBucket, "to">[]): Promise<void>;

  /**
   * Deletes the key of a bucket, as a commit does whose entry destroys it: for a log that takes no more entries. A bucket that is not
   * there is no fault.
   */
  destroy(bucket: string): Promise<void>;

  /**
   * Deletes what destroyed buckets left behind: copies of their keys, and at most `most` packs. Resolves to how many; 0
   * when none are left.
   */
  purge(most: number): Promise<number>;

  /** Gives up the store and the right to write to it. Another writer can then open it. */
  close(): Promise<void>;
}

/** Packs that one `purge` of a log deletes: a few milliseconds of work. */
export const purgedAtOnce = 64;

/** What can be done with a log by others than its writer. */
export type ReadableLedgerStore = Omit<LedgerStore, "commit" | "rewrap" | "destroy" | "purge">;

export interface StoredHead {
  readonly size: number;
  readonly root: Buffer;
  /** Roots of the perfect subtrees, lowest first: 32 bytes for each bit set in `size`. */
  readonly edge: Buffer;
  /** The signed note over size and root. */
  readonly checkpoint: string;
  /** Milliseconds: when the log began. */
  readonly createdAt: number;
}

/** One step of a log: from one head to the next, with all that belongs to it. */
export interface LedgerChange {
  /** The head that this extends; `undefined` to begin the log. */
  readonly expected: { readonly size: number; readonly root: Buffer } | undefined;
  readonly next: Omit<StoredHead, "checkpoint">;
  /** Signs the next head; gives its checkpoint. */
  readonly seal: () => string;
  /** The leaves from `expected.size` to `next.size`. */
  readonly entries: readonly StoreEntry[];
  /** Tiles of 256 hashes that these leaves complete, on all levels. */
  readonly tiles: readonly { readonly level: number; readonly n: number; readonly hashes: Buffer }[];
  /** The sealed records of these leaves. */
  readonly packs: readonly SealedPack[];
  /** Keys of buckets that begin here. The keys that `entries` destroy are deleted before these are added. */
  readonly keys: readonly Omit<StoredBucket, "to">[];
}

/** The sealed records of some leaves of one bucket, under its data key. */
export interface SealedPack {
  /** The first leaf, which is the pack's key: no other pack begins with it. */
  readonly first: number;
  /**
   * A bit for each of the 32 leaves from `first` on, the lowest for `first` itself: whether its record is in this pack.
   */
  readonly membership: number;
  /** The first leaf of the bucket, which identifies its data key. */
  readonly from: number;
  readonly sealed: Buffer;
}

export interface StoredBucket {
  /** `2026-11/60`. */
  readonly bucket: string;
  /** The first and the last leaf that have a record in it. */
  readonly from: number;
  readonly to: number;
  /** The data key, encrypted under a master key. */
  readonly wrapped: Buffer;
}

/** A ledger entry with its exchange id as 16 octets. */
export type StoreEntry = Omit<LedgerEntry, "id"> & { readonly id: Buffer };

export type LeafQuery =
  /** `end` is exclusive. */
  | { readonly by: "index"; readonly begin: number; readonly end: number }
  /** The exchange's outcome or refusal; its intent if there is no other leaf. */
  | { readonly by: "exchange"; readonly id: Buffer }
  /** By H(octets of the claims); intents do not count. */
  | { readonly by: "statement"; readonly hash: Buffer }
  /** At most `most` leaves from index `begin` on; see `Ledger.leavesSince`. */
  | { readonly by: "time"; readonly sinceMs: number; readonly begin: number; readonly most: number }
  | { readonly by: "open-intent" };
