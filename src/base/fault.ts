import type { Text } from "./text.ts";

/** An error that says in both languages what is wrong and what would be right; `message` is the English. */
export abstract class Fault extends Error {
  readonly detail: Text;

  constructor(detail: Text, cause?: unknown) {
    super(detail.en, cause === undefined ? undefined : { cause });
    this.detail = detail;
  }
}
