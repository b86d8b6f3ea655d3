import type { KeyObject } from "node:crypto";
import type { Clock } from "../../base/clock.ts";
import { openLedger, type LedgerEvents, type LedgerLimits } from "../../ledger/append.ts";
import type { PublishedLog } from "../../ledger/audit.ts";
import { openCommitter, readBundle } from "../../ledger/committer.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { hashBytes } from "../../ledger/merkle.ts";
import { tileWidth } from "../../ledger/tiles.ts";
import { openSqliteLedgerStore, readSqliteLedgerStore } from "./ledger.ts";
import { startCommitterThread } from "./ledger-thread.ts";

export interface SqliteLedgerOptions extends LedgerLimits, LedgerEvents {
  /** Where `ledger.sqlite` and `ledger.lease` are; it exists. */
  readonly directory: string;
  readonly logKey: KeyObject;
  readonly origin: string;
  readonly clock: Clock;
  /**
   * Which thread hashes, signs and waits for the disk. In `main`, the default, an append costs about 10 µs less CPU (23 against 32 with 64
   * appenders) and 0.2 ms less time with a single one, and a gateway takes about 60 MB less memory. `worker` keeps the event loop free: its p99
   * delay was 4 ms against 8 to 13, and on a slow disk the difference is the whole fsync, so that is what it is for. `bench/ledger.ts` and
   * `bench/bench.ts`, two shared cores, medians of three rounds.
   */
  readonly thread?: "worker" | "main";
}

/**
 * Opens the log of a directory, or begins it, and holds its lease until `close`. Throws `LedgerFault` when another process has it, when it is
 * another origin's or another key's, or when it does not agree with itself.
 */
export async function openSqliteLedger({ directory, logKey, origin, clock, thread = "main", ...rest }: SqliteLedgerOptions): Promise<Ledger> {
  const options = { logKey, origin, now: clock() };
  if (thread === "worker") return openLedger({ origin, committer: await startCommitterThread({ directory, ...options }), ...rest });
  const store = openSqliteLedgerStore(directory);
  try {
    return openLedger({ origin, committer: await openCommitter({ store, ...options }), ...rest });
  } catch (fault) {
    await store.close();
    throw fault;
  }
}

/** The log of a directory for an auditor, also while its owner writes: leaves and full tiles as they stand in the file, nothing recomputed. */
export function readSqliteLog(directory: string): PublishedLog & { close(): Promise<void> } {
  const store = readSqliteLedgerStore(directory);
  return {
    async checkpoint() {
      const head = await store.head();
      if (head === undefined) throw new LedgerFault({ id: `Log di ${directory} belum dimulai`, en: `The log in ${directory} has not begun` });
      return head.checkpoint;
    },
    async tile(level, n, width) {
      if (level === "entries") return readBundle(store, n * tileWidth, n * tileWidth + width);
      return (await store.tile(level, n))?.subarray(0, width * hashBytes);
    },
    close: () => store.close(),
  };
}
