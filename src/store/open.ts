import type { StoreLocation } from "../base/store-location.ts";
import { sqliteStores } from "./sqlite/open.ts";
import type { Stores } from "./stores.ts";

/** Scheme → engine. Nothing else in the program knows an engine by name. */
const engines: Readonly<Record<StoreLocation["scheme"], (location: StoreLocation) => Stores>> = {
  sqlite: ({ directory }) => sqliteStores(directory),
};

/** The stores at a location; nothing is opened yet. */
export const storesAt = (location: StoreLocation): Stores => engines[location.scheme](location);
