import type { KeyObject } from "node:crypto";
import { originForm, parseCheckpoint, signCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { openDataKeys, renewWraps, type DataKeys } from "./sealed/data-keys.ts";
import { emptyEdge, encodeEdge, grow, inclusionProofs, rootOf } from "./edge.ts";
import type { EvidenceBucket } from "./sealed/evidence-bucket.ts";
import type { EvidenceKeys } from "./sealed/evidence-key.ts";
import type { KeptEvidence } from "./sealed/evidence.ts";
import { LedgerFault } from "./fault.ts";
import type { Appended, StoredLeaf, Usage } from "./ledger.ts";
import { emptyRoot, hashBytes, hashLeafInto } from "./merkle.ts";
import { formatVkey, signerOf, type Signer } from "./note.ts";
import { proveLeaf } from "./prove-leaf.ts";
import { readTile } from "./read-tile.ts";
import { fillTiles, readRightSide, type RightSide } from "./right-side.ts";
import { evidenceSealer, openEvidence, type SealedEvidence } from "./sealed/seal-evidence.ts";
import type { LeafQuery, LedgerStore, StoredHead, StoreEntry } from "./store.ts";

/** The one that extends a log: hashes, signs, writes. It lives in the process's own thread or in another one, and is the same there. */
export interface Committer {
  readonly vkey: string;
  readonly createdAt: number;
  /** The newest head's signed note at opening; later ones come with each commit. */
  readonly checkpoint: string;
  /** Durable once the promise resolves. At least one entry, no second call before the first one has settled. When it rejects, the entries may have landed or not. */
  commit(entries: readonly StoreEntry[]): Promise<Committed>;
  prove(index: number): Promise<Appended>;
  leaves(query: LeafQuery): Promise<readonly StoredLeaf[]>;
  usage(day: string): Promise<readonly Usage[]>;
  evidence(index: number): Promise<KeptEvidence | undefined>;
  buckets(): Promise<readonly EvidenceBucket[]>;
  sweep(): Promise<number>;
  tile(level: number | "entries", n: number, width: number): Promise<Buffer | undefined>;
  close(): Promise<void>;
}

export interface Committed {
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
  readonly evidenceKeys?: EvidenceKeys | undefined;
}

interface State extends RightSide {
  readonly head: StoredHead;
  readonly dataKeys: DataKeys | undefined;
}

/** Packs that one `sweep` deletes: some milliseconds' work. */
const sweptAtOnce = 64;

/**
 * Opens a log, or begins it. Throws `LedgerFault` when what is stored is another origin's, was signed by another key, or does not agree with
 * itself along the right edge.
 */
export async function openCommitter({ store, logKey, origin, now, evidenceKeys }: CommitterOptions): Promise<Committer> {
  if (!originForm.test(origin)) throw new LedgerFault({ id: `"${origin}" bukan origin log (<host>/log/<nama>)`, en: `"${origin}" is no log origin (<host>/log/<name>)` });
  const signer = signerOf(origin, logKey);
  const read = async (): Promise<State> => ({
    ...(await readState(store, signer, now)),
    dataKeys: evidenceKeys && openDataKeys(origin, evidenceKeys, await store.buckets()),
  });
  const sealEvidence = evidenceKeys === undefined ? noEvidence : evidenceSealer(origin, evidenceKeys);
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

  const commit = async (entries: readonly StoreEntry[]): Promise<Committed> => {
    const { head, edge, partials, dataKeys: before } = await settled();
    const grown = grow(edge, hashLeaves(entries));
    const filled = fillTiles(partials, grown, head.size);
    const { packs, wrapped, dataKeys } = sealEvidence(entries, head.size, before);
    const next = { size: grown.edge.size, root: grown.root, edge: encodeEdge(grown.edge), createdAt: head.createdAt };
    let checkpoint = "";
    const seal = (): string => (checkpoint = signCheckpoint(next.size, next.root, signer));
    try {
      if (await store.commit({ expected: head, next, seal, entries, tiles: filled.tiles, packs, keys: wrapped })) {
        state = { head: { ...next, checkpoint }, edge: grown.edge, partials: filled.partials, dataKeys };
        return { first: head.size, checkpoint, proofs: inclusionProofs(grown, head.size) };
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
    async evidence(index) {
      const { dataKeys } = await settled();
      const pack = await store.pack(index);
      return pack && openEvidence(origin, dataKeys, pack, index);
    },
    buckets: async () => (await store.buckets()).map(({ bucket, from, to }) => ({ bucket, leaves: { from, to } })),
    sweep: () => store.sweep(sweptAtOnce),
    tile: async (level, n, width) => readTile(store, await settled(), level, n, width),
    close: () => store.close(),
  };
}

async function readState(store: LedgerStore, signer: Signer, now: number): Promise<Omit<State, "dataKeys">> {
  const head = (await store.head()) ?? (await begin(store, signer, now));
  const said = parseCheckpoint(head.checkpoint);
  if (said !== undefined && said.origin !== signer.name) {
    throw new LedgerFault({ id: `Log yang tersimpan adalah ${said.origin}, bukan ${signer.name}`, en: `The stored log is ${said.origin}, not ${signer.name}` });
  }
  if (!verifyCheckpoint(head.checkpoint, signer)) {
    throw new LedgerFault({ id: "Kepala log ditandatangani dengan kunci lain", en: "The log's head is signed by another key" });
  }
  const side = await readRightSide(store, head.size);
  const roots = [said?.root, head.root, rootOf(side.edge)];
  if (said?.size !== head.size || !roots.every((root) => root?.equals(head.root) === true) || !encodeEdge(side.edge).equals(head.edge)) {
    throw new LedgerFault({ id: "Kepala log, akar, dan daun yang tersimpan tidak cocok", en: "The stored head, root and leaves of the log do not agree" });
  }
  return { head, ...side };
}

async function begin(store: LedgerStore, signer: Signer, createdAt: number): Promise<StoredHead> {
  const next = { size: 0, root: emptyRoot, edge: encodeEdge(emptyEdge), createdAt };
  let checkpoint = "";
  const seal = (): string => (checkpoint = signCheckpoint(0, emptyRoot, signer));
  if (await store.commit({ expected: undefined, next, seal, entries: [], tiles: [], packs: [], keys: [] })) return { ...next, checkpoint };
  throw new LedgerFault({ id: "Log sedang dimulai oleh proses lain", en: "Another process is beginning this log" });
}

const noEvidence = (_entries: readonly StoreEntry[], _first: number, dataKeys: DataKeys | undefined): SealedEvidence => ({ packs: [], wrapped: [], dataKeys });

function hashLeaves(entries: readonly StoreEntry[]): Buffer {
  const hashes = Buffer.allocUnsafe(entries.length * hashBytes);
  entries.forEach(({ leaf }, i) => hashLeafInto(leaf, hashes, i * hashBytes));
  return hashes;
}
