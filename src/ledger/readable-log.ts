import type { RetentionBucket } from "./sealed/retention-bucket.ts";
import type { RetainedRecord } from "./sealed/sealed-record.ts";
import type { Appended, StoredLeaf, DailyUsage } from "./ledger.ts";
import type { TileReader } from "./tiles.ts";

/**
 * A log in a data directory, opened for reading, also while its gateway writes. Leaves and full tiles come as the
 * file has them; nothing is recomputed. Methods may be called at the same time; each answers from the file as it is
 * then, so that two calls may see two heads.
 */
export interface ReadableLog extends PublishedLog {
  /** The outcome or refusal leaf of an exchange; its intent if there is no other leaf yet. */
  findExchange(id: string): Promise<StoredLeaf | undefined>;
  /** Proof and checkpoint for any leaf, against the head as it is now. Rejects with `RangeError` beyond it. */
  prove(index: number): Promise<Appended>;
  /**
   * The sealed record of a leaf; `undefined` if there is none or it was destroyed. Rejects with `LedgerFault` if it
   * cannot be opened, or if the log was opened without the master keys.
   */
  sealedRecord(index: number): Promise<RetainedRecord | undefined>;
  /** The buckets of sealed records that have not been destroyed. Needs no key. */
  buckets(): Promise<readonly RetentionBucket[]>;
  /**
   * For each leaf from `begin` to before `end`, the bucket that has its sealed record, or `undefined`. Needs no key:
   * nothing is opened.
   */
  evidenceBuckets(begin: number, end: number): Promise<readonly (string | undefined)[]>;
  /** The day's uses by consumer and grant (`YYYY-MM-DD` in the region's time zone), as counted with the leaves. */
  usage(day: string): Promise<readonly DailyUsage[]>;
  close(): Promise<void>;
}

/** The public part of a log, read over HTTP, from a data directory or from the ledger itself. */
export interface PublishedLog {
  checkpoint(): Promise<string>;
  readonly tile: TileReader;
}
