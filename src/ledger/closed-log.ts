import type { KeyObject } from "node:crypto";
import { parseCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { rangeRoot } from "./compact-range.ts";
import { idOctets } from "./exchange-id.ts";
import { LedgerFault } from "./fault.ts";
import { loadFrontier } from "./frontier.ts";
import type { Ledger, StoredLeaf } from "./ledger.ts";
import { messages } from "./messages.ts";
import { cosignNote, signerOf } from "./note.ts";
import { proveLeaf } from "./prove-leaf.ts";
import { readTile } from "./read-tile.ts";
import { openDataKeys, renewWraps } from "./sealed/data-keys.ts";
import type { MasterKeys } from "./sealed/master-key.ts";
import { openRecord } from "./sealed/seal-records.ts";
import { purgedAtOnce, type LedgerStore } from "./store.ts";

/** What can be asked of any log of an instance, the one that goes on and those that were closed. */
export type SearchableLog = Pick<Ledger, "origin" | "checkpoint" | "findExchange" | "findStatement" | "prove" | "sealedRecord" | "tile">;

/**
 * A log that was closed (protocol §4): everything in it is read and proved as before, and nothing is appended. Its sealed records end
 * with their retention like those of the log that goes on, whose control leaf records it.
 */
export interface ClosedLog extends SearchableLog, Pick<Ledger, "usage" | "openIntents" | "buckets" | "purge"> {
  /**
   * Destroys a bucket: once the call is made nothing in it is read here any more, and once it resolves the key is gone for good. The
   * leaf that says so is durable before.
   */
  destroy(bucket: string): Promise<void>;
  close(): Promise<void>;
}

export interface ClosedLogOptions {
  readonly store: LedgerStore;
  readonly origin: string;
  /** The instance's present log key. Where an earlier one signed the final checkpoint, this one signs it too. */
  readonly logKey: KeyObject;
  readonly evidenceKeys?: MasterKeys | undefined;
}

/** Throws `LedgerFault` if the store has no log of this origin, if it disagrees with itself, or if a master key is missing. */
export async function openClosedLog({ store, origin, logKey, evidenceKeys }: ClosedLogOptions): Promise<ClosedLog> {
  const head = await store.head();
  const said = head === undefined ? undefined : parseCheckpoint(head.checkpoint);
  if (head === undefined || said === undefined) throw new LedgerFault(messages.closedLogMissing(origin));
  if (said.origin !== origin) throw new LedgerFault(messages.anotherLog(said.origin, origin));
  const { range, partials } = await loadFrontier(store, head.size);
  if (said.size !== head.size || !said.root.equals(head.root) || !rangeRoot(range).equals(head.root))
    throw new LedgerFault(messages.headDisagrees);
  const signer = signerOf(origin, logKey);
  const checkpoint = verifyCheckpoint(head.checkpoint, signer) ? head.checkpoint : cosignNote(head.checkpoint, signer);
  const state = { head: { ...head, checkpoint }, partials };
  if (evidenceKeys !== undefined) await renewWraps(origin, evidenceKeys, store);
  const dataKeys = evidenceKeys && new Map(openDataKeys(origin, evidenceKeys, await store.buckets()));
  const one = async (leaves: Promise<readonly StoredLeaf[]>): Promise<StoredLeaf | undefined> => (await leaves)[0];
  return {
    origin,
    checkpoint: () => checkpoint,
    async findExchange(id) {
      const octets = idOctets(id);
      return octets && one(store.leaves({ by: "exchange", id: octets }));
    },
    findStatement: (hash) => one(store.leaves({ by: "statement", hash })),
    prove: (index) => proveLeaf(store, state, index),
    async sealedRecord(index) {
      const pack = await store.pack(index);
      return pack && openRecord(origin, dataKeys, pack, index);
    },
    buckets: async () => (await store.buckets()).map(({ bucket, from, to }) => ({ bucket, leaves: { from, to } })),
    async destroy(bucket) {
      dataKeys?.delete(bucket);
      await store.destroy(bucket);
    },
    purge: () => store.purge(purgedAtOnce),
    tile: (level, n, width) => readTile(store, state, level, n, width),
    usage: (day) => store.usage(day),
    openIntents: () => store.leaves({ by: "open-intent" }),
    close: () => store.close(),
  };
}

/** The leaf that one of the logs gives, and that log; the logs are asked in their order. */
export async function findInLogs(
  logs: readonly SearchableLog[],
  look: (log: SearchableLog) => Promise<StoredLeaf | undefined>,
): Promise<{ readonly log: SearchableLog; readonly stored: StoredLeaf } | undefined> {
  for (const log of logs) {
    const stored = await look(log);
    if (stored !== undefined) return { log, stored };
  }
  return undefined;
}
