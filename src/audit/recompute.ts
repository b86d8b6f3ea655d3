import type { AuditFinding, AuditReporter } from "./finding.ts";
import { checkLeafSequence } from "./leaf-sequence.ts";
import { parseCheckpoint, verifyCheckpoint } from "../ledger/checkpoint.ts";
import { emptyRange, appendToRange, type CompactRange } from "../ledger/compact-range.ts";
import type { Leaf } from "../ledger/leaf.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { emptyRoot, hashBytes, hashLeafInto } from "../ledger/merkle.ts";
import { parseVkey } from "../ledger/note.ts";
import { fillTiles } from "../ledger/frontier.ts";
import { decodeEntryBundle, publishedAt, tilesOf, tileWidth, type TileName } from "../ledger/tiles.ts";
import type { PublishedLog } from "../ledger/readable-log.ts";

export interface AuditOptions {
  /** The log's verifier key, pinned. Without it the log may be consistent and yet another one's. */
  readonly vkey?: string;
  /** Called now and then with the number of leaves read, of so many. */
  readonly progress?: (leaves: number, size: number) => void;
  /** Sizes that the tree once had, each once, ascending: `onRoot` is told the root at each that it reaches. */
  readonly sizes?: readonly number[];
  readonly onRoot?: (size: number, root: Buffer) => void;
  /** Told every leaf in its order, as read (`undefined` if it cannot be) and as it stands. */
  readonly onLeaf?: (index: number, leaf: Leaf | undefined, bytes: Buffer) => void;
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
  /** The head that was audited, a signed note. */
  readonly checkpoint: string;
  /** How many leaves were recomputed: `size`, unless a leaf is missing or there was too much to find. */
  readonly recomputed: number;
}

const enough = 100;

/**
 * Recomputes a whole log: every leaf against its hash in the published tiles, every published tile, the head's root and signature,
 * and what the leaves say of this log and of each other.
 */
export async function auditLog(log: PublishedLog, { vkey, progress, sizes = [], onRoot, onLeaf }: AuditOptions = {}): Promise<AuditReport> {
  const findings: AuditFinding[] = [];
  const report: AuditReporter = (place, id, en) => findings.push({ place, text: { id, en } });
  /** Whether leaves and tiles agree as far as they were read: what the leaves say of each other does not matter to it. */
  let agree = true;
  const reportTree: AuditReporter = (...finding) => {
    agree = false;
    report(...finding);
  };
  const checkpoint = await log.checkpoint();
  const head = parseCheckpoint(checkpoint);
  if (head === undefined) report("checkpoint", "Titik periksa tidak terbaca", "The checkpoint cannot be read");
  if (head !== undefined && vkey !== undefined) {
    const verifier = parseVkey(vkey);
    if (verifier === undefined || !verifyCheckpoint(checkpoint, verifier)) {
      report("checkpoint", "Titik periksa tidak ditandatangani dengan kunci log", "The checkpoint is not signed by the log's key");
    }
  }

  const { size, root, origin } = head ?? { size: 0, root: emptyRoot, origin: undefined };
  const story = checkLeafSequence(origin ?? "", report);
  let range: CompactRange = emptyRange;
  let computed: Buffer = emptyRoot;
  let partials: Buffer[] = [];
  let known = 0;
  if (sizes[0] === 0) onRoot?.(sizes[known++]!, emptyRoot);
  for (const bundle of tilesOf(size, "entries")) {
    const first = bundle.n * tileWidth;
    const end = first + bundle.width;
    const leaves = decodeEntryBundle((await log.tile("entries", bundle.n, bundle.width)) ?? Buffer.alloc(0)).slice(0, bundle.width);
    const hashes = Buffer.allocUnsafe(leaves.length * hashBytes);
    leaves.forEach((leaf, i) => hashLeafInto(leaf, hashes, i * hashBytes));
    const whole = leaves.length === bundle.width;
    if (!whole)
      reportTree({ leaf: first + leaves.length }, `Daun ${first + leaves.length} tidak ada`, `Leaf ${first + leaves.length} is missing`);
    await checkTile(log, { level: 0, n: bundle.n, width: bundle.width }, hashes, reportTree);
    if (!whole || findings.length >= enough) break;

    leaves.forEach((bytes, i) => {
      const leaf = readLeaf(bytes);
      story.add(first + i, leaf);
      onLeaf?.(first + i, leaf, bytes);
    });
    while (range.size < end) {
      const step = Math.min(sizes[known] ?? end, end);
      const appended = appendToRange(range, hashes.subarray((range.size - first) * hashBytes, (step - first) * hashBytes));
      const filled = fillTiles(partials, appended, range.size);
      ({ range, root: computed } = appended);
      partials = filled.partials;
      for (const { level, n, hashes: full } of filled.tiles)
        if (level > 0) await checkTile(log, { level, n, width: tileWidth }, full, reportTree);
      if (step === sizes[known]) onRoot?.(sizes[known++]!, computed);
    }
    progress?.(range.size, size);
  }
  if (range.size === size && agree) await checkRightEdge(log, size, partials, reportTree);
  if (range.size === size && agree && !computed.equals(root)) reportRoot(size, report);
  return {
    origin,
    size,
    counts: story.counts,
    findings,
    signatureChecked: vkey !== undefined,
    openIntents: story.openIntents(),
    checkpoint,
    recomputed: range.size,
  };
}

