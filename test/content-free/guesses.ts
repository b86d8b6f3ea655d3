import type { Sent } from "../../src/agent/consumer.ts";
import { sha256 } from "../../src/base/bytes.ts";
import type { ExchangeLeaf } from "../../src/ledger/leaf.ts";
import { leafHash } from "../../src/ledger/merkle.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import type { DemoKabupaten } from "./kabupaten.ts";

/** A receipt, and the exchange that it is of. */
export interface Held {
  readonly sent: Sent;
  readonly leaf: ExchangeLeaf;
  readonly bytes: Buffer;
  readonly index: number;
  readonly open: Buffer;
}

/** Of all exchanges that brought one. */
export function receiptsOf({ exchanged }: DemoKabupaten): Held[] {
  return exchanged.flatMap((sent) => {
    const receipt = parseReceipt(sent.fields["spl-receipt"] ?? "");
    return receipt === undefined
      ? []
      : [
          {
            sent,
            leaf: JSON.parse(receipt.leaf.toString("utf8")) as ExchangeLeaf,
            bytes: receipt.leaf,
            index: receipt.index,
            open: receipt.open,
          },
        ];
  });
}

/** The commitments of a leaf to contents that its consumer knows. */
export function committed(
  { content, answer }: Sent,
  { request, response }: ExchangeLeaf,
): { readonly commit: string; readonly content: Buffer }[] {
  const delivered = response?.delivered === undefined ? [] : [{ commit: response.delivered.commit, content: answer }];
  return request.commit === undefined ? delivered : [...delivered, { commit: request.commit, content }];
}

/** What somebody could try as k who has the leaf: every value in it, as it is and hashed, its place, its hash, its time. */
export function keysFrom(leaf: ExchangeLeaf, index: number, bytes: Buffer): Buffer[] {
  const scalars = (value: unknown): unknown[] =>
    typeof value === "object" && value !== null ? Object.values(value).flatMap(scalars) : [value];
  const values = [...scalars(leaf), index, index + 1, Date.parse(leaf.at), Math.floor(Date.parse(leaf.at) / 1000)];
  const octets = values.flatMap((value) => {
    const text = String(value);
    const number = Buffer.alloc(8);
    if (typeof value === "number") number.writeBigUInt64BE(BigInt(value));
    return [
      Buffer.from(text),
      Buffer.from(text, "base64url"),
      Buffer.from(text.replaceAll("-", ""), "hex"),
      ...(typeof value === "number" ? [number, Buffer.from(number).reverse()] : []),
    ];
  });
  const padded = (one: Buffer): Buffer[] => [
    Buffer.concat([one, Buffer.alloc(32)]).subarray(0, 32),
    Buffer.concat([Buffer.alloc(32), one]).subarray(-32),
  ];
  return [leafHash(bytes), sha256(bytes), ...octets.flatMap((one) => [one, sha256(one), ...padded(one)])];
}

/** What a commitment to `content` would be, were it bare, or made under one of these keys in one of the usual ways. */
export function guesses(content: Buffer, keys: readonly Buffer[]): string[] {
  const digest = sha256(content);
  const bare = [
    content,
    digest,
    Buffer.from(digest.toString("hex")),
    Buffer.from(digest.toString("base64")),
    Buffer.from(digest.toString("base64url")),
  ];
  const keyed = keys.flatMap((key) => [Buffer.concat([key, digest]), Buffer.concat([key, content]), Buffer.concat([digest, key])]);
  return [digest.toString("base64url"), ...[...bare, ...keyed].map((octets) => sha256(octets).toString("base64url"))];
}
