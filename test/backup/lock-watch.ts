import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

/**
 * A thread that keeps readers out of the log's file until it has seen that nobody may write to the registry, and says so. What copies both
 * has then begun to read the registry and cannot begin to read the log: the moment between the two.
 */
const { registry, ledger } = workerData as { registry: string; ledger: string };
const log = new DatabaseSync(ledger);
log.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN; UPDATE head SET size = size; COMMIT");
const changes = new DatabaseSync(registry, { timeout: 0 });
parentPort!.postMessage("ready");
for (;;) {
  try {
    changes.exec("BEGIN IMMEDIATE; ROLLBACK");
  } catch {
    break;
  }
}
parentPort!.postMessage("the registry is locked");
changes.close();
log.close();
