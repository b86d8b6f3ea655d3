import { randomFillSync } from "node:crypto";

const pool = Buffer.alloc(8192);
let used = pool.length;

/** Fresh random bytes from a pool that is filled 8 KiB at a time; each byte is handed out once. */
export function randomOctets(length: number): Buffer {
  if (used + length > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const octets = Buffer.from(pool.subarray(used, used + length));
  used += length;
  return octets;
}

/** A UUIDv7 (RFC 9562 §5.7): 48 bits of `at` in milliseconds, then 74 random bits. */
export function uuidv7(at: number): string {
  const octets = randomOctets(16);
  octets.writeUIntBE(at, 0, 6);
  octets[6] = 0x70 | (octets[6]! & 0x0f);
  octets[8] = 0x80 | (octets[8]! & 0x3f);
  const hex = octets.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