/** The partial tiles above level 0, where they are published. */
async function checkRightEdge(log: PublishedLog, size: number, partials: readonly Buffer[], report: AuditReporter): Promise<void> {
  for (let level = 1; publishedAt(size, level) > 0; level++) {
    const count = publishedAt(size, level);
    const width = count % tileWidth;
    if (width > 0)
      await checkTile(log, { level, n: Math.floor(count / tileWidth), width }, partials[level]!.subarray(0, width * hashBytes), report);
  }
}

/** Where leaves and full tiles agree, only the leaves after the last full tile are left to be at fault, or the checkpoint. */
function reportRoot(size: number, report: AuditReporter): void {
  const [first, last] = [size - (size % tileWidth), size - 1];
  if (first > last)
    report("checkpoint", "Akar titik periksa bukan akar daun-daun ini", "The checkpoint's root is not the root of these leaves");
  else
    report(
      { leaf: first, last },
      `Salah satu daun ${first}–${last} diubah, atau titik periksa`,
      `One of the leaves ${first} to ${last} was changed, or the checkpoint`,
    );
}

/** `hashes` are compared, of the leaves that are there. A partial tile need not be published: a data directory has none. */
async function checkTile(
  log: PublishedLog,
  { level, n, width }: TileName & { readonly level: number },
  hashes: Buffer,
  report: AuditReporter,
): Promise<void> {
  const published = await log.tile(level, n, width);
  if (published === undefined && width < tileWidth) return;
  if (published?.length !== width * hashBytes) {
    report({ level, tile: n }, `Ubin ${level}/${n} tidak ada`, `Tile ${level}/${n} is missing`);
    return;
  }
  if (published.compare(hashes, 0, hashes.length, 0, hashes.length) === 0) return;
  const wrong: number[] = [];
  for (let at = 0; at < hashes.length; at += hashBytes) {
    if (published.compare(hashes, at, at + hashBytes, at, at + hashBytes) !== 0) wrong.push(at / hashBytes);
  }
  // Where not one hash is right, it is the tile that was changed and not all of its leaves.
  if (level > 0 || wrong.length === width) {
    report(
      { level, tile: n },
      `Ubin ${level}/${n} salah, mulai posisi ${wrong[0]}`,
      `Tile ${level}/${n} is wrong, from position ${wrong[0]} on`,
    );
    return;
  }
  for (const leaf of wrong.map((i) => n * tileWidth + i))
    report({ leaf }, `Daun ${leaf} bukan yang tercatat di ubin 0/${n}`, `Leaf ${leaf} is not the one recorded in tile 0/${n}`);
}
