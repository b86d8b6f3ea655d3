import type { Answer, Message } from "../../base/message.ts";
import type { SubsystemId } from "../../base/names.ts";
import { Problem } from "../../base/problem.ts";
import type { InTurn } from "../../base/turns.ts";
import type { Assemble } from "../../evidence/assemble.ts";
import { findInLogs } from "../../ledger/closed-log.ts";
import { encodeBundle } from "../../verify/seal.ts";
import type { Gateway } from "../ports.ts";
import { answerReader, exchangeIn, readerOf } from "./read-request.ts";

/**
 * `GET /evidence/{id}` (protocol §5): the whole bundle, byte for byte as sealed, for the same readers as the receipt
 * and asked for in the same way. Bundles are made in turn, so that exchanges go on beside them.
 */
export function giveBundle(gateway: Gateway, message: Message, assemble: Assemble, inTurn: InTurn<SubsystemId>): Promise<Answer> {
  return answerReader(gateway, message, "evidence", async (head, asker) => {
    const id = exchangeIn(head, "/evidence");
    if (id === undefined) throw new Problem("receipt-unknown");
    const who = await asker();
    const found = await findInLogs([gateway.ledger, ...gateway.closedLogs], (log) => log.findExchange(id));
    const reader = found === undefined ? undefined : readerOf(who, found.stored.leaf);
    if (found === undefined || reader === undefined) throw new Problem("receipt-unknown");
    return inTurn(who.subsystem, async () => {
      if (message.gone()) throw new Problem("caller-gone");
      const bundle = await assemble(found.log, found.stored, reader);
      if (bundle === undefined) throw new Problem("receipt-unknown");
      return encodeBundle(bundle);
    });
  });
}
