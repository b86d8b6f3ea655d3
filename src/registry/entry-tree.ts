import { emptyRoot, hashBytes, hashChildrenInto, nodesAt, siblingOf } from "../ledger/merkle.ts";

/**
 * The RFC 9162 tree under `basis.registry` with all its nodes, so that a change costs what it touches. Immutable: trees
 * share the pages that are the same.
 */
export interface EntryTree {
  readonly size: number;
  /** The hashes of the leaves, then each level above, up to the root. */
  readonly levels: readonly Level[];
}

/** The hashes of a level by pages; the last page is as long as it is filled. */
type Level = readonly Buffer[];

/** Nodes of a page. Even, so that two siblings are on the same page. */
const pageNodes = 512;
/** Nodes between two readings of the clock: about 60 µs. */
const nodesAPiece = 64;

export const emptyTree: EntryTree = { size: 0, levels: [] };

/** The hash of a leaf. */
export const leafHashAt = ({ levels }: EntryTree, index: number): Buffer => nodeAt(levels[0]!, index);

export const rootHashOf = ({ levels }: EntryTree): Buffer => (levels.length === 0 ? emptyRoot : nodeAt(levels.at(-1)!, 0));

/** The RFC 9162 inclusion proof of a leaf, 32·k bytes. */
export function proofOf({ size, levels }: EntryTree, index: number): Buffer {
  const hashes: Buffer[] = [];
  for (let level = 0, at = index; nodesAt(size, level) > 1; level++, at = Math.floor(at / 2)) {
    const sibling = siblingOf(at);
    if (sibling < nodesAt(size, level)) hashes.push(nodeAt(levels[level]!, sibling));
  }
  return Buffer.concat(hashes);
}

/** The tree over these leaf hashes, which are concatenated in `hashes`. */
export function treeOver(hashes: Buffer, yieldIfDue: () => Promise<void>): Promise<EntryTree> {
  const edits = Array.from({ length: hashes.length / hashBytes }, (_, index): LeafEdit => ({ index, inserted: true }));
  return editTree(emptyTree, edits, hashes, yieldIfDue);
}

/** A leaf that replaces another, or is inserted. */
export interface LeafEdit {
  /** Its index in the resulting tree. */
  readonly index: number;
  readonly inserted: boolean;
}

/**
 * The tree after these edits, given in the order of their indices with the hashes of their leaves concatenated. A
 * replaced leaf costs the nodes above it; an inserted one moves those to its right, whose nodes are computed again.
 * `yieldIfDue` is awaited in between.
 */
export async function editTree(
  tree: EntryTree,
  edits: readonly LeafEdit[],
  hashes: Buffer,
  yieldIfDue: () => Promise<void>,
): Promise<EntryTree> {
  if (edits.length === 0) return tree;
  const size = tree.size + edits.filter(({ inserted }) => inserted).length;
  let movedFrom = edits.find(({ inserted }) => inserted)?.index ?? size;
  let touched = edits.filter(({ index }) => index < movedFrom).map(({ index }) => index);
  const leaves = drawLevel(tree.levels[0], size, movedFrom);
  await editLeaves(tree, leaves, edits, hashes, movedFrom, yieldIfDue);
  const levels: Level[] = [leaves.pages];
  for (let level = 1; nodesAt(size, level - 1) > 1; level++) {
    const [below, nodesBelow, nodes] = [levels[level - 1]!, nodesAt(size, level - 1), nodesAt(size, level)];
    movedFrom = Math.floor(movedFrom / 2);
    touched = [...new Set(touched.map((index) => Math.floor(index / 2)))].filter((index) => index < movedFrom);
    const own = drawLevel(tree.levels[level], nodes, movedFrom);
    const make = (index: number): void => makeNode(below, nodesBelow, own.write(index), index);
    for (let made = 0; made < touched.length; made++) {
      make(touched[made]!);
      if (made % nodesAPiece === 0) await yieldIfDue();
    }
    for (let index = movedFrom; index < nodes; index++) {
      make(index);
      if (index % nodesAPiece === 0) await yieldIfDue();
    }
    levels.push(own.pages);
  }
  return { size, levels };
}

interface Draft {
  readonly pages: Buffer[];
  /** The page of a node, to be written: a copy, so that the tree before keeps its own. */
  write(index: number): Buffer;
}

/** A level that shares the pages of the one before, as far as nothing has moved. */
function drawLevel(before: Level = [], nodes: number, movedFrom: number): Draft {
  const pages: Buffer[] = before.slice(0, Math.ceil(movedFrom / pageNodes));
  const own = new Set<number>();
  return {
    pages,
    write(index) {
      const page = Math.floor(index / pageNodes);
      if (!own.has(page)) {
        const fresh = Buffer.allocUnsafeSlow(Math.min(pageNodes, nodes - page * pageNodes) * hashBytes);
        pages[page]?.copy(fresh);
        pages[page] = fresh;
        own.add(page);
      }
      return pages[page]!;
    },
  };
}

async function editLeaves(
  tree: EntryTree,
  leaves: Draft,
  edits: readonly LeafEdit[],
  hashes: Buffer,
  movedFrom: number,
  yieldIfDue: () => Promise<void>,
): Promise<void> {
  let edit = 0;
  for (; edit < edits.length && edits[edit]!.index < movedFrom; edit++)
    hashes.copy(leaves.write(edits[edit]!.index), offsetOf(edits[edit]!.index), edit * hashBytes, (edit + 1) * hashBytes);
  const size = tree.size + edits.filter(({ inserted }) => inserted).length;
  for (let index = movedFrom, read = movedFrom; index < size; index++) {
    const next = edits[edit];
    const page = leaves.write(index);
    if (next?.index === index) hashes.copy(page, offsetOf(index), edit * hashBytes, ++edit * hashBytes);
    else leafHashAt(tree, read).copy(page, offsetOf(index));
    if (next?.index !== index || !next.inserted) read++;
    if (index % nodesAPiece === 0) await yieldIfDue();
  }
}

/** A right-most node without a sibling is carried up as it is. */
function makeNode(below: Level, nodesBelow: number, level: Buffer, index: number): void {
  const children = below[Math.floor((2 * index) / pageNodes)]!;
  const [left, right] = [offsetOf(2 * index), offsetOf(2 * index) + hashBytes];
  if (2 * index + 1 < nodesBelow) hashChildrenInto(children, left, children, right, level, offsetOf(index));
  else children.copy(level, offsetOf(index), left, right);
}

const offsetOf = (index: number): number => (index % pageNodes) * hashBytes;
const nodeAt = (level: Level, index: number): Buffer =>
  level[Math.floor(index / pageNodes)]!.subarray(offsetOf(index), offsetOf(index) + hashBytes);
