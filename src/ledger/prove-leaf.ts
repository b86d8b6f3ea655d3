import type { Appended } from "./ledger.ts";
import { proveInclusion } from "./proofs.ts";
import { readTile, type LogState } from "./read-tile.ts";
import type { LedgerStore } from "./store.ts";

/** Proves a leaf against one state of a stored log. Throws `RangeError` for an index beyond its head. */
export async function proveLeaf(store: Pick<LedgerStore, "leaves" | "tile">, state: LogState, index: number): Promise<Appended> {
  const { size, checkpoint } = state.head;
  if (!(index >= 0 && index < size)) throw new RangeError(`the log has no leaf ${index}`);
  return { index, proof: await proveInclusion((level, n, width) => readTile(store, state, level, n, width), index, size), checkpoint };
}
