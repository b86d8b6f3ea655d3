import { decodeBase64url, sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import type { AuditFinding } from "./finding.ts";
import { LedgerFault } from "../ledger/fault.ts";
import type { ExchangeLeaf } from "../ledger/leaf.ts";
import type { ReadableLog } from "../ledger/readable-log.ts";
import { messages } from "./messages.ts";

/** A log that was opened with its master keys, so that its sealed records can be read. */
export type OpenableLog = Pick<ReadableLog, "sealedRecord" | "tile">;

/** Opens the sealed record of a leaf and compares the hashes of what was signed with the leaf's. `undefined` if they agree. */
export async function openSealedRecords(
  log: OpenableLog,
  index: number,
  { request, response }: ExchangeLeaf,
): Promise<AuditFinding | undefined> {
  try {
    const kept = await log.sealedRecord(index);
    if (!hasHash(kept?.statement, request.batch ?? request.statement)) return finding(index, messages.otherStatement);
    if (!hasHash(kept?.response, response?.provider?.statement)) return finding(index, messages.otherSignature);
    return undefined;
  } catch (fault) {
    if (fault instanceof LedgerFault) return finding(index, fault.detail);
    throw fault;
  }
}

/** Whether the claims of a compact JWS have this hash; true if no JWS is kept. */
const hasHash = (jws: string | undefined, hash: string | undefined): boolean =>
  jws === undefined || sha256(decodeBase64url(jws.split(".")[1] ?? "") ?? "").toString("base64url") === hash;

const finding = (leaf: number, text: Text): AuditFinding => ({ place: { leaf }, text });
