import type { KeyObject } from "node:crypto";
import type { RetentionBucket } from "./sealed/retention-bucket.ts";
import type { RetainedRecord } from "./sealed/sealed-record.ts";

/**
 * The port to the ledger (protocol §4): one append-only RFC 9162 log of one gateway process, with the sealed records
 * of its leaves.
 *
 * Concurrency: every method may be called at any time and as often as wanted, also while others run. Leaves get their
 * indices in the order in which `append` was called. A call made after an `append` resolved sees its leaf, its record
 * and its uses. A log has one writer: while it is open it does not open a second time (`LedgerFault`), and a writer
 * that lost its place can commit nothing more. Other processes may read the log from its files meanwhile. After a
 * restart, or a crash at any moment, the log opens with every leaf whose `append` had resolved.
 */
export interface Ledger {
  /** `<host>/log/<name>`. */
  readonly origin: string;
  /** C2SP verifier key: `origin+hex keyid+base64(0x01 ‖ key)`. A rotation of the log's key changes it. */
  readonly vkey: string;
  /** Milliseconds: when this log began. */
  readonly createdAt: number;

  /**
   * Appends one leaf. Once the promise resolves, the leaf, its sealed record, its uses and a head that covers it are
   * durable, across `kill -9` and power loss. Entries that are queued while a commit runs share the next one: one
   * write, one fsync, one signature.
   *
   * Rejects with `Problem("ledger-unavailable")` if the queue is full, the commit fails or the ledger is closing; a
   * rejected entry may still have landed, but never twice. Rejects with `RangeError` or `TypeError` for an entry that
   * is too long or has no valid id.
   */
  append(entry: LedgerEntry): Promise<Appended>;

  /**
   * Hands the log's key over to another one, by a leaf of its own in a commit of its own, in turn with the appends: those before it are
   * under the key before, those after it under the new one, and none is lost. Rejects as `append` does; a rotation that was rejected may
   * have landed, and its leaf is then found by its id.
   */
  rotateKey(rotation: KeyRotation): Promise<Appended>;

  /** The newest signed checkpoint that is durable (C2SP note text, ends with a line feed). */
  checkpoint(): string;

  /** The outcome or refusal leaf of an exchange; its intent if there is no other leaf yet. */
  findExchange(id: string): Promise<StoredLeaf | undefined>;
  /** The newest leaf that records a statement, by H(octets of the claims); intents do not count. */
  findStatement(hash: Buffer): Promise<StoredLeaf | undefined>;
  /** Proof and checkpoint for any leaf, against the newest head. Rejects with `RangeError` beyond it. */
  prove(index: number): Promise<Appended>;

  /**
   * Leaves whose `at`, or that of a leaf before them, is `sinceMs` or later: stored bytes in order, a batch at a time.
   */
  leavesSince(sinceMs: number): AsyncIterable<readonly Buffer[]>;
  /** Uses of each (consumer, grant) on a day (`YYYY-MM-DD` in the region's time zone), as counted with the leaves. */
  usage(day: string): Promise<readonly DailyUsage[]>;
  /**
   * The sealed record of a leaf; `undefined` if there is none or it was destroyed. Rejects with `LedgerFault` if it
   * cannot be opened.
   */
  sealedRecord(index: number): Promise<RetainedRecord | undefined>;
  /** The buckets of sealed records that have not been destroyed. */
  buckets(): Promise<readonly RetentionBucket[]>;
  /**
   * Deletes some of the packs of destroyed buckets, which are unreadable already. Resolves to how many; 0 when none are
   * left.
   */
  purge(): Promise<number>;
  /** Intents without an outcome. */
  openIntents(): Promise<readonly StoredLeaf[]>;

  /** C2SP tlog-tiles: a tile, or the entry bundle for `level` "entries"; `undefined` beyond the newest head. */
  tile(level: number | "entries", n: number, width: number): Promise<Buffer | undefined>;

  /** From the call on, `append` rejects with `Problem("ledger-unavailable")`; what is queued is committed, and reading goes on. */
  stop(): void;

  /** Entries that wait for a commit. */
  queued(): number;

  /** Adds a listener, which is called at each commit from now on. */
  listen(listener: LedgerListener): void;

  /** Commits what is queued, then gives up the log. From the call on, `append` rejects. */
  close(): Promise<void>;
}

export interface LedgerListener {
  /** A commit is durable: so many leaves, so many seconds, and `size` leaves in the log since then. */
  readonly committed?: (commit: { readonly leaves: number; readonly seconds: number; readonly size: number }) => void;
  /** A commit failed, and its leaves were refused. */
  readonly failed?: (leaves: number, cause: unknown) => void;
}

export interface LedgerEntry {
  /** UTF-8 JSON of at most 65,535 bytes: hashed and stored as these bytes. */
  readonly leaf: Buffer;
  readonly type: "intent" | "outcome" | "refusal" | "control";
  /** Exchange id (UUIDv7). An intent and its outcome share it. */
  readonly id: string;
  /** The `at` of the leaf, in milliseconds. */
  readonly at: number;
  /** H(octets of the claims), to look up lost answers. */
  readonly statement?: Buffer;
  /** Kept encrypted next to the log, never in it. */
  readonly toSeal?: RetainedRecord;
  /**
   * The bucket whose destruction this control leaf records. Its key is deleted in the same transaction, so that nothing
   * in it can be read again.
   */
  readonly destroys?: string;
  /** What this exchange used of a daily quota; counted in the same transaction. */
  readonly usage?: readonly LedgerUsage[];
}

/** What the leaf of a rotation says, and the private key that comes. `at` is in milliseconds, `id` a UUIDv7. */
export interface KeyRotation {
  readonly id: string;
  readonly at: number;
  readonly by: string;
  readonly key: KeyObject;
}

/** Uses of a grant on a day (`YYYY-MM-DD` in the region's time zone). */
export interface LedgerUsage {
  readonly consumer: string;
  readonly grant: string;
  readonly day: string;
  readonly uses: number;
}

export interface DailyUsage {
  readonly consumer: string;
  readonly grant: string;
  readonly used: number;
}

export interface Appended {
  readonly index: number;
  /** RFC 9162 inclusion proof, 32·k bytes. */
  readonly proof: Buffer;
  /** The signed note to whose root the proof leads. */
  readonly checkpoint: string;
}

export interface StoredLeaf {
  readonly index: number;
  readonly leaf: Buffer;
}
