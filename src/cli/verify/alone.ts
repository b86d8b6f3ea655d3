import { stacked, type Text } from "../../base/text.ts";
import { helpOf } from "../help/terminal.ts";
import { verb } from "./verb.ts";

/** `simpul verify` as a program of its own: the entry of the one file for people who have nothing else of the project. */

const usage =
  "node simpul-verify.mjs [--vkey VKEY [--handovers FILE] | --logs FILE] [--exchange FILE] [--json | --html FILE [--time-zone ZONA]] FILE";
const args = process.argv.slice(2);

try {
  process.exitCode = args.includes("--help") || args.includes("-h") ? help() : await verb.run(args);
} catch (error) {
  const { detail, message } = error as { readonly detail?: Text; readonly message?: string };
  console.error(detail === undefined ? message : stacked(detail));
  console.error(`\n  ${usage}`);
  // Never 2, which means "consistent".
  process.exitCode = 1;
}

function help(): 0 {
  console.log(helpOf(verb, usage, []));
  return 0;
}
