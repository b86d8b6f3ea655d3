import type { Answer, Message } from "../../base/message.ts";
import { Problem } from "../../base/problem.ts";
import type { Assemble } from "../../evidence/assemble.ts";
import { findInLogs } from "../../ledger/closed-log.ts";
import { encodeBundle } from "../../verify/seal.ts";
import type { Gateway } from "../ports.ts";
import { answerReader, exchangeIn, readerOf } from "./read-request.ts";

/** A bundle costs the gateway milliseconds, where a receipt costs a fraction of one. */
const bundleWeight = 10;

/**
 * `GET /evidence/{id}` (protocol §5): the whole bundle, byte for byte as sealed, for the same readers as the receipt
 * and asked for in the same way.
 */
export function giveBundle(gateway: Gateway, message: Message, assemble: Assemble): Promise<Answer> {
  return answerReader(gateway, message, async (head, asker) => {
    const id = exchangeIn(head, "/evidence");
    if (id === undefined) throw new Problem("receipt-unknown");
    const who = await asker(bundleWeight);
    const found = await findInLogs([gateway.ledger, ...gateway.closedLogs], (log) => log.findExchange(id));
    const reader = found === undefined ? undefined : readerOf(who, found.stored.leaf);
    const bundle = found === undefined || reader === undefined ? undefined : await assemble(found.log, found.stored, reader);
    if (bundle === undefined) throw new Problem("receipt-unknown");
    return encodeBundle(bundle);
  });
}
