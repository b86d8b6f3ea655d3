import { parseCheckpoint } from "./checkpoint.ts";
import type { ExchangeLeaf, Leaf } from "./leaf.ts";
import type { Ledger } from "./ledger.ts";
import { readLeaf } from "./read-leaf.ts";
import { decodeEntryBundle, tileWidth } from "./tiles.ts";

/** One step of the walk back through a log. */
export interface SignedExchanges {
  /** Newest first. An exchange with an intent is there once, by its outcome. */
  readonly exchanges: readonly { readonly index: number; readonly leaf: ExchangeLeaf }[];
  /** How many leaves this step has read. */
  readonly examined: number;
  /** The `before` of the next step; `undefined` once the walk has passed `sinceMs`, or the log's beginning. */
  readonly next: number | undefined;
}

/** How far a clock may have been set back between two leaves. */
const clockSlackMs = 3_600_000;

/** Bundles of 256 leaves that a step reads at most: some tens of milliseconds. */
export const mostBundles = 64;

/**
 * Exchanges whose statement was signed with a key, since a moment, from the newest leaf back. There is no index over keys, because one
 * would cost every exchange: a step reads 16,384 leaves at most, so a reader of a long period takes several.
 */
export async function exchangesSignedWith(
  log: Pick<Ledger, "checkpoint" | "tile">,
  kid: string,
  { sinceMs, before, most }: { readonly sinceMs: number; readonly before: number | undefined; readonly most: number },
): Promise<SignedExchanges> {
  const { size } = parseCheckpoint(log.checkpoint())!;
  const exchanges: { index: number; leaf: ExchangeLeaf }[] = [];
  let end = Math.min(before ?? size, size);
  let examined = 0;
  for (let read = 0; read < mostBundles && end > 0; read++) {
    const n = Math.floor((end - 1) / tileWidth);
    const begin = n * tileWidth;
    const bundle = await log.tile("entries", n, end - begin);
    const leaves = bundle === undefined ? [] : decodeEntryBundle(bundle);
    const named = bundle?.includes(kid) === true;
    for (let at = leaves.length - 1; named && at >= 0; at--) {
      const leaf = leaves[at]!.includes(kid) ? readLeaf(leaves[at]!) : undefined;
      if (leaf === undefined || !isSignedWith(leaf, kid) || Date.parse(leaf.at) < sinceMs) continue;
      exchanges.push({ index: begin + at, leaf });
      if (exchanges.length === most) return { exchanges, examined: examined + leaves.length - at, next: begin + at || undefined };
    }
    examined += leaves.length;
    end = begin;
    const oldest = leaves[0] === undefined ? undefined : readLeaf(leaves[0]);
    if (oldest !== undefined && Date.parse(oldest.at) < sinceMs - clockSlackMs) return { exchanges, examined, next: undefined };
  }
  return { exchanges, examined, next: end === 0 ? undefined : end };
}

/** A step of the walk over all logs of an instance, with the log's origin at each exchange. `next` is the `after` of the next step. */
export interface SignedExchangesInLogs {
  readonly exchanges: readonly (SignedExchanges["exchanges"][number] & { readonly log: string })[];
  readonly examined: number;
  readonly next: string | undefined;
}

/**
 * The same over an instance's logs, the newest first. `after` counts the logs older than the one that is read, so that it stays right
 * when another log begins.
 */
export async function exchangesInLogs(
  logs: readonly Pick<Ledger, "origin" | "checkpoint" | "tile">[],
  kid: string,
  {
    sinceMs,
    after = `${logs.length - 1}.`,
    most,
  }: { readonly sinceMs: number; readonly after?: string | undefined; readonly most: number },
): Promise<SignedExchangesInLogs> {
  const [older = 0, before = 0] = after.split(".").map(Number);
  const log = logs[logs.length - 1 - older];
  if (log === undefined) return { exchanges: [], examined: 0, next: undefined };
  const found = await exchangesSignedWith(log, kid, { sinceMs, before: before || undefined, most });
  const next = found.next !== undefined ? `${older}.${found.next}` : older > 0 ? `${older - 1}.` : undefined;
  return { exchanges: found.exchanges.map((exchange) => ({ ...exchange, log: log.origin })), examined: found.examined, next };
}

const isSignedWith = (leaf: Leaf, kid: string): leaf is ExchangeLeaf =>
  "request" in leaf && leaf.type !== "intent" && leaf.request.kid === kid;
