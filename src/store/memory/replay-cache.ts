import { sha256 } from "../../base/bytes.ts";
import { keptAfterExpirySeconds } from "../../trust/statement.ts";
import type { ReplayCache, Taken } from "../../exchange/take-once.ts";

/** Statements whose expiry falls into the same span share a table, which is dropped whole when the span has passed; seconds. */
const spanSeconds = 64;

/**
 * Replay memory of one process: 20 bytes a slot, in open-addressed tables of typed arrays, because a `Map` of strings takes six times as
 * much and a busy gateway remembers five minutes of statements. `maxEntries` of them at most; beyond that statements are `unknown`.
 */
export function memoryReplayCache(maxEntries: number): ReplayCache {
  const tables = new Map<number, Table>();
  const lost = new Map<string, number>();
  let lostForAll = -Infinity;
  let entries = 0;

  const forget = (nowSeconds: number): void => {
    for (const [span, table] of tables) {
      if ((span + 1) * spanSeconds > nowSeconds) continue;
      entries -= table.size();
      tables.delete(span);
    }
  };
  const tableOf = (untilSeconds: number): Table => {
    const span = Math.floor(untilSeconds / spanSeconds);
    let table = tables.get(span);
    if (table === undefined) tables.set(span, (table = createTable()));
    return table;
  };
  const insert = (key: Buffer, hash: Buffer, untilSeconds: number): void => {
    tableOf(untilSeconds).insert(key, hash);
    entries++;
  };
  let forgottenAt = 0;

  return {
    take({ claims, hash }, now): Taken {
      const seconds = Math.floor(now / 1000);
      if (seconds - forgottenAt >= 1) {
        forget(seconds);
        forgottenAt = seconds;
      }
      const key = keyOf(claims.iss, claims.jti);
      for (const table of tables.values()) {
        const known = table.find(key, hash);
        if (known !== undefined) return known ? "replayed" : "conflict";
      }
      const lostAt = Math.max(lostForAll, lost.get(claims.iss) ?? -Infinity);
      if (claims.iat <= lostAt / 1000 + keptAfterExpirySeconds || entries >= maxEntries) return "unknown";
      insert(key, hash, claims.exp + keptAfterExpirySeconds);
      return "taken";
    },
    restore(consumer, jti, hash, untilSeconds) {
      const key = keyOf(consumer, jti);
      for (const table of tables.values()) if (table.find(key, hash) !== undefined) return;
      insert(key, hash, untilSeconds);
    },
    lose(atMs, consumer) {
      if (consumer === undefined) lostForAll = Math.max(lostForAll, atMs);
      else lost.set(consumer, Math.max(lost.get(consumer) ?? -Infinity, atMs));
    },
    size: () => entries,
  };
}

/** A `jti` counts once per `iss`. Hashed, so that nobody can choose where in the table it lands. */
const keyOf = (iss: string, jti: string): Buffer => sha256(Buffer.from(`${iss} ${jti}`, "latin1"));

/** Words of 4 bytes an entry: three of the key, two of the statement's hash. 96 bits do not collide by chance, nor by choice within reach. */
const words = 5;

interface Table {
  size(): number;
  /** Whether the statement under this key is this one; `undefined` if there is none. */
  find(key: Buffer, hash: Buffer): boolean | undefined;
  insert(key: Buffer, hash: Buffer): void;
}

function createTable(): Table {
  let capacity = 1024;
  let slots = new Uint32Array(capacity * words);
  let size = 0;

  /** The slot of a key, or the free one where it would go. A free slot has no second word. */
  const slotOf = (a: number, b: number, c: number): number => {
    for (let i = a & (capacity - 1); ; i = (i + 1) & (capacity - 1)) {
      const at = i * words;
      if (slots[at + 1] === 0 || (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c)) return at;
    }
  };
  const read = (key: Buffer): [number, number, number] => [key.readUInt32BE(0), key.readUInt32BE(4) || 1, key.readUInt32BE(8)];
  const grow = (): void => {
    const old = slots;
    capacity *= 2;
    slots = new Uint32Array(capacity * words);
    for (let at = 0; at < old.length; at += words) {
      if (old[at + 1] !== 0) slots.set(old.subarray(at, at + words), slotOf(old[at]!, old[at + 1]!, old[at + 2]!));
    }
  };

  return {
    size: () => size,
    find(key, hash) {
      const at = slotOf(...read(key));
      return slots[at + 1] === 0 ? undefined : slots[at + 3] === hash.readUInt32BE(0) && slots[at + 4] === hash.readUInt32BE(4);
    },
    insert(key, hash) {
      if (++size > capacity * 0.6) grow();
      slots.set([...read(key), hash.readUInt32BE(0), hash.readUInt32BE(4)], slotOf(...read(key)));
    },
  };
}
