import type { Text } from "../base/text.ts";

/** A log that cannot be used as it stands: what is wrong, in words for the one who operates it. Never shown to callers. */
export class LedgerFault extends Error {
  override readonly name = "LedgerFault";
  readonly detail: Text;

  constructor(detail: Text, cause?: unknown) {
    super(`${detail.id} / ${detail.en}`, { cause });
    this.detail = detail;
  }
}
