import { Fault } from "../base/fault.ts";
import type { Text } from "../base/text.ts";

/** Why the ledger, or something in it, cannot be used. Its message is also logged, so it has both languages. */
export class LedgerFault extends Fault {
  override readonly name = "LedgerFault";

  constructor(detail: Text, cause?: unknown) {
    super(detail, cause);
    this.message = `${detail.id} / ${detail.en}`;
  }
}
