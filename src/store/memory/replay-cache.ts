import { sha256 } from "../../base/bytes.ts";
import { keptAfterExpirySeconds } from "../../trust/statement.ts";
import type { ReplayCache, ClaimResult } from "../../exchange/replay-check.ts";
import type { RestorableReplays } from "../../exchange/upkeep/restore.ts";

export interface ReplayLimits {
  /** Statements remembered, of all consumers together. */
  readonly maxReplayEntries: number;
  /** How much one consumer may have, in percent of what is still free. */
  readonly maxReplayShare: number;
}

export interface MemoryReplayCache extends ReplayCache, RestorableReplays {
  /** Statements remembered, for the metrics. */
  size(): number;
}

/** Seconds. Statements that expire in the same span share a table, which is dropped as a whole when the span has passed. */
const spanSeconds = 64;

/**
 * The replay cache of one process: 20 bytes a slot, in open-addressed tables of typed arrays, since a `Map` of strings
 * takes six times as much and a busy gateway remembers five minutes of statements.
 *
 * A consumer's share is a part of what is still free (the dynamic threshold of Choudhury and Hahne, 1998), so that whoever comes next
 * finds room, though many are greedy.
 */
export function memoryReplayCache({ maxReplayEntries, maxReplayShare }: ReplayLimits): MemoryReplayCache {
  const tables = new Map<number, Table>();
  /** How many each consumer has. */
  const owned = new Map<string, number>();
  const lost = new Map<string, number>();
  let lostForAll = -Infinity;
  let entries = 0;

  const forget = (nowSeconds: number): void => {
    for (const [span, table] of tables) {
      if ((span + 1) * spanSeconds > nowSeconds) continue;
      entries -= table.size();
      for (const [iss, count] of table.owned) add(owned, iss, -count);
      tables.delete(span);
    }
  };
  const tableOf = (untilSeconds: number): Table => {
    const span = Math.floor(untilSeconds / spanSeconds);
    let table = tables.get(span);
    if (table === undefined) tables.set(span, (table = createTable()));
    return table;
  };
  const insert = (iss: string, entry: Entry, untilSeconds: number): void => {
    const table = tableOf(untilSeconds);
    table.insert(entry);
    add(table.owned, iss, 1);
    add(owned, iss, 1);
    entries++;
  };
  /** Until the first of a consumer's statements are forgotten. */
  const untilRoom = (iss: string, seconds: number): number => {
    const spans = Array.from(tables).flatMap(([span, table]) => (table.owned.has(iss) ? [span] : []));
    return Math.max(1, (Math.min(...spans) + 1) * spanSeconds - seconds);
  };
  let forgottenAt = 0;

  return {
    claim({ claims, hash }, now): ClaimResult {
      const seconds = Math.floor(now / 1000);
      // Under a clock that was set back, forgotten statements are valid again.
      if (seconds < forgottenAt - keptAfterExpirySeconds) {
        lostForAll = Math.max(lostForAll, now);
        forgottenAt = seconds;
      } else if (seconds - forgottenAt >= 1) {
        forget(seconds);
        forgottenAt = seconds;
      }
      const entry = entryOf(claims.iss, claims.jti, hash);
      for (const table of tables.values()) {
        const known = table.find(entry);
        if (known !== undefined) return known ? "replayed" : "conflict";
      }
      const lostAt = Math.max(lostForAll, lost.get(claims.iss) ?? -Infinity);
      if (claims.iat <= lostAt / 1000 + keptAfterExpirySeconds) return "unknown";
      const own = owned.get(claims.iss) ?? 0;
      const share = Math.ceil(((maxReplayEntries - entries) * maxReplayShare) / 100);
      if (own >= share) return own === 0 ? "unknown" : { share, retryAfterSeconds: untilRoom(claims.iss, seconds) };
      insert(claims.iss, entry, claims.exp + keptAfterExpirySeconds);
      return "taken";
    },
    restore(consumer, jti, hash, untilSeconds) {
      const entry = entryOf(consumer, jti, hash);
      for (const table of tables.values()) if (table.find(entry) !== undefined) return;
      insert(consumer, entry, untilSeconds);
    },
    markUncertain(atMs, consumer) {
      if (consumer === undefined) lostForAll = Math.max(lostForAll, atMs);
      else lost.set(consumer, Math.max(lost.get(consumer) ?? -Infinity, atMs));
    },
    size: () => entries,
  };
}

/** Words of 4 bytes: three of the key, two of the statement's hash. 96 bits collide neither by chance nor by a feasible search. */
type Entry = readonly [number, number, number, number, number];
const words = 5;

/** A `jti` counts once per `iss`. It is hashed, so that a caller cannot choose its slot. */
function entryOf(iss: string, jti: string, hash: Buffer): Entry {
  const key = sha256(`${iss} ${jti}`);
  return [key.readUInt32BE(0), key.readUInt32BE(4) || 1, key.readUInt32BE(8), hash.readUInt32BE(0), hash.readUInt32BE(4)];
}

function add(counts: Map<string, number>, key: string, more: number): void {
  const count = (counts.get(key) ?? 0) + more;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

interface Table {
  size(): number;
  /** How many of its statements each consumer has. */
  readonly owned: Map<string, number>;
  /** Whether the statement under this key is this one; `undefined` if there is none. */
  find(entry: Entry): boolean | undefined;
  insert(entry: Entry): void;
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
    owned: new Map(),
    find(entry) {
      const at = slotOf(entry[0], entry[1], entry[2]);
      return slots[at + 1] === 0 ? undefined : slots[at + 3] === entry[3] && slots[at + 4] === entry[4];
    },
    insert(entry) {
      if (++size > capacity * 0.6) grow();
      slots.set(entry, slotOf(entry[0], entry[1], entry[2]));
    },
  };
}
