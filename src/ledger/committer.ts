import type { KeyObject } from "node:crypto";
import { originForm, parseCheckpoint, signCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { openDataKeys, renewWraps, type DataKeys } from "./sealed/data-keys.ts";
import { emptyRange, encodeRange, appendToRange, inclusionProofs, rangeRoot } from "./compact-range.ts";
import type { RetentionBucket } from "./sealed/retention-bucket.ts";
import type { MasterKeys } from "./sealed/master-key.ts";
import type { RetainedRecord } from "./sealed/sealed-record.ts";
import { LedgerFault } from "./fault.ts";
import type { Appended, StoredLeaf, DailyUsage } from "./ledger.ts";
import { emptyRoot, hashBytes, hashLeafInto } from "./merkle.ts";
import { formatVkey, signerOf, type NoteSigner } from "./note.ts";
import { proveLeaf } from "./prove-leaf.ts";
import { readTile } from "./read-tile.ts";
import { fillTiles, loadFrontier, type Frontier } from "./frontier.ts";
import { recordSealer, openRecord, type SealedBatch } from "./sealed/seal-records.ts";
import type { LeafQuery, LedgerStore, StoredHead, StoreEntry } from "./store.ts";

/** The one that extends a log: hashes, signs, writes. It lives in the process's own thread or in another one, and is the same there. */
export interface Committer {
  readonly vkey: string;
  readonly createdAt: number;
  /** The newest head's signed note at opening; later ones come with each commit. */
  readonly checkpoint: string;
  /** Durable once the promise resolves. At least one entry, no second call before the first one has settled. When it rejects, the entries may have landed or not. */
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
  /** The inclusion proofs one after the other, each as long as RFC 9162 gives. */
  readonly proofs: Buffer;
}

export interface CommitterOptions {
  readonly store: LedgerStore;
  readonly logKey: KeyObject;
  readonly origin: string;
  /** Milliseconds: when the log begins, if it does so now. */
  readonly now: number;
  /** The master keys of the evidence; without them none is kept. */
  readonly evidenceKeys?: MasterKeys | undefined;
}

interface State extends Frontier {
  readonly head: StoredHead;
  readonly dataKeys: DataKeys | undefined;
}

/** Packs that one `sweep` deletes: some milliseconds' work. */
const purgedAtOnce = 64;

/**
 * Opens a log, or begins it. Throws `LedgerFault` when what is stored is another origin's, was signed by another key, or does not agree with
 * itself along the right edge.
 */
export async function openCommitter({ store, logKey, origin, now, evidenceKeys }: CommitterOptions): Promise<Committer> {
  if (!originForm.test(origin))
    throw new LedgerFault({
      id: `"${origin}" bukan origin log (<host>/log/<nama>)`,
      en: `"${origin}" is no log origin (<host>/log/<name>)`,
    });
  const signer = signerOf(origin, logKey);
  const read = async (): Promise<State> => ({
    ...(await readState(store, signer, now)),
    dataKeys: evidenceKeys && openDataKeys(origin, evidenceKeys, await store.buckets()),
  });
  const sealEvidence = evidenceKeys === undefined ? sealNothing : recordSealer(origin, evidenceKeys);
  let state = await read();
  if (evidenceKeys !== undefined) await renewWraps(origin, evidenceKeys, store);
  let inDoubt = false;
  let recovery: Promise<void> | undefined;

  /** After a commit of unknown fate the store alone knows where the log ends. */
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
    const { packs, wrapped, dataKeys } = sealEvidence(entries, head.size, before);
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
    throw new LedgerFault({ id: "Kepala log digeser oleh penulis lain", en: "Another writer has moved the log's head" });
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
  if (said !== undefined && said.origin !== signer.name) {
    throw new LedgerFault({
      id: `Log yang tersimpan adalah ${said.origin}, bukan ${signer.name}`,
      en: `The stored log is ${said.origin}, not ${signer.name}`,
    });
  }
  if (!verifyCheckpoint(head.checkpoint, signer)) {
    throw new LedgerFault({ id: "Kepala log ditandatangani dengan kunci lain", en: "The log's head is signed by another key" });
  }
  const side = await loadFrontier(store, head.size);
  const roots = [said?.root, head.root, rangeRoot(side.range)];
  if (said?.size !== head.size || !roots.every((root) => root?.equals(head.root) === true) || !encodeRange(side.range).equals(head.edge)) {
    throw new LedgerFault({
      id: "Kepala log, akar, dan daun yang tersimpan tidak cocok",
      en: "The stored head, root and leaves of the log do not agree",
    });
  }
  return { head, ...side };
}

async function begin(store: LedgerStore, signer: NoteSigner, createdAt: number): Promise<StoredHead> {
  const next = { size: 0, root: emptyRoot, edge: encodeRange(emptyRange), createdAt };
  let checkpoint = "";
  const seal = (): string => (checkpoint = signCheckpoint(0, emptyRoot, signer));
  if (await store.commit({ expected: undefined, next, seal, entries: [], tiles: [], packs: [], keys: [] })) return { ...next, checkpoint };
  throw new LedgerFault({ id: "Log sedang dimulai oleh proses lain", en: "Another process is beginning this log" });
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
