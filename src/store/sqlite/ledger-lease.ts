import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { LedgerFault } from "../../ledger/fault.ts";
import { diskFault } from "./translate-errors.ts";

/**
 * The right to write to the log in a directory, held by one process at a time. It is a lock that the kernel keeps for an open transaction on a
 * file beside the log, so `kill -9` releases it at once and nothing is left behind to be cleaned up. Throws `LedgerFault` if it is taken.
 */
export function takeLease(directory: string): { release(): void } {
  const file = new DatabaseSync(join(directory, "ledger.lease"), { timeout: 0 });
  try {
    file.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    file.close();
    if (diskFault(cause) !== undefined) throw cause;
    throw new LedgerFault(
      {
        id: `Log di ${directory} sedang dipakai proses lain; hentikan proses itu lebih dahulu`,
        en: `The log in ${directory} is in use by another process; stop that one first`,
      },
      cause,
    );
  }
  return { release: () => file.close() };
}
