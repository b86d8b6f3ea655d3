import type { LedgerEntry, StoredLeaf, DailyUsage } from "./ledger.ts";

/**
 * Where one log is kept. Everything that `commit` takes becomes durable in one step or not at all, and only if the head is still the expected
 * one: two writers can never both extend the same head.
 */
export interface LedgerStore {
  /** The durable head; `undefined` before the first commit. */
  head(): Promise<StoredHead | undefined>;

  /**
   * Durable once the promise resolves to true, across processes and power loss. Resolves to false, having changed nothing, when the head is
   * not `expected`. `seal` is called once, after the head was found to be the expected one and is held: so nothing is signed that is not
   * about to be committed. When it rejects, the commit may have happened or not; read `head` again.
   */
  commit(change: LedgerChange): Promise<boolean>;

  /** Leaves by what is known of them, as they stand: a gap in a range shows as a gap. Statements give the newest leaf, oldest leaf first else. */
  leaves(query: LeafQuery): Promise<readonly StoredLeaf[]>;

  /** A full tile of 256 hashes; `undefined` if it is not there. */
  tile(level: number, n: number): Promise<Buffer | undefined>;

  /** Uses counted on a day. */
  usage(day: string): Promise<readonly DailyUsage[]>;

  /** Buckets of evidence that have a key, in the order of their first leaves. */
  buckets(): Promise<readonly StoredBucket[]>;

  /** The pack that holds a leaf's evidence; `undefined` if there is none, or none any more. */
  pack(index: number): Promise<SealedPack | undefined>;

  /** What packs begin in a range of leaves, without their contents; `end` is exclusive. */
  packs(begin: number, end: number): Promise<readonly Omit<SealedPack, "sealed">[]>;

  /** Replaces the wrapped keys of all buckets; those before are overwritten, also in what the file no longer uses. */
  rewrap(keys: readonly Omit<StoredBucket, "to">[]): Promise<void>;

  /** Clears away what destroyed buckets left behind: copies of their keys, and at most so many packs. Resolves to how many; 0 when none are left. */
  purge(most: number): Promise<number>;

  /** Gives up the store and the right to write to it. */
  close(): Promise<void>;
}

/** What can be done with a log by others than its writer. */
export type ReadableLedgerStore = Omit<LedgerStore, "commit" | "rewrap" | "purge">;

export interface StoredHead {
  readonly size: number;
  readonly root: Buffer;
  /** Roots of the perfect subtrees, lowest first: 32 bytes for each bit set in `size`. */
  readonly edge: Buffer;
  /** The signed note that says size and root. */
  readonly checkpoint: string;
  /** Milliseconds: when the log began. */
  readonly createdAt: number;
}

export interface LedgerChange {
  /** The head that this extends; `undefined` begins the log. */
  readonly expected: { readonly size: number; readonly root: Buffer } | undefined;
  readonly next: Omit<StoredHead, "checkpoint">;
  readonly seal: () => string;
  /** The leaves from `expected.size` to `next.size`. */
  readonly entries: readonly StoreEntry[];
  /** Tiles of 256 hashes that these leaves complete, on all levels. */
  readonly tiles: readonly { readonly level: number; readonly n: number; readonly hashes: Buffer }[];
  /** Evidence of these leaves. */
  readonly packs: readonly SealedPack[];
  /** Keys of buckets that begin here; those that `entries` destroy are gone before. */
  readonly keys: readonly Omit<StoredBucket, "to">[];
}

/** The evidence of some leaves of one bucket, sealed under its data key. */
export interface SealedPack {
  /** The first leaf; no other pack has it. */
  readonly first: number;
  /** A bit for each leaf from `first` on, the lowest for `first` itself: whether its evidence is in here. At most 32. */
  readonly membership: number;
  /** The first leaf of the bucket, by which its key is known. */
  readonly from: number;
  readonly sealed: Buffer;
}

export interface StoredBucket {
  /** `2026-11/60`. */
  readonly bucket: string;
  /** Its first leaf, and the last one that has evidence in it. */
  readonly from: number;
  readonly to: number;
  /** The data key, under a master key. */
  readonly wrapped: Buffer;
}

/** A ledger entry whose exchange id is its 16 octets. */
export type StoreEntry = Omit<LedgerEntry, "id"> & { readonly id: Buffer };

export type LeafQuery =
  /** `end` is exclusive. */
  | { readonly by: "index"; readonly begin: number; readonly end: number }
  /** What the exchange came to; its intent if nothing else is there. */
  | { readonly by: "exchange"; readonly id: Buffer }
  /** By H(octets of the claims); intents do not count. */
  | { readonly by: "statement"; readonly hash: Buffer }
  /** From index `begin` on, at most so many. */
  | { readonly by: "time"; readonly sinceMs: number; readonly begin: number; readonly most: number }
  | { readonly by: "open-intent" };
