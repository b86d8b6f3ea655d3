import { parseCheckpoint } from "../ledger/checkpoint.ts";
import type { RegistryChanged } from "../ledger/control-change.ts";
import { LedgerFault } from "../ledger/fault.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { decodeEntryBundle, tilesOf } from "../ledger/tiles.ts";
import type { RegistryStore } from "../registry/registry-store.ts";
import { messages } from "./messages.ts";

/**
 * The registry has the version that the newest leaves of the log go by. Throws `LedgerFault` where it has not: the registry was lost, or
 * is a copy that is older than the log, and whoever went on with it would lose officers, decisions and grants unnoticed.
 */
export async function requireRegistryOf(log: Pick<Ledger, "origin" | "checkpoint" | "tile">, registry: RegistryStore): Promise<void> {
  const root = await newestRegistryRoot(log);
  if (root === undefined || (await registry.versionOf(root)) !== undefined) return;
  throw new LedgerFault(messages.registryLost(log.origin, await registry.version()));
}

/** The registry root of the newest leaf that names one; `undefined` if none does. */
async function newestRegistryRoot(log: Pick<Ledger, "checkpoint" | "tile">): Promise<string | undefined> {
  const size = parseCheckpoint(log.checkpoint())?.size ?? 0;
  for (const { n, width } of [...tilesOf(size, "entries")].reverse()) {
    const bundle = await log.tile("entries", n, width);
    for (const bytes of decodeEntryBundle(bundle ?? Buffer.alloc(0)).reverse()) {
      const root = rootIn(bytes);
      if (root !== undefined) return root;
    }
  }
  return undefined;
}

/** The registry under which an exchange was judged, or that a change led to. */
function rootIn(bytes: Buffer): string | undefined {
  const leaf = readLeaf(bytes);
  if (leaf === undefined) return undefined;
  if ("change" in leaf) return (leaf.change as Partial<RegistryChanged>).registry?.after;
  return "basis" in leaf ? leaf.basis.registry : undefined;
}
