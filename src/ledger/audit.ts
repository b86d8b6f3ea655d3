import type { Text } from "../base/text.ts";
import { parseCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { emptyEdge, grow, type Edge } from "./edge.ts";
import { readLeaf, type Leaf } from "./leaf.ts";
import { emptyRoot, hashBytes, hashLeafInto, treeRoot } from "./merkle.ts";
import { parseVkey } from "./note.ts";
import { decodeBundle, tileBytes, tilesOf, tileWidth, type TileReader } from "./tiles.ts";

/** A log as anybody may read it: over HTTP, from a data directory, or from the ledger itself. */
export interface PublishedLog {
  checkpoint(): Promise<string>;
  readonly tile: TileReader;
}

export interface AuditOptions {
  /** The log's verifier key, pinned. Without it the log may be consistent and yet another one's. */
  readonly vkey?: string;
  /** Called now and then with the number of leaves read. */
  readonly progress?: (leaves: number) => void;
}

export interface AuditReport {
  readonly origin: string | undefined;
  readonly size: number;
  /** Leaves by type. */
  readonly counts: Readonly<Record<string, number>>;
  /** What is wrong, and where. A log is sound when there is nothing; after a hundred findings the audit looks no further. */
  readonly findings: readonly AuditFinding[];
  /** Whether the head's signature was checked: `false` without a vkey. */
  readonly signatureChecked: boolean;
  /** Indices of intents without an outcome: exchanges in flight, or left behind by a process that died. */
  readonly openIntents: readonly number[];
}

export interface AuditFinding {
  /** A leaf, or one of those from `leaf` to `last`; a tile; the checkpoint. */
  readonly place: { readonly leaf: number; readonly last?: number } | { readonly level: number; readonly tile: number } | "checkpoint";
  readonly text: Text;
}

type Report = (place: AuditFinding["place"], id: string, en: string) => void;
const enough = 100;

/**
 * Recomputes a whole log: every leaf against its hash in the published tiles, every published tile, the head's root and signature,
 * and what the leaves say of this log and of each other.
 */
export async function auditLog(log: PublishedLog, { vkey, progress }: AuditOptions = {}): Promise<AuditReport> {
  const findings: AuditFinding[] = [];
  const report: Report = (place, id, en) => findings.push({ place, text: { id, en } });
  const note = await log.checkpoint();
  const head = parseCheckpoint(note);
  if (head === undefined) report("checkpoint", "Titik periksa tidak terbaca", "The checkpoint cannot be read");
  if (head !== undefined && vkey !== undefined) {
    const verifier = parseVkey(vkey);
    if (verifier === undefined || !verifyCheckpoint(note, verifier)) {
      report("checkpoint", "Titik periksa tidak ditandatangani dengan kunci log", "The checkpoint is not signed by the log's key");
    }
  }

  const { size, root, origin } = head ?? { size: 0, root: emptyRoot, origin: undefined };
  const story = readStory(origin ?? "", report);
  let edge: Edge = emptyEdge;
  let computed: Buffer = emptyRoot;
  const above: Buffer[] = [];
  for (const { n, width } of tilesOf(size, "entries")) {
    const first = n * tileWidth;
    const leaves = decodeBundle((await log.tile("entries", n, width)) ?? Buffer.alloc(0)).slice(0, width);
    if (leaves.length < width) {
      report({ leaf: first + leaves.length }, `Daun ${first + leaves.length} tidak ada`, `Leaf ${first + leaves.length} is missing`);
    }
    const hashes = Buffer.alloc(width * hashBytes);
    leaves.forEach((leaf, i) => hashLeafInto(leaf, hashes, i * hashBytes));
    await checkTiles(log, { n, width }, hashes, leaves.length, above, report);
    if (leaves.length < width || findings.length >= enough) break;
    leaves.forEach((leaf, i) => story.tell(first + i, leaf));
    ({ edge, root: computed } = grow(edge, hashes));
    progress?.(edge.size);
  }
  if (edge.size === size && !computed.equals(root) && findings.length === 0) reportRoot(size, report);
  return { origin, size, counts: story.counts, findings, signatureChecked: vkey !== undefined, openIntents: story.openIntents() };
}

/** Where leaves and full tiles agree, only the leaves after the last full tile are left to be at fault, or the checkpoint. */
function reportRoot(size: number, report: Report): void {
  const [first, last] = [size - (size % tileWidth), size - 1];
  if (first > last) report("checkpoint", "Akar titik periksa bukan akar daun-daun ini", "The checkpoint's root is not the root of these leaves");
  else report({ leaf: first, last }, `Salah satu daun ${first}–${last} diubah, atau titik periksa`, `One of the leaves ${first} to ${last} was changed, or the checkpoint`);
}

/**
 * Checks the tile over a bundle, and each tile above that it completes. `above[level]` gathers the heads of the tiles of the level below.
 */
async function checkTiles(log: PublishedLog, bundle: { n: number; width: number }, hashes: Buffer, known: number, above: Buffer[], report: Report): Promise<void> {
  await checkTile(log, { level: 0, ...bundle }, hashes, known, report);
  if (bundle.width < tileWidth) return;
  for (let level = 1, below = hashes, n = bundle.n; ; level++) {
    const filling = (above[level] ??= Buffer.alloc(tileBytes));
    treeRoot(below).copy(filling, (n % tileWidth) * hashBytes);
    if (n % tileWidth !== tileWidth - 1) return;
    n = Math.floor(n / tileWidth);
    await checkTile(log, { level, n, width: tileWidth }, filling, tileWidth, report);
    below = filling;
  }
}

/** `known` hashes are compared: the leaves that are there. A partial tile need not be published: a data directory has none. */
async function checkTile(log: PublishedLog, { level, n, width }: { level: number; n: number; width: number }, hashes: Buffer, known: number, report: Report): Promise<void> {
  const published = await log.tile(level, n, width);
  if (published === undefined && width < tileWidth) return;
  if (published?.length !== width * hashBytes) {
    report({ level, tile: n }, `Ubin ${level}/${n} tidak ada`, `Tile ${level}/${n} is missing`);
    return;
  }
  const wrong: number[] = [];
  for (let at = 0; at < known * hashBytes; at += hashBytes) {
    if (published.compare(hashes, at, at + hashBytes, at, at + hashBytes) !== 0) wrong.push(at / hashBytes);
  }
  // Where not one hash is right, it is the tile that was changed and not all of its leaves.
  if (wrong.length > 0 && (level > 0 || wrong.length === width)) {
    report({ level, tile: n }, `Ubin ${level}/${n} salah, mulai posisi ${wrong[0]}`, `Tile ${level}/${n} is wrong, from position ${wrong[0]} on`);
    return;
  }
  for (const leaf of wrong.map((i) => n * tileWidth + i)) report({ leaf }, `Daun ${leaf} bukan yang tercatat di ubin 0/${n}`, `Leaf ${leaf} is not the one recorded in tile 0/${n}`);
}

/** What the leaves say, one after the other: each readable and of this log, each outcome pointing to its own intent. */
function readStory(origin: string, report: Report): { tell(index: number, bytes: Buffer): void; openIntents(): number[]; readonly counts: Record<string, number> } {
  const open = new Map<string, number>();
  const counts: Record<string, number> = {};

  const close = (index: number, leaf: Leaf): void => {
    const intent = "intent" in leaf ? leaf.intent : undefined;
    const opened = open.get(leaf.id);
    open.delete(leaf.id);
    // An intent of another log was closed by the one who took that log over; it is audited there.
    if (intent !== undefined && intent.log !== origin) return;
    if (intent?.index === opened) return;
    report({ leaf: index }, `Daun ${index} tidak menunjuk niat miliknya sendiri`, `Leaf ${index} does not point to its own intent`);
  };

  return {
    counts,
    openIntents: () => [...open.values()],
    tell(index, bytes) {
      const leaf = readLeaf(bytes);
      if (leaf === undefined) {
        report({ leaf: index }, `Daun ${index} tidak terbaca`, `Leaf ${index} cannot be read`);
        return;
      }
      counts[leaf.type] = (counts[leaf.type] ?? 0) + 1;
      if (leaf.log !== origin) report({ leaf: index }, `Daun ${index} milik log lain`, `Leaf ${index} belongs to another log`);
      if (leaf.type === "outcome") close(index, leaf);
      if (leaf.type !== "intent") return;
      if (open.has(leaf.id)) report({ leaf: index }, `Daun ${index} mengulang niat yang masih terbuka`, `Leaf ${index} repeats an intent that is still open`);
      open.set(leaf.id, index);
    },
  };
}
