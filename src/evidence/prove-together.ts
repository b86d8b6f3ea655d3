import type { Ledger, StoredLeaf } from "../ledger/ledger.ts";
import { proveStored } from "../ledger/prove-stored.ts";
import { decodeEntryBundle, tileWidth } from "../ledger/tiles.ts";
import type { ProvedLeaf } from "../verify/bundle.ts";

/** Proves leaves, in their order, against one checkpoint. If a commit comes in between, all proofs are made again. */
export async function proveTogether(
  ledger: Pick<Ledger, "prove">,
  leaves: readonly StoredLeaf[],
): Promise<{ readonly checkpoint: string; readonly proved: readonly ProvedLeaf[] }> {
  for (;;) {
    const proofs = await Promise.all(leaves.map((leaf) => proveStored(ledger, leaf)));
    const { checkpoint } = proofs[0]!;
    if (!proofs.every((proof) => proof.checkpoint === checkpoint)) continue;
    return {
      checkpoint,
      proved: leaves.map(({ index, leaf }, at) => ({ index, leaf: leaf.toString("utf8"), proof: proofs[at]!.proof.toString("base64url") })),
    };
  }
}

/** A leaf of the log by its index. Throws `RangeError` if there is none. */
export async function leafAt(ledger: Pick<Ledger, "tile">, index: number): Promise<StoredLeaf> {
  const at = index % tileWidth;
  const bundle = await ledger.tile("entries", Math.floor(index / tileWidth), at + 1);
  const leaf = bundle === undefined ? undefined : decodeEntryBundle(bundle)[at];
  if (leaf === undefined) throw new RangeError(`the log has no leaf ${index}`);
  return { index, leaf };
}
