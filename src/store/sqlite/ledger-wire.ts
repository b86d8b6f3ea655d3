import type { LedgerEntry, LedgerUsage } from "../../ledger/ledger.ts";
import type { StoreEntry } from "../../ledger/store.ts";

/**
 * A batch of entries as one buffer, so that it crosses to another thread by transfer instead of being copied field by
 * field. Every entry: type, presence, leaf length, keys length, number of usages, months, time; id, [statement], keys,
 * usages, [texts], leaf. A text follows its length.
 */

const types = ["intent", "outcome", "refusal", "control"] as const satisfies readonly LedgerEntry["type"][];
const [idBytes, statementBytes, fixedBytes] = [16, 32, 18];
/** Bits of the presence: what an entry may or may not have. */
const [hashBit, evidenceBit, statementBit, responseBit, destroysBit] = [1, 2, 4, 8, 16];

/** The buffer owns its memory whole and can be transferred. */
export function packEntries(entries: readonly StoreEntry[]): Buffer {
  const batch = Buffer.allocUnsafeSlow(entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0));
  let at = 0;
  const text = (value: string): void => {
    const length = batch.write(value, at + 2);
    at = batch.writeUInt16BE(length, at) + length;
  };
  for (const { type, leaf, at: time, id, statement, toSeal, destroys, usage = [] } of entries) {
    const texts = [toSeal?.statement, toSeal?.response, destroys];
    const present = [statement, toSeal, ...texts].reduce<number>((bits, value, i) => (value === undefined ? bits : bits | (1 << i)), 0);
    at = batch.writeUInt8(types.indexOf(type), at);
    at = batch.writeUInt8(present, at);
    at = batch.writeUInt16BE(leaf.length, at);
    at = batch.writeUInt16BE(toSeal?.keys?.length ?? 0, at);
    at = batch.writeUInt16BE(usage.length, at);
    at = batch.writeUInt16BE(toSeal?.months ?? 0, at);
    at = batch.writeDoubleBE(time, at);
    at += id.copy(batch, at);
    if (statement !== undefined) at += statement.copy(batch, at);
    if (toSeal?.keys !== undefined) at += toSeal.keys.copy(batch, at);
    for (const { consumer, grant, day, uses } of usage) {
      text(consumer);
      text(grant);
      text(day);
      at = batch.writeUInt32BE(uses, at);
    }
    for (const value of texts) if (value !== undefined) text(value);
    at += leaf.copy(batch, at);
  }
  return batch;
}

/** The entries again, their bytes as views into the batch. */
export function unpackEntries(batch: Buffer): StoreEntry[] {
  const entries: StoreEntry[] = [];
  let at = 0;
  const bytes = (length: number): Buffer => batch.subarray(at, (at += length));
  const text = (): string => {
    const length = batch.readUInt16BE((at += 2) - 2);
    return batch.toString("utf8", at, (at += length));
  };
  const usages = (count: number): LedgerUsage[] =>
    Array.from({ length: count }, () => ({ consumer: text(), grant: text(), day: text(), uses: batch.readUInt32BE((at += 4) - 4) }));

  while (at < batch.length) {
    const type = types[batch.readUInt8(at)]!;
    const present = batch.readUInt8(at + 1);
    const has = (bit: number): boolean => (present & bit) !== 0;
    const [leafBytes, keysBytes, usageCount, months] = [2, 4, 6, 8].map((offset) => batch.readUInt16BE(at + offset)) as [
      number,
      number,
      number,
      number,
    ];
    const time = batch.readDoubleBE(at + 10);
    at += fixedBytes;
    const [entryId, hash, keys] = [bytes(idBytes), has(hashBit) ? bytes(statementBytes) : undefined, bytes(keysBytes)];
    const usage = usages(usageCount);
    const [statement, response, destroys] = [statementBit, responseBit, destroysBit].map((bit) => (has(bit) ? text() : undefined));
    const toSeal = {
      months,
      ...(keysBytes > 0 && { keys }),
      ...(statement !== undefined && { statement }),
      ...(response !== undefined && { response }),
    };
    entries.push({
      type,
      at: time,
      id: entryId,
      ...(hash !== undefined && { statement: hash }),
      ...(has(evidenceBit) && { toSeal }),
      ...(destroys !== undefined && { destroys }),
      ...(usageCount > 0 && { usage }),
      leaf: bytes(leafBytes),
    });
  }
  return entries;
}

function sizeOf({ leaf, statement, toSeal, destroys, usage = [] }: StoreEntry): number {
  const texts = [...usage.flatMap(({ consumer, grant, day }) => [consumer, grant, day]), toSeal?.statement, toSeal?.response, destroys];
  const textBytes = texts.reduce<number>((sum, text) => sum + (text === undefined ? 0 : 2 + Buffer.byteLength(text)), 0);
  return fixedBytes + idBytes + (statement?.length ?? 0) + (toSeal?.keys?.length ?? 0) + 4 * usage.length + textBytes + leaf.length;
}
