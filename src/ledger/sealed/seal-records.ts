import { seal, unseal } from "./aead.ts";
import { makeDataKey, type DataKey, type DataKeys, type WrappedKey } from "./data-keys.ts";
import { bucketNames, monthsOf } from "./retention-bucket.ts";
import type { MasterKeys } from "./master-key.ts";
import { packRecords, unpackRecords } from "./record-pack.ts";
import type { RetainedRecord } from "./sealed-record.ts";
import { LedgerFault } from "../fault.ts";
import type { SealedPack, StoreEntry } from "../store.ts";
import { messages } from "./messages.ts";

/**
 * How many leaves in a row a pack covers; it has the records of those that are of its bucket. Writing shares the cost
 * of a cipher among them, and reading one record never opens more.
 */
export const maxLeavesPerPack = 32;

/** What a commit adds to the sealed records: packs, and keys of buckets that begin with it. */
export interface SealedBatch {
  readonly packs: readonly SealedPack[];
  readonly wrapped: readonly WrappedKey[];
  /** All data keys after the commit. */
  readonly dataKeys: DataKeys | undefined;
}

/**
 * Seals the records of a batch whose first leaf is `first`. A bucket that an entry `destroys` has lost its key
 * before, so that later records of the same name begin a new bucket.
 */
export function recordSealer(
  origin: string,
  masters: MasterKeys,
): (entries: readonly StoreEntry[], first: number, before: DataKeys | undefined) => SealedBatch {
  const bucketOf = bucketNames();
  return (entries, first, before) => {
    const dataKeys = new Map(before);
    for (const { destroys } of entries) if (destroys !== undefined) dataKeys.delete(destroys);
    const wrapped: WrappedKey[] = [];
    const packs: SealedPack[] = [];

    const keyOf = (bucket: string, leaf: number): DataKey => {
      const known = dataKeys.get(bucket);
      if (known !== undefined) return known;
      const { dataKey, stored } = makeDataKey(origin, masters, bucket, leaf);
      dataKeys.set(bucket, dataKey);
      wrapped.push(stored);
      return dataKey;
    };

    for (let begin = 0; begin < entries.length; begin += maxLeavesPerPack) {
      const byBucket = new Map<string, { first: number; membership: number; items: RetainedRecord[] }>();
      for (let i = begin; i < Math.min(begin + maxLeavesPerPack, entries.length); i++) {
        const { at, toSeal } = entries[i]!;
        if (toSeal === undefined) continue;
        const bucket = bucketOf(at, toSeal.months);
        let pack = byBucket.get(bucket);
        if (pack === undefined) byBucket.set(bucket, (pack = { first: first + i, membership: 0, items: [] }));
        pack.membership += 2 ** (first + i - pack.first);
        pack.items.push(toSeal);
      }
      for (const [bucket, { first, membership, items }] of byBucket) {
        const { key, from } = keyOf(bucket, first);
        packs.push({ first, membership, from, sealed: seal(key, contextOf(origin, bucket, first, membership), packRecords(items)) });
      }
    }
    return { packs, wrapped, dataKeys };
  };
}

/**
 * The record of one of a pack's leaves; `undefined` if its bucket was destroyed. Throws `LedgerFault` without data
 * keys, and if the pack does not open: it was changed, or is not of this log and place.
 */
export function openRecord(
  origin: string,
  dataKeys: DataKeys | undefined,
  { from, first, membership, sealed }: SealedPack,
  index: number,
): RetainedRecord | undefined {
  if (dataKeys === undefined) throw new LedgerFault(messages.needsKeyFile);
  const dataKey = dataKeys.values().find((key) => key.from === from);
  if (dataKey === undefined) return undefined;
  const { bucket, key } = dataKey;
  const pack = unseal(key, contextOf(origin, bucket, first, membership), sealed);
  const record = pack === undefined ? undefined : unpackRecords(pack)[leavesInPack({ first, membership }).indexOf(index)];
  if (record !== undefined) return { ...record, months: monthsOf(bucket) };
  throw new LedgerFault(messages.packDamaged(index, bucket, first));
}

/** The leaves whose records are in a pack, in order. */
export function leavesInPack({ first, membership }: Pick<SealedPack, "first" | "membership">): number[] {
  return Array.from({ length: maxLeavesPerPack }, (_, i) => first + i).filter((_, i) => Math.floor(membership / 2 ** i) % 2 === 1);
}

/** What a pack is bound to: it opens in no other log, bucket or place, and not for other leaves. */
const contextOf = (origin: string, bucket: string, first: number, membership: number): string =>
  `simpul.id/evidence-pack/v1\n${origin}\n${bucket}\n${first}\n${membership}\n`;
