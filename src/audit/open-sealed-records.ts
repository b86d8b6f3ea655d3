import { decodeBase64url, sha256 } from "../base/bytes.ts";
import type { Text } from "../base/text.ts";
import type { AuditFinding } from "./finding.ts";
import { LedgerFault } from "../ledger/fault.ts";
import type { ExchangeLeaf } from "../ledger/leaf.ts";
import type { ReadableLog } from "../ledger/readable-log.ts";

/** A log whose evidence opens, because its keys were given. */
export type OpenableLog = Pick<ReadableLog, "sealedRecord" | "tile">;

/** Opens what is kept beside a leaf: whatever was signed must be what the leaf names by its hash. `undefined` if it is. */
export async function openSealedRecords(
  log: OpenableLog,
  index: number,
  { request, response }: ExchangeLeaf,
): Promise<AuditFinding | undefined> {
  try {
    const kept = await log.sealedRecord(index);
    if (!hasHash(kept?.statement, request.batch ?? request.statement))
      return finding(index, {
        id: "Pernyataan konsumen yang disimpan bukan yang dicatat daun ini",
        en: "The consumer's statement that is kept is not the one that this leaf records",
      });
    if (!hasHash(kept?.response, response?.provider?.statement))
      return finding(index, {
        id: "Tanda tangan penyedia yang disimpan bukan yang dicatat daun ini",
        en: "The provider's signature that is kept is not the one that this leaf records",
      });
    return undefined;
  } catch (fault) {
    if (fault instanceof LedgerFault) return finding(index, fault.detail);
    throw fault;
  }
}

/** Whether the claims of a compact JWS hash to it; what is not kept is not asked. */
const hasHash = (jws: string | undefined, hash: string | undefined): boolean =>
  jws === undefined || sha256(decodeBase64url(jws.split(".")[1] ?? "") ?? "").toString("base64url") === hash;

const finding = (leaf: number, text: Text): AuditFinding => ({ place: { leaf }, text });
