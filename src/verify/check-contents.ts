import { decodeBase64url, sha256 } from "../base/bytes.ts";
import { commit } from "../ledger/commitment.ts";
import type { CheckReport } from "./check-report.ts";
import { messages } from "./messages.ts";

/** Message contents that the verifier has kept. */
export interface Contents {
  readonly request?: Uint8Array;
  readonly delivered?: Uint8Array;
  /** What the provider sent, if something else was delivered. */
  readonly provider?: Uint8Array;
}

/** To what a commitment should open: the content itself, or its digest (`Content-Digest`) in a signed statement or answer. */
export interface CommitmentOpening {
  readonly key: string | undefined;
  readonly content: Uint8Array | undefined;
  readonly digest: string | undefined;
}

type Part = "request" | "delivered" | "provider";
type Commitment = { readonly commit?: string | undefined; readonly bytes?: number | undefined } | undefined;

/** Checks that the commitment in the leaf opens to what is known of the content. `unread` is the reason if the leaf has no commitment. */
export function checkContent(
  part: Part,
  record: Commitment,
  { key, content, digest }: CommitmentOpening,
  unread: "unread" | "undelivered",
  report: CheckReport,
): void {
  const where = `/open/${part}`;
  if (record?.commit === undefined) return key === undefined ? report.skip(part, where, unread) : void report.record(part, where, false);
  if (key === undefined) return report.skip(part, where, "no-commitment-key");
  const opens = (hash: Buffer): boolean => commit(decodeBase64url(key)!, hash) === record.commit;
  if (content !== undefined)
    report.record(part, where, record.bytes === content.length && opens(sha256(content)), { opened: messages.givenContent });
  if (digest !== undefined) report.record(part, where, opens(rawOf(digest)), { opened: messages.signedDigest });
  else if (content === undefined) report.skip(part, where, "no-content");
}

/** Checks a refusal `digest-mismatch`: what arrived is not what was signed, so the commitment must not open to the signed digest. */
export function checkChanged(record: Commitment, key: string | undefined, digest: string, report: CheckReport): void {
  if (record?.commit === undefined || key === undefined) return report.skip("changed", "/open/request", "no-commitment-key");
  report.record("changed", "/open/request", commit(decodeBase64url(key)!, rawOf(digest)) !== record.commit);
}

/** The 32 bytes in `sha-256=:<base64>:`. */
const rawOf = (digest: string): Buffer => Buffer.from(digest.slice("sha-256=:".length, -1), "base64");
