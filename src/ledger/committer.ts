import type { KeyObject } from "node:crypto";
import { originForm, parseCheckpoint, signCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { openDataKeys, renewWraps, type DataKeys } from "./sealed/data-keys.ts";
import { emptyRange, encodeRange, appendToRange, inclusionProofs, rangeRoot } from "./compact-range.ts";
import type { RetentionBucket } from "./sealed/retention-bucket.ts";
import type { MasterKeys } from "./sealed/master-key.ts";
import type { RetainedRecord } from "./sealed/sealed-record.ts";
import { LedgerFault } from "./fault.ts";
import { messages } from "./messages.ts";
import type { Appended, StoredLeaf, DailyUsage } from "./ledger.ts";
import { emptyRoot, hashBytes, hashLeafInto } from "./merkle.ts";
import { formatVkey, signerOf, type NoteSigner } from "./note.ts";
import { proveLeaf } from "./prove-leaf.ts";
import { readTile } from "./read-tile.ts";
import { fillTiles, loadFrontier, type Frontier } from "./frontier.ts";
import { recordSealer, openRecord, type SealedBatch } from "./sealed/seal-records.ts";
import { purgedAtOnce, type LeafQuery, type LedgerStore, type StoredHead, type StoreEntry } from "./store.ts";

/**
 * The writer of one log: hashes, signs and writes. It runs in the process's own thread or in one of its own, with the
 * same promises.
 *
 * Concurrency: one `commit` at a time; the caller waits until it has settled. The other methods may be called at any
 * time, also while a commit runs, and as often as wanted. Each answers from one head: the one before the commit or the
 * one after it. What a commit wrote is seen by every call made after it resolved. After a commit that rejected, the
 * next call reads the store before it answers. `close` is called last, when nothing else is under way.
 */
export interface Committer {
  readonly vkey: string;
  readonly createdAt: number;
  /** The signed note of the newest head when the log was opened. Each commit gives the next one. */
  readonly checkpoint: string;
  /**
   * Appends at least one entry. They are durable, in this order and without a gap, once the promise resolves. When it
   * rejects they are in the log, all of them, or none is.
   */
  commit(entries: readonly StoreEntry[]): Promise<CommitResult>;
  prove(index: number): Promise<Appended>;
  leaves(query: LeafQuery): Promise<readonly StoredLeaf[]>;
  usage(day: string): Promise<readonly DailyUsage[]>;
  sealedRecord(index: number): Promise<RetainedRecord | undefined>;
  buckets(): Promise<readonly RetentionBucket[]>;
  purge(): Promise<number>;
  tile(level: number | "entries", n: number, width: number): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

export interface CommitResult {
  /** Index of the first entry; the others follow. */
  readonly first: number;
  readonly checkpoint: string;
  /** The inclusion proofs of the entries, concatenated; `inclusionProofBytes` gives the length of each. */
  readonly proofs: Buffer;
}

export interface CommitterOptions {
  readonly store: LedgerStore;
  readonly logKey: KeyObject;
  readonly origin: string;
  /** Milliseconds: when the log begins, if it does so now. */
  readonly now: number;
  /** The master keys of sealed records; without them no record is kept. */
  readonly evidenceKeys?: MasterKeys | undefined;
}

interface State extends Frontier {
  readonly head: StoredHead;
  readonly dataKeys: DataKeys | undefined;
}

/**
 * Opens a log, or begins it. Throws `LedgerFault` if the store holds another origin's log or one signed by another
 * key, if its head, root and last leaves do not agree, or if a master key is missing.
 */
export async function openCommitter({ store, logKey, origin, now, evidenceKeys }: CommitterOptions): Promise<Committer> {
  if (!originForm.test(origin)) throw new LedgerFault(messages.notAnOrigin(origin));
  const signer = signerOf(origin, logKey);
  const read = async (): Promise<State> => ({
    ...(await readState(store, signer, now)),
    dataKeys: evidenceKeys && openDataKeys(origin, evidenceKeys, await store.buckets()),
  });
  const sealRecords = evidenceKeys === undefined ? sealNothing : recordSealer(origin, evidenceKeys);
  let state = await read();
  if (evidenceKeys !== undefined) await renewWraps(origin, evidenceKeys, store);
  let inDoubt = false;
  let recovery: Promise<void> | undefined;

  /** After a commit of unknown fate only the store knows where the log ends, so it is read again. */
  const settled = async (): Promise<State> => {
    if (inDoubt) await (recovery ??= recover().finally(() => (recovery = undefined)));
    return state;
  };
  const recover = async (): Promise<void> => {
    state = await read();
    inDoubt = false;
  };

  const commit = async (entries: readonly StoreEntry[]): Promise<CommitResult> => {
    const { head, range, partials, dataKeys: before } = await settled();
    const appended = appendToRange(range, hashLeaves(entries));
    const filled = fillTiles(partials, appended, head.size);
    const { packs, wrapped, dataKeys } = sealRecords(entries, head.size, before);
    const next = { size: appended.range.size, root: appended.root, edge: encodeRange(appended.range), createdAt: head.createdAt };
    let checkpoint = "";
    const seal = (): string => (checkpoint = signCheckpoint(next.size, next.root, signer));
    try {
      if (await store.commit({ expected: head, next, seal, entries, tiles: filled.tiles, packs, keys: wrapped })) {
        state = { head: { ...next, checkpoint }, range: appended.range, partials: filled.partials, dataKeys };
        return { first: head.size, checkpoint, proofs: inclusionProofs(appended, head.size) };
      }
    } catch (cause) {
      inDoubt = true;
      throw cause;
    }
    inDoubt = true;
    throw new LedgerFault(messages.headMoved);
  };

  return {
    vkey: formatVkey(signer),
    createdAt: state.head.createdAt,
    checkpoint: state.head.checkpoint,
    commit,
    prove: async (index) => proveLeaf(store, await settled(), index),
    leaves: (query) => store.leaves(query),
    usage: (day) => store.usage(day),
    async sealedRecord(index) {
      const { dataKeys } = await settled();
      const pack = await store.pack(index);
      return pack && openRecord(origin, dataKeys, pack, index);
    },
    buckets: async () => (await store.buckets()).map(({ bucket, from, to }) => ({ bucket, leaves: { from, to } })),
    purge: () => store.purge(purgedAtOnce),
    tile: async (level, n, width) => readTile(store, await settled(), level, n, width),
    close: () => store.close(),
  };
}

async function readState(store: LedgerStore, signer: NoteSigner, now: number): Promise<Omit<State, "dataKeys">> {
  const head = (await store.head()) ?? (await begin(store, signer, now));
  const said = parseCheckpoint(head.checkpoint);
  if (said !== undefined && said.origin !== signer.name) throw new LedgerFault(messages.anotherLog(said.origin, signer.name));
  if (!verifyCheckpoint(head.checkpoint, signer)) throw new LedgerFault(messages.anotherKey);
  const frontier = await loadFrontier(store, head.size);
  const roots = [said?.root, head.root, rangeRoot(frontier.range)];
  const agree = said?.size === head.size && roots.every((root) => root?.equals(head.root) === true);
  if (!agree || !encodeRange(frontier.range).equals(head.edge)) throw new LedgerFault(messages.headDisagrees);
  return { head, ...frontier };
}

async function begin(store: LedgerStore, signer: NoteSigner, createdAt: number): Promise<StoredHead> {
  const next = { size: 0, root: emptyRoot, edge: encodeRange(emptyRange), createdAt };
  let checkpoint = "";
  const seal = (): string => (checkpoint = signCheckpoint(0, emptyRoot, signer));
  if (await store.commit({ expected: undefined, next, seal, entries: [], tiles: [], packs: [], keys: [] })) return { ...next, checkpoint };
  throw new LedgerFault(messages.beginsElsewhere);
}

const sealNothing = (_entries: readonly StoreEntry[], _first: number, dataKeys: DataKeys | undefined): SealedBatch => ({
  packs: [],
  wrapped: [],
  dataKeys,
});

function hashLeaves(entries: readonly StoreEntry[]): Buffer {
  const hashes = Buffer.allocUnsafe(entries.length * hashBytes);
  entries.forEach(({ leaf }, i) => hashLeafInto(leaf, hashes, i * hashBytes));
  return hashes;
}
