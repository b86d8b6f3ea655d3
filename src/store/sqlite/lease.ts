import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { LedgerFault } from "../../ledger/fault.ts";
import { leaseFile } from "./files.ts";
import { keepPrivate } from "./format.ts";
import { messages } from "./messages.ts";
import { diskFault } from "./translate-errors.ts";

/**
 * The right to write to the log in a directory, held by one process at a time. It is a lock that the kernel keeps for
 * an open transaction on a file of its own, so `kill -9` releases it at once and leaves nothing to be cleaned up.
 * Throws `LedgerFault` if it is taken.
 */
export function takeLease(directory: string): { release(): void } {
  keepPrivate(leaseFile(directory));
  const file = new DatabaseSync(leaseFile(directory), { timeout: 0 });
  try {
    file.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    file.close();
    if (diskFault(cause) !== undefined) throw cause;
    throw new LedgerFault(messages.logInUse(directory), cause);
  }
  return { release: () => file.close() };
}

/** Whether a process holds the lease, or it cannot be taken for another reason. */
export function isLeaseTaken(directory: string): boolean {
  if (!existsSync(leaseFile(directory))) return false;
  try {
    takeLease(directory).release();
    return false;
  } catch {
    return true;
  }
}
