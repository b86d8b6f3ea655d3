import { openDataKeys, type DataKeys } from "../../ledger/sealed/data-keys.ts";
import { parseCheckpoint } from "../../ledger/checkpoint.ts";
import type { MasterKeys } from "../../ledger/sealed/master-key.ts";
import { idOctets } from "../../ledger/exchange-id.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import { messages } from "./messages.ts";
import { hashBytes } from "../../ledger/merkle.ts";
import { proveLeaf } from "../../ledger/prove-leaf.ts";
import { readEntryBundle, type LogState } from "../../ledger/read-tile.ts";
import type { ReadableLog } from "../../ledger/readable-log.ts";
import { loadFrontier } from "../../ledger/frontier.ts";
import { leavesInPack, openRecord, maxLeavesPerPack } from "../../ledger/sealed/seal-records.ts";
import type { StoredHead } from "../../ledger/store.ts";
import { tileWidth } from "../../ledger/tiles.ts";
import { readSqliteLedgerStore } from "./ledger.ts";

/** `Stores.readLog` in a directory. */
export function readSqliteLog(directory: string, masterKeys?: MasterKeys): ReadableLog {
  const store = readSqliteLedgerStore(directory);
  let state: LogState | undefined;
  let dataKeys: DataKeys | undefined;

  const head = async (): Promise<StoredHead> => {
    const stored = await store.head();
    if (stored !== undefined) return stored;
    throw new LedgerFault(messages.logNotBegun(directory));
  };
  const now = async (): Promise<LogState> => {
    const newest = await head();
    if (state?.head.size !== newest.size) state = { head: newest, partials: (await loadFrontier(store, newest.size)).partials };
    return state;
  };
  /** Buckets begin and end while the writer runs: the keys are read again for a bucket that is not known. */
  const keysFor = async (origin: string, from: number): Promise<DataKeys | undefined> => {
    if (masterKeys === undefined || dataKeys?.values().some((key) => key.from === from) === true) return dataKeys;
    return (dataKeys = openDataKeys(origin, masterKeys, await store.buckets()));
  };

  return {
    checkpoint: async () => (await head()).checkpoint,
    async tile(level, n, width) {
      if (level === "entries") return readEntryBundle(store, n * tileWidth, n * tileWidth + width);
      return (await store.tile(level, n))?.subarray(0, width * hashBytes);
    },
    async findExchange(id) {
      const octets = idOctets(id);
      return octets && (await store.leaves({ by: "exchange", id: octets }))[0];
    },
    prove: async (index) => proveLeaf(store, await now(), index),
    async sealedRecord(index) {
      const pack = await store.pack(index);
      if (pack === undefined) return undefined;
      const { origin } = parseCheckpoint((await head()).checkpoint) ?? { origin: "" };
      return openRecord(origin, await keysFor(origin, pack.from), pack, index);
    },
    buckets: async () => (await store.buckets()).map(({ bucket, from, to }) => ({ bucket, leaves: { from, to } })),
    async evidenceBuckets(begin, end) {
      const names = new Map((await store.buckets()).map(({ from, bucket }) => [from, bucket]));
      const kept = new Array<string | undefined>(end - begin).fill(undefined);
      for (const pack of await store.packs(begin - maxLeavesPerPack, end)) {
        for (const leaf of leavesInPack(pack)) if (leaf >= begin && leaf < end) kept[leaf - begin] = names.get(pack.from);
      }
      return kept;
    },
    usage: (day) => store.usage(day),
    close: () => store.close(),
  };
}
