import { createInterface } from "node:readline/promises";
import { inline, type Text } from "../base/text.ts";
import type { Ask } from "../workbench/questions.ts";

/** A terminal on which questions can be asked. */
export interface Terminal {
  readonly ask: Ask;
  close(): void;
}

/** The user's terminal; `undefined` where standard input is none. */
export function openTerminal(): Terminal | undefined {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  return {
    ask(question: Text, preset, wrong) {
      if (wrong !== undefined) console.log(`  ${inline(wrong)}`);
      return lines.question(`${inline(question)}${preset === undefined || preset === "" ? "" : ` [${preset}]`}: `);
    },
    close: () => lines.close(),
  };
}
