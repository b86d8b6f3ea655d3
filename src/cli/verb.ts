import { Fault } from "../base/fault.ts";
import type { Text } from "../base/text.ts";

/** For whom a verb is meant. */
export type Audience = "everybody" | "operator" | "developer" | "officer" | "auditor";

/** One option of a verb: a row for `parseArgs` (which ignores the last two members) and for the reader of `--help`. */
export interface VerbOption {
  readonly type: "boolean" | "string";
  readonly multiple?: true;
  readonly default?: string;
  /** What is written after it, `FILE`; absent for a switch. */
  readonly value?: string;
  readonly means: Text;
}

export type VerbOptions = Readonly<Record<string, VerbOption>>;

/** One verb of the command line. `--help` and `docs/cli.md` are written from it. */
export interface Verb {
  readonly audience: Audience;
  /** How it is called, without the program's name: `verify [--vkey V] FILE`. */
  readonly usage: string;
  readonly summary: Text;
  /** What the reader has to know besides: paragraphs. */
  readonly help?: readonly Text[];
  /** Its own options; one with `--control` asks the control API of a running gateway, with an officer's token. */
  readonly options?: VerbOptions;
  /** Every setting of the gateway's configuration is an option, too. */
  readonly settings?: true;
  /** Lines that `--help` adds, given the other arguments. */
  readonly more?: (args: readonly string[]) => readonly string[];
  /** What its exit statuses mean, where that is more than 0 done, 1 not done, 2 misused. */
  readonly exit?: Readonly<Partial<Record<0 | 1 | 2 | 3, Text>>>;
  /** Runs it and gives the exit status. */
  run(args: readonly string[]): Promise<number>;
}

/** The request cannot be carried out: explained in both languages, exit status 1. */
export class CommandFault extends Fault {}

/** The command line cannot be understood: explained together with the usage, exit status 2. */
export class UsageFault extends CommandFault {}
