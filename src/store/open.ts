import { mkdirSync } from "node:fs";
import { closedLogAt, dataDirectory, type StoreLocation } from "../base/store-location.ts";
import { copySqliteStores } from "./sqlite/copy.ts";
import { sqliteStores } from "./sqlite/open.ts";
import type { CopyOptions, CopySources, Stores } from "./stores.ts";

/** Scheme → engine. Nothing else in the program knows an engine by name. */
const engines: Readonly<Record<StoreLocation["scheme"], (location: StoreLocation) => Stores>> = {
  sqlite: ({ directory }) => sqliteStores(directory),
};

/** The stores at a location; nothing is opened yet. */
export const storesAt = (location: StoreLocation): Stores => engines[location.scheme](location);

/**
 * Copies a registry and a log, both as they are at one moment, and the closed logs of these names, into a directory that exists and holds
 * none of them; any number of processes may write meanwhile. There `storesAt(dataDirectory(to))` opens them. Rejects with
 * `RegistryUnusable` or `LedgerFault` when a disk or a file cannot be used; then parts of the copy may be there.
 */
export function copyStores({ registry, ledger, closed = [] }: CopySources, to: string, options?: CopyOptions): Promise<void> {
  const closedLogs = closed.map((name) => {
    const copy = { from: closedLogAt(ledger, name).directory, to: closedLogAt(dataDirectory(to), name).directory };
    mkdirSync(copy.to, { recursive: true, mode: 0o700 });
    return copy;
  });
  return copySqliteStores({ registry: registry.directory, ledger: ledger.directory }, to, closedLogs, options);
}
