import type { LedgerEntry, LedgerUsage } from "../../ledger/ledger.ts";
import type { StoreEntry } from "../../ledger/store.ts";

/**
 * A batch of entries as one buffer, so that it crosses to another thread by changing hands instead of being copied field by field. Every
 * entry: type, presence, leaf length, keys length, number of usages, time; id, [statement], keys, usages, leaf. Texts stand behind their length.
 */

const types = ["intent", "outcome", "refusal", "control"] as const satisfies readonly LedgerEntry["type"][];
const [idBytes, statementBytes, fixedBytes] = [16, 32, 16];

/** The buffer owns its memory whole and can be transferred. */
export function packEntries(entries: readonly StoreEntry[]): Buffer {
  const batch = Buffer.allocUnsafeSlow(entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0));
  let at = 0;
  const text = (value: string): void => {
    const length = batch.write(value, at + 2);
    at = batch.writeUInt16BE(length, at) + length;
  };
  for (const { type, leaf, at: time, id, statement, keys, usage = [] } of entries) {
    at = batch.writeUInt8(types.indexOf(type), at);
    at = batch.writeUInt8(statement === undefined ? 0 : 1, at);
    at = batch.writeUInt16BE(leaf.length, at);
    at = batch.writeUInt16BE(keys?.length ?? 0, at);
    at = batch.writeUInt16BE(usage.length, at);
    at = batch.writeDoubleBE(time, at);
    at += id.copy(batch, at);
    if (statement !== undefined) at += statement.copy(batch, at);
    if (keys !== undefined) at += keys.copy(batch, at);
    for (const { consumer, grant, day, uses } of usage) {
      text(consumer);
      text(grant);
      text(day);
      at = batch.writeUInt32BE(uses, at);
    }
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
    const hasStatement = batch.readUInt8(at + 1) === 1;
    const [leafBytes, keysBytes, usageCount] = [batch.readUInt16BE(at + 2), batch.readUInt16BE(at + 4), batch.readUInt16BE(at + 6)];
    const time = batch.readDoubleBE(at + 8);
    at += fixedBytes;
    entries.push({
      type,
      at: time,
      id: bytes(idBytes),
      ...(hasStatement && { statement: bytes(statementBytes) }),
      ...(keysBytes > 0 && { keys: bytes(keysBytes) }),
      ...(usageCount > 0 && { usage: usages(usageCount) }),
      leaf: bytes(leafBytes),
    });
  }
  return entries;
}

function sizeOf({ leaf, statement, keys, usage = [] }: StoreEntry): number {
  const usageBytes = usage.reduce((bytes, { consumer, grant, day }) => bytes + 10 + [consumer, grant, day].reduce((sum, text) => sum + Buffer.byteLength(text), 0), 0);
  return fixedBytes + idBytes + (statement?.length ?? 0) + (keys?.length ?? 0) + usageBytes + leaf.length;
}
