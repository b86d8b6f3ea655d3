import type { Text } from "../base/text.ts";

/** A log that cannot be used as it stands: what is wrong, in words for the one who operates it. Never shown to callers. */
export class LedgerFault extends Error {
  override readonly name = "LedgerFault";
  readonly text: Text;

  constructor(text: Text, cause?: unknown) {
    super(`${text.id} / ${text.en}`, { cause });
    this.text = text;
  }
}
