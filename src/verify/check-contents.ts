import { decodeBase64url, sha256 } from "../base/bytes.ts";
import { commit } from "../ledger/commitment.ts";
import type { Sheet } from "./check-sheet.ts";
import type { Text } from "../base/text.ts";

/** Message contents, as whoever checks has kept them. */
export interface Contents {
  readonly request?: Uint8Array;
  readonly delivered?: Uint8Array;
  /** What the provider sent, where something else was delivered. */
  readonly provider?: Uint8Array;
}

/** To what a commitment is opened: the content itself, or the digest of it that somebody signed (`Content-Digest`). */
export interface Opening {
  readonly key: string | undefined;
  readonly content: Uint8Array | undefined;
  readonly digest: string | undefined;
}

type Part = "request" | "delivered" | "provider";
type Record = { readonly commit?: string | undefined; readonly bytes?: number | undefined } | undefined;

/** The commitment in the leaf opens to what is known of the content. `unread` says why there is none, where there is none. */
export function checkContent(part: Part, record: Record, { key, content, digest }: Opening, unread: "unread" | "undelivered", sheet: Sheet): void {
  const where = `/open/${part}`;
  if (record?.commit === undefined) return key === undefined ? sheet.leave(part, where, unread) : void sheet.judge(part, where, false);
  if (key === undefined) return sheet.leave(part, where, "no-commitment-key");
  const opens = (hash: Buffer): boolean => commit(decodeBase64url(key)!, hash) === record.commit;
  if (content !== undefined) sheet.judge(part, where, record.bytes === content.length && opens(sha256(content)), { opened: given });
  if (digest !== undefined) sheet.judge(part, where, opens(rawOf(digest)), { opened: signed });
  else if (content === undefined) sheet.leave(part, where, "no-content");
}

/** A refusal `digest-mismatch` says that what arrived is not what was signed: the commitment must not open to it. */
export function checkChanged(record: Record, key: string | undefined, digest: string, sheet: Sheet): void {
  if (record?.commit === undefined || key === undefined) return sheet.leave("changed", "/open/request", "no-commitment-key");
  sheet.judge("changed", "/open/request", commit(decodeBase64url(key)!, rawOf(digest)) !== record.commit);
}

/** The 32 bytes in `sha-256=:<base64>:`. */
const rawOf = (digest: string): Buffer => Buffer.from(digest.slice("sha-256=:".length, -1), "base64");

const signed: Text = { id: "sidik isi yang ditandatangani: hanya isi itu yang cocok", en: "the digest of content that was signed: only that content fits" };
const given: Text = { id: "isi yang Anda berikan, bita demi bita", en: "the content that you gave, byte for byte" };
