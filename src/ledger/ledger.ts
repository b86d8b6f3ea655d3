import type { RetentionBucket } from "./sealed/retention-bucket.ts";
import type { RetainedRecord } from "./sealed/sealed-record.ts";

/**
 * The ledger as the exchange sees it (protocol §4): one append-only RFC 9162 log of one gateway process, with what stands beside it.
 * Pure core and stores are behind this; the exchange only appends, and readers look up.
 */
export interface Ledger {
  /** `<host>/log/<name>`. */
  readonly origin: string;
  /** C2SP verifier key: `origin+hex keyid+base64(0x01 ‖ key)`. */
  readonly vkey: string;
  /** Milliseconds: when this log began. */
  readonly createdAt: number;

  /**
   * Durable once the promise resolves, across `kill -9` and power loss: the leaf, what stands beside it and a head that covers it. Entries that
   * are queued while a commit runs share the next one: one write, one fsync, one signature. Rejects with `Problem("ledger-unavailable")`;
   * a rejected entry may still turn out to have landed, never twice.
   */
  append(entry: LedgerEntry): Promise<Appended>;

  /** The newest signed checkpoint (C2SP note text, ends with a line feed). */
  checkpoint(): string;

  /** The outcome or refusal leaf of an exchange; the intent alone if nothing else is there yet. */
  findExchange(id: string): Promise<StoredLeaf | undefined>;
  /** By H(octets of the claims); intents do not count. */
  findStatement(hash: Buffer): Promise<StoredLeaf | undefined>;
  /** Proof and checkpoint for any leaf, against the newest head. */
  prove(index: number): Promise<Appended>;

  /** Leaves appended at or after `sinceMs`, oldest first, to rebuild replay memory; as stored bytes, a batch at a time. */
  leavesSince(sinceMs: number): AsyncIterable<readonly Buffer[]>;
  /** Uses of each (consumer, grant) on a day (`YYYY-MM-DD` in the region's time zone), as counted with the leaves. */
  usage(day: string): Promise<readonly DailyUsage[]>;
  /** What is kept beside a leaf; `undefined` once it was destroyed, or where there never was any. Throws `LedgerFault` where it does not open. */
  sealedRecord(index: number): Promise<RetainedRecord | undefined>;
  /** The buckets of evidence that have not been destroyed. */
  buckets(): Promise<readonly RetentionBucket[]>;
  /** Clears away some of what destroyed buckets left behind, unreadable as it is; resolves to how many packs it were, 0 when none are left. */
  purge(): Promise<number>;
  /** Intents without an outcome. */
  openIntents(): Promise<readonly StoredLeaf[]>;

  /** C2SP tlog-tiles: `undefined` where the tree does not reach. `level` "entries" gives the entry bundle. */
  tile(level: number | "entries", n: number, width: number): Promise<Buffer | undefined>;

  /** Entries that wait for a commit. */
  queued(): number;

  /** Adds a listener, which is called at each commit from now on. */
  listen(listener: LedgerListener): void;

  /** Commits what is queued, then closes. */
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
  /** When, in milliseconds; the `at` of the leaf. */
  readonly at: number;
  /** H(octets of the claims), for the look-up of lost answers. */
  readonly statement?: Buffer;
  /** What is kept beside the log, encrypted and never in it, for at least so many months. */
  readonly toSeal?: RetainedRecord;
  /** The bucket of evidence that this control leaf tells the end of: its key goes in the same transaction, and with it every way to read it. */
  readonly destroys?: string;
  /** What this exchange used up of a daily quota; counted in the same transaction. */
  readonly usage?: readonly LedgerUsage[];
}

/** So many uses of a grant on a day in the region's time zone. */
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
  /** The signed note whose tree the proof leads to. */
  readonly checkpoint: string;
}

export interface StoredLeaf {
  readonly index: number;
  readonly leaf: Buffer;
}
