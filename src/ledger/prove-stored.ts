import { parseCheckpoint } from "./checkpoint.ts";
import { LedgerFault } from "./fault.ts";
import type { Appended, Ledger, StoredLeaf } from "./ledger.ts";
import { leafHash, verifyInclusion } from "./merkle.ts";
import { messages } from "./messages.ts";

/**
 * Proof and checkpoint for a leaf that was read from the log, against the newest head. Rejects with `LedgerFault` if the proof does not
 * hold for these bytes: a leaf that was altered beside the tree is handed to nobody.
 */
export async function proveStored(log: Pick<Ledger, "prove">, { index, leaf }: StoredLeaf): Promise<Appended> {
  const proved = await log.prove(index);
  const head = parseCheckpoint(proved.checkpoint);
  if (head === undefined || !verifyInclusion(leafHash(leaf), index, head.size, proved.proof, head.root))
    throw new LedgerFault(messages.leafAltered(index));
  return proved;
}
