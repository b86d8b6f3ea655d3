import type { StoreLocation } from "../base/store-location.ts";
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
 * Copies a registry and a log, both as they are at one moment, into a directory that exists and holds neither; any number of processes may
 * write meanwhile. There `storesAt(dataDirectory(to))` opens them. Rejects with `RegistryUnusable` or `LedgerFault` when a disk or a file
 * cannot be used; then parts of the copy may be there.
 */
export const copyStores = ({ registry, ledger }: CopySources, to: string, options?: CopyOptions): Promise<void> =>
  copySqliteStores({ registry: registry.directory, ledger: ledger.directory }, to, options);
