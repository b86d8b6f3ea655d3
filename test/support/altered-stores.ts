import { storesAt } from "../../src/store/open.ts";
import type { StoreLocation } from "../../src/base/store-location.ts";
import type { Stores } from "../../src/store/stores.ts";

/** The program's stores, with those members replaced that a test gives: for `GatewayOptions.storesAt`. */
export const alteredStores =
  (alter: (stores: Stores, location: StoreLocation) => Partial<Stores>): typeof storesAt =>
  (location) => {
    const stores = storesAt(location);
    return { ...stores, ...alter(stores, location) };
  };
