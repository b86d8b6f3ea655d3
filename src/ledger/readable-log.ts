import type { RetentionBucket } from "./sealed/retention-bucket.ts";
import type { RetainedRecord } from "./sealed/sealed-record.ts";
import type { Appended, StoredLeaf, DailyUsage } from "./ledger.ts";
import type { TileReader } from "./tiles.ts";

/** A log in a data directory, to read, also while its owner writes: leaves and full tiles as they stand in the file, nothing recomputed. */
export interface ReadableLog extends PublishedLog {
  /** The outcome or refusal leaf of an exchange; the intent alone if nothing else is there yet. */
  findExchange(id: string): Promise<StoredLeaf | undefined>;
  /** Proof and checkpoint for any leaf, against the head as it is now. Throws `RangeError` for a leaf that it does not cover. */
  prove(index: number): Promise<Appended>;
  /**
   * What is kept beside a leaf; `undefined` where nothing is, or nothing any more. Throws `LedgerFault` where it does not open, and where the log was
   * opened without the evidence keys.
   */
  sealedRecord(index: number): Promise<RetainedRecord | undefined>;
  /** The buckets of evidence that have not been destroyed. Needs no key. */
  buckets(): Promise<readonly RetentionBucket[]>;
  /** For each leaf from `begin` to before `end` the bucket that holds its evidence, or `undefined`. Needs no key and opens nothing: to reconcile a whole log. */
  evidenceBuckets(begin: number, end: number): Promise<readonly (string | undefined)[]>;
  /** The day's uses by consumer and grant (`YYYY-MM-DD` in the region's time zone), as counted with the leaves. */
  usage(day: string): Promise<readonly DailyUsage[]>;
  close(): Promise<void>;
}

/** A log as anybody may read it: over HTTP, from a data directory, or from the ledger itself. */
export interface PublishedLog {
  checkpoint(): Promise<string>;
  readonly tile: TileReader;
}
