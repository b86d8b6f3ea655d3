import type { Text } from "../base/text.ts";

/** A file of the client's is not what it was taken for. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  readonly detail: Text;

  constructor(detail: Text) {
    super(detail.en);
    this.detail = detail;
  }
}
