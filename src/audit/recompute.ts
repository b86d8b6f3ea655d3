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
import type { Handover } from "../ledger/handover.ts";
import { checkRotations } from "./rotations.ts";
import type { PublishedLog } from "../ledger/readable-log.ts";
import { messages } from "./messages.ts";

export interface AuditOptions {
  /** The log's verifier key, pinned. Without it a consistent log may still be another operator's. */
  readonly vkey?: string;
  /** Called after each 256 leaves with the number of leaves recomputed, and the size of the log. */
  readonly progress?: (leaves: number, size: number) => void;
  /** Sizes for which `onRoot` is called with the root, as far as the tree reaches: each once, ascending. */
  readonly sizes?: readonly number[];
  readonly onRoot?: (size: number, root: Buffer) => void;
  /** Called with every leaf in order: as read (`undefined` if it cannot be) and its bytes. */
  readonly onLeaf?: (index: number, leaf: Leaf | undefined, bytes: Buffer) => void;
}

export interface AuditReport {
  readonly origin: string | undefined;
  readonly size: number;
  /** Leaves by type. */
  readonly counts: Readonly<Record<string, number>>;
  /** What is wrong, and where; none for a sound log. After a hundred findings the audit stops. */
  readonly findings: readonly AuditFinding[];
  /** Whether the head's signature was checked: `false` without a vkey. */
  readonly signatureChecked: boolean;
  /** Indices of intents without an outcome: in flight, or of a process that died. */
  readonly openIntents: readonly number[];
  /** The head that was audited, a signed note. */
  readonly checkpoint: string;
  /** The handovers of the log's key that its leaves record, as far as they are sound. */
  readonly handovers: readonly Handover[];
  /** How many leaves were recomputed: `size`, unless a leaf is missing or the audit stopped. */
  readonly recomputed: number;
}

const enough = 100;

/**
 * Recomputes a whole log and reports every difference: each leaf from its hash in the published tiles, each published
 * tile, the root and signature of the head, and the leaves among each other (`checkLeafSequence`). Rejects only if the
 * log cannot be read at all.
 */
export async function auditLog(log: PublishedLog, { vkey, progress, sizes = [], onRoot, onLeaf }: AuditOptions = {}): Promise<AuditReport> {
  const findings: AuditFinding[] = [];
  const report: AuditReporter = (place, text) => findings.push({ place, text });
  /** Whether leaves and tiles agree so far. Only then can a wrong root be attributed to the last leaves or the checkpoint. */
  let agree = true;
  const reportTree: AuditReporter = (...finding) => {
    agree = false;
    report(...finding);
  };
  const checkpoint = await log.checkpoint();
  const head = parseCheckpoint(checkpoint);
  if (head === undefined) report("checkpoint", messages.checkpointUnreadable);
  if (head !== undefined && vkey !== undefined) {
    const verifier = parseVkey(vkey);
    if (verifier === undefined || !verifyCheckpoint(checkpoint, verifier)) {
      report("checkpoint", messages.notSigned);
    }
  }

  const { size, root, origin } = head ?? { size: 0, root: emptyRoot, origin: undefined };
  const sequence = checkLeafSequence(origin ?? "", report);
  let range: CompactRange = emptyRange;
  let computed: Buffer = emptyRoot;
  let partials: Buffer[] = [];
  let known = 0;
  const rotations = checkRotations(origin ?? "", report);
  if (sizes[0] === 0) onRoot?.(sizes[known++]!, emptyRoot);
  for (const bundle of tilesOf(size, "entries")) {
    const first = bundle.n * tileWidth;
    const end = first + bundle.width;
    const leaves = decodeEntryBundle((await log.tile("entries", bundle.n, bundle.width)) ?? Buffer.alloc(0)).slice(0, bundle.width);
    const hashes = Buffer.allocUnsafe(leaves.length * hashBytes);
    leaves.forEach((leaf, i) => hashLeafInto(leaf, hashes, i * hashBytes));
    const whole = leaves.length === bundle.width;
    if (!whole) reportTree({ leaf: first + leaves.length }, messages.leafMissing(first + leaves.length));
    await checkTile(log, { level: 0, n: bundle.n, width: bundle.width }, hashes, reportTree);
    if (!whole || findings.length >= enough) break;

    leaves.forEach((bytes, i) => {
      const leaf = readLeaf(bytes);
      sequence.add(first + i, leaf);
      rotations.leaf(first + i, leaf);
      onLeaf?.(first + i, leaf, bytes);
    });
    rotations.root(range.size, computed);
    while (range.size < end) {
      const step = Math.min(sizes[known] ?? end, rotations.nextSize(range.size) ?? end, end);
      const appended = appendToRange(range, hashes.subarray((range.size - first) * hashBytes, (step - first) * hashBytes));
      const filled = fillTiles(partials, appended, range.size);
      ({ range, root: computed } = appended);
      partials = filled.partials;
      for (const { level, n, hashes: full } of filled.tiles)
        if (level > 0) await checkTile(log, { level, n, width: tileWidth }, full, reportTree);
      if (step === sizes[known]) onRoot?.(sizes[known++]!, computed);
      rotations.root(step, computed);
    }
    progress?.(range.size, size);
  }
  if (range.size === size && agree) await checkRightEdge(log, size, partials, reportTree);
  if (range.size === size && agree && !computed.equals(root)) reportRoot(size, report);
  return {
    origin,
    size,
    counts: sequence.counts,
    findings,
    signatureChecked: vkey !== undefined,
    openIntents: sequence.openIntents(),
    checkpoint,
    handovers: rotations.sound(),
    recomputed: range.size,
  };
}

