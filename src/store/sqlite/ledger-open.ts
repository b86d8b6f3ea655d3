import type { KeyObject } from "node:crypto";
import type { Clock } from "../../base/clock.ts";
import { openLedger, type LedgerEvents, type LedgerLimits } from "../../ledger/append.ts";
import { openCommitter } from "../../ledger/committer.ts";
import type { MasterKeys } from "../../ledger/sealed/master-key.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { openSqliteLedgerStore } from "./ledger.ts";
import { startCommitterThread } from "./ledger-thread.ts";

export { readSqliteLog } from "./ledger-read.ts";

export interface SqliteLedgerOptions extends LedgerLimits, LedgerEvents {
  /** Where `ledger.sqlite` and `ledger.lease` are; it exists. */
  readonly directory: string;
  readonly logKey: KeyObject;
  readonly origin: string;
  readonly clock: Clock;
  /** The master keys of the evidence; without them none is kept, and none can be read. */
  readonly evidenceKeys?: MasterKeys | undefined;
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
 * another origin's or another key's, when it does not agree with itself, or when an evidence key is missing.
 */
export async function openSqliteLedger({
  directory,
  logKey,
  origin,
  clock,
  evidenceKeys,
  thread = "main",
  ...rest
}: SqliteLedgerOptions): Promise<Ledger> {
  const options = { logKey, origin, now: clock(), evidenceKeys };
  if (thread === "worker") return openLedger({ origin, committer: await startCommitterThread({ directory, ...options }), ...rest });
  const store = openSqliteLedgerStore(directory);
  try {
    return openLedger({ origin, committer: await openCommitter({ store, ...options }), ...rest });
  } catch (fault) {
    await store.close();
    throw fault;
  }
}
