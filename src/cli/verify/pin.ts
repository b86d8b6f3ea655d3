import { readFileSync } from "node:fs";
import { parseVkey } from "../../ledger/note.ts";
import { CommandFault } from "../verb.ts";
import { messages } from "./messages.ts";

/** The key that the holder gives, if any. Throws a `CommandFault` if it is no vkey. */
export function pinned(vkey: string | undefined): string | undefined {
  if (vkey !== undefined && parseVkey(vkey) === undefined) throw new CommandFault(messages.notAVkey(vkey));
  return vkey;
}

/** The vkey of a log, from a list that the holder keeps. Throws a `CommandFault` if the list does not have it. */
export function vkeyFor(origin: string, file: string): string {
  const line = readFileSync(file, "utf8")
    .split("\n")
    .find((row) => row.startsWith(`${origin} `));
  const vkey = line?.split(" ")[1];
  if (vkey === undefined) throw new CommandFault(messages.logNotListed(file, origin));
  return vkey;
}
