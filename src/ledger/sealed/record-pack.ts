import { noBytes } from "../../base/bytes.ts";
import type { SealedRecord } from "./sealed-record.ts";

/**
 * Sealed records as one run of octets. A record is: flags, length and octets of the keys, statement, response. A
 * compact JWS is decoded, which makes it a quarter shorter: the number of its header in the pack (a new header
 * follows), payload, signature. A text that decoding and encoding would change is kept as text. Lengths have 16 bits,
 * big-endian.
 */
const [hasStatement, statementIsText, hasResponse, responseIsText] = [1, 2, 4, 8];

/** Writes a pack. Each part of a record has at most `maxRecordPartBytes`. */
export function packRecords(items: readonly SealedRecord[]): Buffer {
  const pack = Buffer.allocUnsafe(items.reduce((bytes, item) => bytes + atMost(item), 0));
  const headers: string[] = [];
  let at = 0;

  /** Writes one part of a JWS, decoded; `false` if encoding it again would not give the same text. */
  const octets = (part: string): boolean => {
    const length = pack.write(part, at + 2, "base64url");
    at = pack.writeUInt16BE(length, at) + length;
    return length === Math.floor((part.length * 3) / 4) && endsCleanly(part);
  };
  const jws = (value: string): boolean => {
    const first = value.indexOf(".");
    const second = value.indexOf(".", first + 1);
    if (second < 0 || isNotCanonical(value)) return false;
    const header = value.slice(0, first);
    const known = headers.indexOf(header);
    at = pack.writeUInt8(known < 0 ? headers.length : known, at);
    if (known < 0 && !octets(header)) return false;
    if (!octets(value.slice(first + 1, second)) || !octets(value.slice(second + 1))) return false;
    if (known < 0) headers.push(header);
    return true;
  };
  /** Writes a statement or response; gives the flags that say in which form. */
  const part = (value: string | undefined, has: number, isText: number): number => {
    if (value === undefined) return 0;
    const begin = at;
    if (jws(value)) return has;
    const length = pack.write(value, begin + 2);
    at = pack.writeUInt16BE(length, begin) + length;
    return has | isText;
  };

  for (const { keys = noBytes, statement, response } of items) {
    const flagsAt = at;
    at = pack.writeUInt16BE(keys.length, at + 1);
    at += keys.copy(pack, at);
    pack[flagsAt] = part(statement, hasStatement, statementIsText) | part(response, hasResponse, responseIsText);
  }
  return pack.subarray(0, at);
}

/**
 * Texts that the decoder would accept although encoding never gives them: the other alphabet of RFC 4648, and
 * characters beyond ASCII.
 */
const isNotCanonical = (value: string): boolean => value.includes("+") || value.includes("/") || Buffer.byteLength(value) !== value.length;

/** The last character of base64url, by its length modulo 4: the bits that belong to no octet are zero. */
const lastCharacters = [undefined, "", "AQgw", "AEIMQUYcgkosw048"];

const endsCleanly = (part: string): boolean => lastCharacters[part.length % 4]?.includes(part.at(-1)!) ?? true;

/**
 * Reads the records of a pack, in order. Their keys are views into it. Throws `RangeError` for octets that
 * `packRecords` did not write.
 */
export function unpackRecords(pack: Buffer): SealedRecord[] {
  const headers: string[] = [];
  const items: SealedRecord[] = [];
  let at = 0;
  const bytes = (length: number): Buffer => {
    if (at + length > pack.length) throw new RangeError("a pack of records is cut off");
    return pack.subarray(at, (at += length));
  };
  const part = (): Buffer => bytes(bytes(2).readUInt16BE());
  const text = (): string => part().toString();
  const jws = (): string => {
    const number = bytes(1).readUInt8();
    const header = (headers[number] ??= part().toString("base64url"));
    return `${header}.${part().toString("base64url")}.${part().toString("base64url")}`;
  };
  while (at < pack.length) {
    const flags = bytes(1).readUInt8();
    const keys = part();
    items.push({
      ...(keys.length > 0 && { keys }),
      ...((flags & hasStatement) !== 0 && { statement: (flags & statementIsText) === 0 ? jws() : text() }),
      ...((flags & hasResponse) !== 0 && { response: (flags & responseIsText) === 0 ? jws() : text() }),
    });
  }
  return items;
}

/** The most octets that a record takes: text is its longest form. */
function atMost({ keys = noBytes, statement = "", response = "" }: SealedRecord): number {
  const overhead = 24;
  return overhead + keys.length + Buffer.byteLength(statement) + Buffer.byteLength(response);
}
