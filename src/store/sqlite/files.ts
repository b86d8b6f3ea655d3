import { join } from "node:path";

/** The files in a store's directory; SQLite puts its own next to them (`-wal`, `-shm`). */
export const ledgerFile = (directory: string): string => join(directory, "ledger.sqlite");
export const leaseFile = (directory: string): string => join(directory, "ledger.lease");
export const registryFile = (directory: string): string => join(directory, "registry.sqlite");
