import { join, resolve } from "node:path";

/** Where a store is kept. The scheme chooses the engine (src/store), which names its own files in the directory. */
export interface StoreLocation {
  readonly scheme: "sqlite";
  /** Absolute. */
  readonly directory: string;
}

/** The location that a data directory stands for where no URL is given. */
export const dataDirectory = (directory: string): StoreLocation => ({ scheme: "sqlite", directory });

/** Where a log is kept once it is closed, beside the log that goes on from it. `name` is the last part of its origin. */
export const closedLogAt = (ledger: StoreLocation, name: string): StoreLocation => ({
  ...ledger,
  directory: join(ledger.directory, "closed", name),
});

/** Reads `sqlite:<directory>`; a relative directory begins at `base`. `undefined` for a URL of any other form or scheme. */
export function parseStoreUrl(url: string, base: string): StoreLocation | undefined {
  const [, directory] = /^sqlite:([^?#\0]+)$/.exec(url) ?? [];
  return directory === undefined || directory.startsWith("//") ? undefined : dataDirectory(resolve(base, directory));
}
