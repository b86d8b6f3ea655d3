import type { Appended } from "./ledger.ts";
import { proveInclusion } from "./proofs.ts";
import { readTile, type LogState } from "./read-tile.ts";
import type { LedgerStore } from "./store.ts";

/** A leaf's inclusion in a stored log as it was at one moment. Throws `RangeError` for a leaf that it does not have. */
export async function proveLeaf(store: Pick<LedgerStore, "leaves" | "tile">, state: LogState, index: number): Promise<Appended> {
  const { size, checkpoint } = state.head;
  if (!(index >= 0 && index < size)) throw new RangeError(`the log has no leaf ${index}`);
  return { index, proof: await proveInclusion((level, n, width) => readTile(store, state, level, n, width), index, size), checkpoint };
}
