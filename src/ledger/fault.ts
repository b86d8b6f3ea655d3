import { Fault } from "../base/fault.ts";
import type { Text } from "../base/text.ts";

/** The ledger cannot be used, and why. Its message goes into logs as well, so it has both languages. */
export class LedgerFault extends Fault {
  override readonly name = "LedgerFault";

  constructor(detail: Text, cause?: unknown) {
    super(detail, cause);
    this.message = `${detail.id} / ${detail.en}`;
  }
}
