import { hashBytes } from "./merkle.ts";
import type { Frontier } from "./frontier.ts";
import type { LedgerStore, StoredHead } from "./store.ts";
import { encodeEntryBundle, publishedAt, tileWidth } from "./tiles.ts";

/** A stored log at one moment: its head, and the hashes of its partial tiles. */
export interface LogState extends Pick<Frontier, "partials"> {
  readonly head: StoredHead;
}

/** A tile or entry bundle of a stored log; `undefined` beyond its head. */
export async function readTile(
  store: Pick<LedgerStore, "leaves" | "tile">,
  { head: { size }, partials }: LogState,
  level: number | "entries",
  n: number,
  width: number,
): Promise<Buffer | undefined> {
  const begin = n * tileWidth;
  if (width < 1 || width > tileWidth || begin + width > publishedAt(size, level)) return undefined;
  if (level === "entries") return readEntryBundle(store, begin, begin + width);
  const isFull = begin + tileWidth <= publishedAt(size, level);
  const hashes = isFull ? await store.tile(level, n) : partials[level];
  return hashes === undefined ? undefined : Buffer.from(hashes.subarray(0, width * hashBytes));
}

/**
 * The leaves from `begin` to before `end`. If one is missing, the bundle ends before it, so that an auditor sees where.
 */
export async function readEntryBundle(store: Pick<LedgerStore, "leaves">, begin: number, end: number): Promise<Buffer> {
  const rows = await store.leaves({ by: "index", begin, end });
  const gap = rows.findIndex(({ index }, i) => index !== begin + i);
  return encodeEntryBundle(rows.slice(0, gap < 0 ? rows.length : gap).map(({ leaf }) => leaf));
}