/** Compares the partial tiles above level 0, if they are published. */
async function checkRightEdge(log: PublishedLog, size: number, partials: readonly Buffer[], report: AuditReporter): Promise<void> {
  for (let level = 1; publishedAt(size, level) > 0; level++) {
    const count = publishedAt(size, level);
    const width = count % tileWidth;
    if (width > 0)
      await checkTile(log, { level, n: Math.floor(count / tileWidth), width }, partials[level]!.subarray(0, width * hashBytes), report);
  }
}

/** If leaves and full tiles agree, either a leaf after the last full tile was changed or the checkpoint. */
function reportRoot(size: number, report: AuditReporter): void {
  const [first, last] = [size - (size % tileWidth), size - 1];
  if (first > last) report("checkpoint", messages.rootWrong);
  else report({ leaf: first, last }, messages.leavesOrCheckpointChanged(first, last));
}

/** Compares a published tile with `hashes`, which are fewer if leaves are missing. A data directory publishes no partial tile. */
async function checkTile(
  log: PublishedLog,
  { level, n, width }: TileName & { readonly level: number },
  hashes: Buffer,
  report: AuditReporter,
): Promise<void> {
  const published = await log.tile(level, n, width);
  if (published === undefined && width < tileWidth) return;
  if (published?.length !== width * hashBytes) {
    report({ level, tile: n }, messages.tileMissing(level, n));
    return;
  }
  if (published.compare(hashes, 0, hashes.length, 0, hashes.length) === 0) return;
  const wrong: number[] = [];
  for (let at = 0; at < hashes.length; at += hashBytes) {
    if (published.compare(hashes, at, at + hashBytes, at, at + hashBytes) !== 0) wrong.push(at / hashBytes);
  }
  // If every hash is wrong, the tile was changed rather than all of its leaves.
  if (level > 0 || wrong.length === width) {
    report({ level, tile: n }, messages.tileWrong(level, n, wrong[0]!));
    return;
  }
  for (const leaf of wrong.map((i) => n * tileWidth + i)) report({ leaf }, messages.leafNotInTile(leaf, n));
}
