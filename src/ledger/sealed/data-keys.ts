import { createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import { seal, sealingKeyBytes, unseal } from "./aead.ts";
import type { MasterKey, MasterKeys } from "./master-key.ts";
import { LedgerFault } from "../fault.ts";
import type { LedgerStore, StoredBucket } from "../store.ts";
import { messages } from "./messages.ts";

/**
 * The unwrapped data key of one bucket. Its first leaf identifies a bucket: a name can be used again, an index cannot.
 */
export interface DataKey {
  readonly bucket: string;
  readonly from: number;
  readonly key: KeyObject;
}

/** By bucket. */
export type DataKeys = ReadonlyMap<string, DataKey>;

const idBytes = 8;

/**
 * A fresh data key for a bucket that begins with leaf `from`, plain and as it is stored: id of the master key ‖ the
 * sealed key.
 */
export function makeDataKey(
  origin: string,
  { lines }: MasterKeys,
  bucket: string,
  from: number,
): { readonly dataKey: DataKey; readonly stored: WrappedKey } {
  const bytes = randomBytes(sealingKeyBytes);
  return { dataKey: { bucket, from, key: createSecretKey(bytes) }, stored: wrap(origin, lines[0]!, { bucket, from }, bytes) };
}

export type WrappedKey = Pick<StoredBucket, "bucket" | "from" | "wrapped">;

/**
 * Unwraps the data keys of all stored buckets. Throws `LedgerFault` if the master key of one is not in its file, or
 * does not open it.
 */
export function openDataKeys(origin: string, masters: MasterKeys, stored: readonly StoredBucket[]): DataKeys {
  return new Map(
    stored.map((wrapped) => [
      wrapped.bucket,
      { bucket: wrapped.bucket, from: wrapped.from, key: createSecretKey(unwrap(origin, masters, wrapped)) },
    ]),
  );
}

/** Wraps all data keys under the newest master key, unless they are already. Throws like `openDataKeys`. */
export async function renewWraps(origin: string, masters: MasterKeys, store: Pick<LedgerStore, "buckets" | "rewrap">): Promise<void> {
  const newest = masters.lines[0]!;
  const stored = await store.buckets();
  if (stored.every(({ wrapped }) => masterIdOf(wrapped) === newest.id)) return;
  await store.rewrap(stored.map((key) => wrap(origin, newest, key, unwrap(origin, masters, key))));
}

/** The id of the master key that wraps a data key. */
export const masterIdOf = (wrapped: Buffer): string => wrapped.toString("hex", 0, idBytes);

function wrap(origin: string, master: MasterKey, { bucket, from }: Pick<WrappedKey, "bucket" | "from">, bytes: Buffer): WrappedKey {
  return {
    bucket,
    from,
    wrapped: Buffer.concat([Buffer.from(master.id, "hex"), seal(master.key, contextOf(origin, bucket, from), bytes)]),
  };
}

function unwrap(origin: string, { file, lines }: MasterKeys, { bucket, from, wrapped }: WrappedKey): Buffer {
  const id = masterIdOf(wrapped);
  const master = lines.find((line) => line.id === id);
  if (master === undefined) throw new LedgerFault(messages.masterKeyMissing(id, bucket, file, listOf(lines)));
  const bytes = unseal(master.key, contextOf(origin, bucket, from), wrapped.subarray(idBytes));
  if (bytes?.length === sealingKeyBytes) return bytes;
  throw new LedgerFault(messages.dataKeyDamaged(bucket, file, master.line, id));
}

const listOf = (lines: readonly MasterKey[]): string => lines.map(({ id, line }) => `${line} = ${id}`).join(", ");

const contextOf = (origin: string, bucket: string, from: number): string => `simpul.id/evidence-key/v1\n${origin}\n${bucket}\n${from}\n`;
