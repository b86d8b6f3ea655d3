import { LedgerFault } from "./fault.ts";
import { originForm, parseCheckpoint, signCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { emptyEdge, encodeEdge, grow, inclusionProofs, rootOf } from "./edge.ts";
import { emptyRoot, hashBytes, hashLeafInto } from "./merkle.ts";
import { formatVkey, signerOf, type Signer } from "./note.ts";
import { proveInclusion } from "./proofs.ts";
import { fillTiles, readRightSide, type RightSide } from "./right-side.ts";
import { encodeBundle, publishedAt, tileWidth } from "./tiles.ts";
import type { KeyObject } from "node:crypto";
import type { Appended, StoredLeaf, Usage } from "./ledger.ts";
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
}

interface State extends RightSide {
  readonly head: StoredHead;
}

/**
 * Opens a log, or begins it. Throws `LedgerFault` when what is stored is another origin's, was signed by another key, or does not agree with
 * itself along the right edge.
 */
export async function openCommitter({ store, logKey, origin, now }: CommitterOptions): Promise<Committer> {
  if (!originForm.test(origin)) throw new LedgerFault({ id: `"${origin}" bukan origin log (<host>/log/<nama>)`, en: `"${origin}" is no log origin (<host>/log/<name>)` });
  const signer = signerOf(origin, logKey);
  let state = await readState(store, signer, now);
  let inDoubt = false;
  let recovery: Promise<void> | undefined;

  /** After a commit of unknown fate the store alone knows where the log ends. */
  const settled = async (): Promise<State> => {
    if (inDoubt) await (recovery ??= recover().finally(() => (recovery = undefined)));
    return state;
  };
  const recover = async (): Promise<void> => {
    state = await readState(store, signer, now);
    inDoubt = false;
  };

  const commit = async (entries: readonly StoreEntry[]): Promise<Committed> => {
    const { head, edge, partials } = await settled();
    const grown = grow(edge, hashLeaves(entries));
    const filled = fillTiles(partials, grown, head.size);
    const next = { size: grown.edge.size, root: grown.root, edge: encodeEdge(grown.edge), createdAt: head.createdAt };
    let checkpoint = "";
    const seal = (): string => (checkpoint = signCheckpoint(next.size, next.root, signer));
    try {
      if (await store.commit({ expected: head, next, seal, entries, tiles: filled.tiles })) {
        state = { head: { ...next, checkpoint }, edge: grown.edge, partials: filled.partials };
        return { first: head.size, checkpoint, proofs: inclusionProofs(grown, head.size) };
      }
    } catch (cause) {
      inDoubt = true;
      throw cause;
    }
    inDoubt = true;
    throw new LedgerFault({ id: "Kepala log digeser oleh penulis lain", en: "Another writer has moved the log's head" });
  };

  const tile = async (level: number | "entries", n: number, width: number, { head, partials }: State): Promise<Buffer | undefined> => {
    const begin = n * tileWidth;
    if (width < 1 || width > tileWidth || begin + width > publishedAt(head.size, level)) return undefined;
    if (level === "entries") return readBundle(store, begin, begin + width);
    const isFull = begin + tileWidth <= publishedAt(head.size, level);
    const hashes = isFull ? await store.tile(level, n) : partials[level];
    return hashes === undefined ? undefined : Buffer.from(hashes.subarray(0, width * hashBytes));
  };

  return {
    vkey: formatVkey(signer),
    createdAt: state.head.createdAt,
    checkpoint: state.head.checkpoint,
    commit,
    async prove(index) {
      const now = await settled();
      if (!(index >= 0 && index < now.head.size)) throw new RangeError(`the log has no leaf ${index}`);
      const proof = await proveInclusion((level, n, width) => tile(level, n, width, now), index, now.head.size);
      return { index, proof, checkpoint: now.head.checkpoint };
    },
    leaves: (query) => store.leaves(query),
    usage: (day) => store.usage(day),
    tile: async (level, n, width) => tile(level, n, width, await settled()),
    close: () => store.close(),
  };
}

async function readState(store: LedgerStore, signer: Signer, now: number): Promise<State> {
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
  if (await store.commit({ expected: undefined, next, seal, entries: [], tiles: [] })) return { ...next, checkpoint };
  throw new LedgerFault({ id: "Log sedang dimulai oleh proses lain", en: "Another process is beginning this log" });
}

function hashLeaves(entries: readonly StoreEntry[]): Buffer {
  const hashes = Buffer.allocUnsafe(entries.length * hashBytes);
  entries.forEach(({ leaf }, i) => hashLeafInto(leaf, hashes, i * hashBytes));
  return hashes;
}

/** A bundle ends before the first leaf that is missing: an auditor then sees where. */
export async function readBundle(store: Pick<LedgerStore, "leaves">, begin: number, end: number): Promise<Buffer> {
  const rows = await store.leaves({ by: "index", begin, end });
  const gap = rows.findIndex(({ index }, i) => index !== begin + i);
  return encodeBundle(rows.slice(0, gap < 0 ? rows.length : gap).map(({ leaf }) => leaf));
}
