import { decodeBase64 } from "../base/bytes.ts";
import { commitmentKeyBytes } from "./commitment.ts";
import { hashBytes } from "./merkle.ts";

/** The receipt of one exchange (protocol §5): enough to check, with a pinned `vkey` and one's own bytes, without asking anybody. */
export interface Receipt {
  readonly leaf: Buffer;
  readonly index: number;
  /** RFC 9162 inclusion proof, 32·k bytes. */
  readonly proof: Buffer;
  /** C2SP note. */
  readonly checkpoint: string;
  /** k_request ‖ k_delivered, 64 bytes; a key that the leaf has no use for is zeros. */
  readonly open: Buffer;
}

export const openBytes = 2 * commitmentKeyBytes;

/**
 * The value of the `Spl-Receipt` field, an RFC 9651 dictionary. `keys` as the ledger keeps them, of which a receipt carries the first two;
 * missing or destroyed, they are zeros.
 */
export function formatReceipt({
  leaf,
  index,
  proof,
  checkpoint,
  keys,
}: Omit<Receipt, "open"> & { readonly keys?: Buffer | undefined }): string {
  const open = keys?.toString("base64", 0, openBytes) ?? noKeys;
  return `leaf=:${leaf.toString("base64")}:, index=${index}, proof=:${proof.toString("base64")}:, checkpoint=:${encodeCheckpoint(checkpoint)}:, open=:${open}:`;
}

const noKeys = Buffer.alloc(openBytes).toString("base64");

let latest = { checkpoint: "", encoded: "" };

/** Everybody in one commit of the ledger gets the same checkpoint. */
function encodeCheckpoint(checkpoint: string): string {
  if (latest.checkpoint !== checkpoint) latest = { checkpoint, encoded: Buffer.from(checkpoint).toString("base64") };
  return latest.encoded;
}

/** The reverse. Each of the five members once, in any order, without parameters; `undefined` for anything else. */
export function parseReceipt(value: string): Receipt | undefined {
  const members = new Map<string, string>();
  for (const member of value.split(/[ \t]*,[ \t]*/)) {
    const form = /^(leaf|index|proof|checkpoint|open)=(0|[1-9][0-9]{0,14}|:[A-Za-z0-9+/=]*:)$/.exec(member);
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
