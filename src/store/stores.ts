import type { KeyObject } from "node:crypto";
import type { StoreLocation } from "../base/store-location.ts";
import type { Clock } from "../base/clock.ts";
import type { LedgerLimits } from "../ledger/append.ts";
import type { ClosedLog, ClosedLogOptions } from "../ledger/closed-log.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { ReadableLog } from "../ledger/readable-log.ts";
import type { MasterKeys } from "../ledger/sealed/master-key.ts";
import type { ReadableLedgerStore } from "../ledger/store.ts";
import type { RegistryStore } from "../registry/registry-store.ts";

/** Where a registry and a log are copied from; both may be at one location. */
export interface CopySources {
  readonly registry: StoreLocation;
  readonly ledger: StoreLocation;
  /** The names of closed logs beside it. */
  readonly closed?: readonly string[];
}

export interface CopyOptions {
  /** Called after each step with the bytes that were copied, and all that there are. */
  readonly progress?: (copied: number, total: number) => void;
}

/** What every engine offers at a location: one log, one registry, or both. */
export interface Stores {
  /**
   * Opens the log for its one writer, or begins it, and holds it until it is closed. Throws `LedgerFault` when another
   * process holds it, when it is the log of another origin or key, when it does not agree with itself, or when a master
   * key is missing.
   */
  openLedger(options: OpenLedgerOptions): Promise<Ledger>;
  /** Opens a log that was closed, and holds it. Throws `LedgerFault` as `openLedger` does, and if there is none. */
  openClosedLog(options: Omit<ClosedLogOptions, "store">): Promise<ClosedLog>;
  /** Opens the log to read, also while its writer runs; sealed records open only with their keys. Throws `LedgerFault` if there is none. */
  readLog(masterKeys?: MasterKeys): ReadableLog;
  /**
   * Opens the registry, or begins it; several processes may have it open. With `readOnly` nothing is begun or changed. Throws
   * `RegistryUnusable`, now or later, when disk or file cannot be used.
   */
  openRegistry(options?: OpenRegistryOptions): RegistryStore;

  /** The file in which the log is, or the registry. While it is open, nothing else may take its place. */
  readonly ledgerFile: string;
  readonly registryFile: string;
  /** Whether there is a log, or a registry, to be opened. */
  hasLedger(): boolean;
  hasRegistry(): boolean;
  /** Whether a process holds the log as its writer. */
  isLedgerHeld(): boolean;
  /** Whether the log's last writer did not close it; asked before the next one opens it. */
  wasLedgerLeftOpen(): boolean;
  /**
   * Copies the log, or the registry, to this location, whose directory exists: its files as they are, also where a
   * process that had them was killed. No process may have them open.
   */
  copyLedgerTo(to: StoreLocation): void;
  copyRegistryTo(to: StoreLocation): void;
  /** What a look at every page finds wrong with registry and log, as the engine says it; nothing for sound files. */
  findDamage(): readonly string[];
  /** Opens the log's tables to examine them, and leaves nothing behind. Throws `LedgerFault` if there is no log. */
  inspectLedger(): ReadableLedgerStore;
}

/** A file of an older format that was brought forward, and the copy that was made of it before. */
export interface FileMigration {
  readonly file: string;
  readonly copy: string;
  readonly from: number;
  readonly to: number;
}

export interface OpenLedgerOptions extends LedgerLimits {
  /** Called when an older file was brought forward. */
  readonly onMigrated?: ((migration: FileMigration) => void) | undefined;
  readonly logKey: KeyObject;
  /** A key to which `logKey` may have handed over already; the head says which one signs. */
  readonly nextLogKey?: KeyObject | undefined;
  readonly origin: string;
  readonly clock: Clock;
  /** The master keys of the sealed records; without them none is kept, and none can be read. */
  readonly evidenceKeys?: MasterKeys | undefined;
  /**
   * Which thread hashes, signs and waits for the disk. In `main`, the default, an append costs about 10 µs less CPU (23
   * against 32 with 64 appenders) and 0.2 ms less time with a single one, and a gateway takes about 60 MB less memory.
   * `worker` keeps the event loop free: its p99 delay was 4 ms against 8 to 13, and on a slow disk the difference is
   * the whole fsync. `bench/ledger.ts` and `bench/bench.ts`, two shared cores, medians of three rounds.
   */
  readonly thread?: "worker" | "main";
}

export interface OpenRegistryOptions {
  readonly readOnly?: boolean;
  /** Leaves an older file in its format, as reading does; for those that only examine it. */
  readonly asItIs?: boolean;
  /** Called when an older file was brought forward. */
  readonly onMigrated?: ((migration: FileMigration) => void) | undefined;
}
