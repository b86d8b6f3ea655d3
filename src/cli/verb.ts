import type { Text } from "../base/text.ts";

/** One verb of the command line. */
export interface Verb {
  /** How it is called, without the program's name: `verify [--vkey V] FILE`. */
  readonly usage: string;
  readonly summary: Text;
  /** What `--help` says beyond the summary; lines. */
  readonly help?: readonly Text[];
  /** Runs it and gives the exit status. */
  run(args: readonly string[]): Promise<number>;
}

/** The command line cannot be understood: said in one line, with the usage, exit status 2. */
export class UsageFault extends Error {
  readonly detail: Text;

  constructor(detail: Text) {
    super(detail.en);
    this.detail = detail;
  }
}
