import { decodeBase64 } from "../base/bytes.ts";
import { commitmentKeyBytes } from "./commitment.ts";
import { hashBytes } from "./merkle.ts";

/**
 * The receipt of one exchange (protocol §5). Its holder checks it offline, with a pinned `vkey` and the bytes that it
 * sent and received.
 */
export interface Receipt {
  readonly leaf: Buffer;
  readonly index: number;
  /** RFC 9162 inclusion proof, 32·k bytes. */
  readonly proof: Buffer;
  /** C2SP note. */
  readonly checkpoint: string;
  /** k_request ‖ k_delivered, 64 bytes. A key for which the leaf has no commitment is zeros. */
  readonly open: Buffer;
}

export const openBytes = 2 * commitmentKeyBytes;

/**
 * The value of the `Spl-Receipt` field, an RFC 9651 dictionary. `keys` are those of the sealed record, of which a
 * receipt carries the first two. If there are none, or they were destroyed, `open` is zeros.
 */
export function formatReceipt({
  leaf,
  index,
  proof,
  checkpoint,
  keys,
}: Omit<Receipt, "open"> & { readonly keys?: Buffer | undefined }): string {
  const open = keys?.toString("base64", 0, openBytes) ?? noKeys;
  const [encodedLeaf, encodedProof, note] = [leaf.toString("base64"), proof.toString("base64"), encodeCheckpoint(checkpoint)];
  return `leaf=:${encodedLeaf}:, index=${index}, proof=:${encodedProof}:, checkpoint=:${note}:, open=:${open}:`;
}

const noKeys = Buffer.alloc(openBytes).toString("base64");

let latest = { checkpoint: "", encoded: "" };

/** All receipts of one commit carry the same checkpoint, so it is encoded once. */
function encodeCheckpoint(checkpoint: string): string {
  if (latest.checkpoint !== checkpoint) latest = { checkpoint, encoded: Buffer.from(checkpoint).toString("base64") };
  return latest.encoded;
}

/**
 * Reads the value of an `Spl-Receipt` field: each of the five members once, in any order, without parameters; else
 * `undefined`.
 */
export function parseReceipt(value: string): Receipt | undefined {
  const members = new Map<string, string>();
  if (/^[ \t]|[ \t]$/.test(value)) return undefined;
  for (const member of value.split(",")) {
    const form = /^[ \t]*(leaf|index|proof|checkpoint|open)=(0|[1-9][0-9]{0,14}|:[A-Za-z0-9+/=]*:)[ \t]*$/.exec(member);
    if (form === null || members.has(form[1]!)) return undefined;
    members.set(form[1]!, form[2]!);
  }
  const bytes = (name: string): Buffer | undefined => {
    const item = members.get(name);
    return item?.startsWith(":") === true ? decodeBase64(item.slice(1, -1)) : undefined;
  };
  const [leaf, proof, note, open, index] = [bytes("leaf"), bytes("proof"), bytes("checkpoint"), bytes("open"), members.get("index")];
  if (leaf === undefined || proof === undefined || note === undefined || open === undefined || index === undefined || index.startsWith(":"))
    return undefined;
  const checkpoint = note.toString("utf8");
  if (proof.length % hashBytes !== 0 || open.length !== openBytes || !Buffer.from(checkpoint).equals(note)) return undefined;
  return { leaf, index: Number(index), proof, checkpoint, open };
}
