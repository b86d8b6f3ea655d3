import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { inline, type Text } from "../../base/text.ts";
import { UsageFault } from "../verb.ts";

/** Asks on the terminal for a line that is not shown. Throws `UsageFault` with `otherwise` where there is no terminal. */
export async function askSecret(question: Text, otherwise: Text): Promise<string> {
  if (!process.stdin.isTTY) throw new UsageFault(otherwise);
  process.stderr.write(`${inline(question)}: `);
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: mute, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      terminal.once("line", resolve);
      terminal.once("close", () => reject(new UsageFault(otherwise)));
    });
  } finally {
    terminal.close();
    process.stderr.write("\n");
  }
}
