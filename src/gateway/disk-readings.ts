import { statfs } from "node:fs/promises";
import type { Config } from "../config/config.ts";
import type { DiskReading } from "../telemetry/meter.ts";

/** The room that is left where the gateway writes: one reading a folder, named after what is in it, without its path. */
export function diskReadings({
  ledger,
  registry,
  data,
}: Pick<Config, "ledger" | "registry" | "data">): () => Promise<readonly DiskReading[]> {
  const folders = new Map<string, string>();
  for (const [store, folder] of Object.entries({ ledger: ledger.directory, registry: registry.directory, data }))
    if (!folders.has(folder)) folders.set(folder, store);
  return async () => {
    const found = await Promise.allSettled(Array.from(folders, ([folder, store]) => statfs(folder).then((disk) => ({ store, ...disk }))));
    return found.flatMap((one) =>
      one.status === "fulfilled" ? [{ store: one.value.store, freeBytes: one.value.bavail * one.value.bsize }] : [],
    );
  };
}
