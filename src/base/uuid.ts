import { randomBytes } from "node:crypto";

let pool = randomBytes(8192);
let used = 0;

/** Fresh random bytes, taken from a pool of 8 KiB that is filled at once; each byte is handed out only once. */
export function randomOctets(length: number): Buffer {
  if (used + length > pool.length) {
    pool = randomBytes(8192);
    used = 0;
  }
  return pool.subarray(used, (used += length));
}

/** A UUIDv7 (RFC 9562 §5.7): 48 bits of `at` in milliseconds, then 74 random bits. */
export function uuidv7(at: number): string {
  return uuidv7Of(at, randomOctets(16));
}

/** The same with the 74 bits of `octets`, of which there are 16, from the seventh on; writes into them. */
export function uuidv7Of(at: number, octets: Buffer): string {
  octets.writeUIntBE(at, 0, 6);
  octets[6] = 0x70 | (octets[6]! & 0x0f);
  octets[8] = 0x80 | (octets[8]! & 0x3f);
  const hex = octets.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
