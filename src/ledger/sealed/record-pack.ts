import { noBytes } from "../../base/bytes.ts";
import type { SealedRecord } from "./sealed-record.ts";

/**
 * The evidence of some leaves as one run of octets, without names. An item is: flags, keys behind their length, statement, response. A compact JWS
 * is kept as its octets, which are a quarter shorter than its text: number of its header (a new one follows), payload, signature; a text that does
 * not come out of its octets again is kept as it is. Lengths have 16 bits, big-endian.
 */
const [hasStatement, statementIsText, hasResponse, responseIsText] = [1, 2, 4, 8];

/** Octets of each part at most 65,535. */
export function packRecords(items: readonly SealedRecord[]): Buffer {
  const pack = Buffer.allocUnsafe(items.reduce((bytes, item) => bytes + atMost(item), 0));
  const headers: string[] = [];
  let at = 0;

  /** One part of a JWS, decoded. `false` if it is not spelt as its octets would be. */
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
  /** Gives the flags that say how it stands there. */
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

/** What the decoder would take for something else: the other alphabet of RFC 4648, and characters beyond ASCII. */
const isNotCanonical = (value: string): boolean => value.includes("+") || value.includes("/") || Buffer.byteLength(value) !== value.length;

/** The characters that may come last, by how many stand beyond the last group of four: their bits that no octet has room for are zero. */
const lastCharacters = [undefined, "", "AQgw", "AEIMQUYcgkosw048"];

const endsCleanly = (part: string): boolean => lastCharacters[part.length % 4]?.includes(part.at(-1)!) ?? true;

/** The reverse: all items, in order; keys are views into the pack. Throws `RangeError` for octets that `packRecords` did not make. */
export function unpackRecords(pack: Buffer): SealedRecord[] {
  const headers: string[] = [];
  const items: SealedRecord[] = [];
  let at = 0;
  const bytes = (length: number): Buffer => {
    if (at + length > pack.length) throw new RangeError("a pack of evidence is cut off");
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

/** As text is the longest way to keep it. */
function atMost({ keys = noBytes, statement = "", response = "" }: SealedRecord): number {
  const overhead = 24;
  return overhead + keys.length + Buffer.byteLength(statement) + Buffer.byteLength(response);
}
