import type { Answer, Message } from "../../base/message.ts";
import { Problem } from "../../base/problem.ts";
import { decodeBase64url } from "../../base/bytes.ts";
import { wasSpared, type BundleReader } from "../../evidence/disclose.ts";
import { findInLogs, type SearchableLog } from "../../ledger/closed-log.ts";
import type { ExchangeLeaf } from "../../ledger/leaf.ts";
import type { StoredLeaf } from "../../ledger/ledger.ts";
import { proveStored } from "../../ledger/prove-stored.ts";
import { formatReceipt } from "../../ledger/receipt.ts";
import { noKey } from "../answer.ts";
import type { Gateway } from "../ports.ts";
import type { RequestHead } from "../head.ts";
import { answerReader, exchangeIn, readerOf } from "./read-request.ts";

/**
 * `GET /receipts/{id}` and `GET /receipts?statement=<hash>` (protocol §5): the receipt of an exchange again, proved
 * against the newest checkpoint of its log, which may be closed. The exchange's consumer, its provider or an auditor
 * asks with a statement without `purpose`. Any other caller learns nothing, not even that the exchange exists.
 */
export function giveReceipt(gateway: Gateway, message: Message): Promise<Answer> {
  return answerReader(gateway, message, "receipt", async (head, asker) => {
    const wanted = readTarget(head);
    const who = await asker();
    const found = await findInLogs([gateway.ledger, ...gateway.closedLogs], (log) =>
      "exchange" in wanted ? log.findExchange(wanted.exchange) : log.findStatement(wanted.statement),
    );
    const reader = found === undefined ? undefined : readerOf(who, found.stored.leaf);
    if (found === undefined || reader === undefined) throw new Problem("receipt-unknown");
    return receiptOf(found.log, found.stored, reader);
  });
}

type Wanted = { readonly exchange: string } | { readonly statement: Buffer };

function readTarget(head: RequestHead): Wanted {
  const exchange = exchangeIn(head, "/receipts");
  if (exchange !== undefined) return { exchange };
  const byStatement = /^\?statement=([A-Za-z0-9_-]{43})$/.exec(head.query);
  const hash = byStatement === null || head.method !== "GET" || head.path !== "/receipts" ? undefined : decodeBase64url(byStatement[1]!);
  if (hash === undefined) throw new Problem("receipt-unknown");
  return { statement: hash };
}

async function receiptOf(log: SearchableLog, { index, leaf }: StoredLeaf, reader: BundleReader): Promise<Buffer> {
  const [proved, kept] = await Promise.all([proveStored(log, { index, leaf }), log.sealedRecord(index)]);
  const spared = kept?.keys !== undefined && wasSpared(reader, JSON.parse(leaf.toString("utf8")) as ExchangeLeaf);
  const keys = spared ? Buffer.concat([noKey, kept.keys.subarray(noKey.length)]) : kept?.keys;
  return Buffer.from(JSON.stringify({ receipt: formatReceipt({ leaf, ...proved, keys }) }));
}
