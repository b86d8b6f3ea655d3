import { hashBytes } from "./merkle.ts";

/**
 * C2SP tlog-tiles: the tree as tiles of 256 hashes (level 0: leaf hashes; above: roots of the full tiles below), and
 * the leaves as entry bundles. A full tile or bundle never changes.
 */

export const tileWidth = 256;
export const tileBytes = tileWidth * hashBytes;

export interface TileName {
  /** 0 to 63, or the entry bundles. */
  readonly level: number | "entries";
  readonly n: number;
  /** 1 to 255 for a partial tile, 256 for a full one. */
  readonly width: number;
}

/** Reads a published tile or bundle; `undefined` where there is none. */
export type TileReader = (level: number | "entries", n: number, width: number) => Promise<Buffer | undefined>;

/** `0/x001/x234/067`, `entries/000.p/17`: the path after `/tile/`. */
export function formatTilePath({ level, n, width }: TileName): string {
  const digits = String(n);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g)!;
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/");
  return `${level}/${path}${width === tileWidth ? "" : `.p/${width}`}`;
}

/** Reads a path in the one form that tlog-tiles allows; `undefined` for anything else. */
export function parseTilePath(path: string): TileName | undefined {
  const form = /^(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/.exec(path);
  if (form === null) return undefined;
  const level = form[1] === "entries" ? form[1] : Number(form[1]);
  const name: TileName = { level, n: Number(form[2]!.replace(/[x/]/g, "")), width: form[3] === undefined ? tileWidth : Number(form[3]) };
  if (level !== "entries" && level > 63) return undefined;
  if (!Number.isSafeInteger(name.n) || (form[3] !== undefined && name.width >= tileWidth)) return undefined;
  return formatTilePath(name) === path ? name : undefined;
}

/**
 * How many hashes of a tile level, or leaves, a tree of `size` publishes. The levels above 0 have only nodes over full
 * tiles.
 */
export function publishedAt(size: number, level: number | "entries"): number {
  return level === "entries" ? size : Math.floor(size / tileWidth ** level);
}

/** The tiles of one level that cover a tree of `size`: full ones, then the partial one. */
export function* tilesOf(size: number, level: number | "entries"): Generator<TileName> {
  const count = publishedAt(size, level);
  for (let n = 0; n * tileWidth < count; n++) yield { level, n, width: Math.min(tileWidth, count - n * tileWidth) };
}

/** An entry bundle: each leaf after its length in 16 bits, big-endian. */
export function encodeEntryBundle(leaves: readonly Buffer[]): Buffer {
  const bundle = Buffer.allocUnsafe(leaves.reduce((bytes, leaf) => bytes + 2 + leaf.length, 0));
  let used = 0;
  for (const leaf of leaves) {
    used = bundle.writeUInt16BE(leaf.length, used);
    used += leaf.copy(bundle, used);
  }
  return bundle;
}

/** The leaves of a bundle, as views into it. A last leaf that is cut off is left out. */
export function decodeEntryBundle(bundle: Buffer): Buffer[] {
  const leaves: Buffer[] = [];
  for (let at = 0; at + 2 <= bundle.length;) {
    const end = at + 2 + bundle.readUInt16BE(at);
    if (end > bundle.length) break;
    leaves.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return leaves;
}
