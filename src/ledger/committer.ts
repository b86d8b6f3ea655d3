import type { KeyObject } from "node:crypto";
import { originForm, parseCheckpoint, signCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { openDataKeys, renewWraps, type DataKeys } from "./sealed/data-keys.ts";
import { emptyRange, encodeRange, appendToRange, inclusionProofs, rangeRoot } from "./compact-range.ts";
import type { RetentionBucket } from "./sealed/retention-bucket.ts";
import type { MasterKeys } from "./sealed/master-key.ts";
import type { RetainedRecord } from "./sealed/sealed-record.ts";
import { controlEntry } from "./control-entry.ts";
import { idOctets } from "./exchange-id.ts";
import { LedgerFault } from "./fault.ts";
import { signHandover } from "./handover.ts";
import { messages } from "./messages.ts";
import type { Appended, KeyRotation, StoredLeaf, DailyUsage } from "./ledger.ts";
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
  /** The key that signed the head when the log was opened. A rotation changes it, and `CommitResult` gives the one of its time. */
  readonly vkey: string;
  readonly createdAt: number;
  /** The signed note of the newest head when the log was opened. Each commit gives the next one. */
  readonly checkpoint: string;
  /**
   * Appends at least one entry. They are durable, in this order and without a gap, once the promise resolves. When it
   * rejects they are in the log, all of them, or none is.
   */
  commit(entries: readonly StoreEntry[]): Promise<CommitResult>;
  /**
   * Appends the leaf by which the log's key hands over to another one (protocol §4.1), which signs the head over that leaf and all
   * later ones. Durable or not, and exclusive, as a commit is. After one of unknown fate the store says which key signs.
   */
  rotateKey(rotation: KeyRotation): Promise<CommitResult>;
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
  /** The key that signed it. */
  readonly vkey: string;
  /** The inclusion proofs of the entries, concatenated; `inclusionProofBytes` gives the length of each. */
  readonly proofs: Buffer;
}

export interface CommitterOptions {
  readonly store: LedgerStore;
  readonly logKey: KeyObject;
  /** A key to which `logKey` may have handed over already: the head says which of the two signs. */
  readonly nextLogKey?: KeyObject | undefined;
  readonly origin: string;
  /** Milliseconds: when the log begins, if it does so now. */
  readonly now: number;
  /** The master keys of sealed records; without them no record is kept. */
  readonly evidenceKeys?: MasterKeys | undefined;
}

/** A key of the log, and its text. */
type LogSigner = NoteSigner & { readonly vkey: string };

const logSigner = (origin: string, key: KeyObject): LogSigner => {
  const signer = signerOf(origin, key);
  return { ...signer, vkey: formatVkey(signer) };
};

interface State extends Frontier {
  readonly head: StoredHead;
  /** The key that signed the head, and signs the next one. */
  readonly signer: LogSigner;
  readonly dataKeys: DataKeys | undefined;
}

/**
 * Opens a log, or begins it. Throws `LedgerFault` if the store holds another origin's log or one signed by another
 * key, if its head, root and last leaves do not agree, or if a master key is missing.
 */
export async function openCommitter({ store, logKey, nextLogKey, origin, now, evidenceKeys }: CommitterOptions): Promise<Committer> {
  if (!originForm.test(origin)) throw new LedgerFault(messages.notAnOrigin(origin));
  const signers = [logKey, ...(nextLogKey === undefined ? [] : [nextLogKey])].map((key) => logSigner(origin, key));
  const read = async (): Promise<State> => ({
    ...(await readState(store, signers, now)),
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

  /** `signer`: of the head that the commit makes, where that is another one than of the head before. */
  const commit = async (entries: readonly StoreEntry[], next?: LogSigner): Promise<CommitResult> => {
    const { head, range, partials, dataKeys: before, signer: present } = await settled();
    const signer = next ?? present;
    const appended = appendToRange(range, hashLeaves(entries));
    const filled = fillTiles(partials, appended, head.size);
    const { packs, wrapped, dataKeys } = sealRecords(entries, head.size, before);
    const newHead = { size: appended.range.size, root: appended.root, edge: encodeRange(appended.range), createdAt: head.createdAt };
    let checkpoint = "";
    const seal = (): string => (checkpoint = signCheckpoint(newHead.size, newHead.root, signer));
    try {
      if (await store.commit({ expected: head, next: newHead, seal, entries, tiles: filled.tiles, packs, keys: wrapped })) {
        state = { head: { ...newHead, checkpoint }, signer, range: appended.range, partials: filled.partials, dataKeys };
        return { first: head.size, checkpoint, vkey: signer.vkey, proofs: inclusionProofs(appended, head.size) };
      }
    } catch (cause) {
      inDoubt = true;
      throw cause;
    }
    inDoubt = true;
    throw new LedgerFault(messages.headMoved);
  };

  const rotateKey = async ({ id, at, by, key }: KeyRotation): Promise<CommitResult> => {
    const { head, signer: before } = await settled();
    const after = logSigner(origin, key);
    signers.push(after);
    const checkpoint = signHandover(head.size, head.root, before, after);
    const change = { key: { before: before.vkey, after: after.vkey, checkpoint }, by };
    return commit([{ ...controlEntry(origin, { id, at, change }), id: idOctets(id)! }], after);
  };

  return {
    vkey: state.signer.vkey,
    createdAt: state.head.createdAt,
    checkpoint: state.head.checkpoint,
    commit: (entries) => commit(entries),
    rotateKey,
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

/** Reads the head and what belongs to it. Of the signers, the last one that signed it is the log's. */
async function readState(store: LedgerStore, signers: readonly LogSigner[], now: number): Promise<Omit<State, "dataKeys">> {
  const [first] = signers;
  const head = (await store.head()) ?? (await begin(store, first!, now));
  const said = parseCheckpoint(head.checkpoint);
  if (said !== undefined && said.origin !== first!.name) throw new LedgerFault(messages.anotherLog(said.origin, first!.name));
  const signer = signers.findLast((each) => verifyCheckpoint(head.checkpoint, each));
  if (signer === undefined) throw new LedgerFault(messages.anotherKey);
  const frontier = await loadFrontier(store, head.size);
  const roots = [said?.root, head.root, rangeRoot(frontier.range)];
  const agree = said?.size === head.size && roots.every((root) => root?.equals(head.root) === true);
  if (!agree || !encodeRange(frontier.range).equals(head.edge)) throw new LedgerFault(messages.headDisagrees);
  return { head, signer, ...frontier };
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
