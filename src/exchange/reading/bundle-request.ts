import type { Answer, Message } from "../../base/message.ts";
import { Problem } from "../../base/problem.ts";
import type { Assemble } from "../../evidence/assemble.ts";
import { encodeBundle } from "../../verify/seal.ts";
import type { Gateway } from "../ports.ts";
import { answerReader, exchangeIn, readerOf } from "./read-request.ts";

/**
 * `GET /evidence/{id}` (protocol §5): the whole bundle, byte for byte as sealed, for the same readers as the receipt
 * and asked for in the same way.
 */
export function giveBundle(gateway: Gateway, message: Message, assemble: Assemble): Promise<Answer> {
  return answerReader(gateway, message, async (head, asker) => {
    const id = exchangeIn(head, "/evidence");
    if (id === undefined) throw new Problem("receipt-unknown");
    const who = await asker();
    const stored = await gateway.ledger.findExchange(id);
    const reader = stored === undefined ? undefined : readerOf(who, stored.leaf);
    const bundle = stored === undefined || reader === undefined ? undefined : await assemble(stored, reader);
    if (bundle === undefined) throw new Problem("receipt-unknown");
    return encodeBundle(bundle);
  });
}
