import { Fault } from "../base/fault.ts";
import type { Text } from "../base/text.ts";

/** One verb of the command line. */
export interface Verb {
  /** How it is called, without the program's name: `verify [--vkey V] FILE`. */
  readonly usage: string;
  readonly summary: Text;
  /** What `--help` says beyond the summary; lines. */
  readonly help?: readonly Text[];
  /** Lines that `--help` adds, by what else stood on the command line. */
  readonly more?: (args: readonly string[]) => readonly string[];
  /** Runs it and gives the exit status. */
  run(args: readonly string[]): Promise<number>;
}

/** What was asked cannot be done: said in both languages, exit status 1. */
export class CommandFault extends Fault {}

/** The command line cannot be understood: said together with the usage, exit status 2. */
export class UsageFault extends CommandFault {}
