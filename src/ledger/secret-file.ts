import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import type { Text } from "../base/text.ts";
import { LedgerFault } from "./fault.ts";
import { messages } from "./messages.ts";

/**
 * Reads a file that only its owner may read; `name` says what it is ("log key"). Throws `LedgerFault` if others may, or
 * if it cannot be read.
 */
export function readSecretFile(path: string, name: Text): string {
  // Mode and bytes come from one open file, so that the file cannot be swapped in between.
  const file = openFile(path, name);
  try {
    const mode = fstatSync(file).mode & 0o777;
    if ((mode & 0o077) !== 0) {
      const octal = mode.toString(8).padStart(4, "0");
      throw new LedgerFault(messages.fileOpenToOthers(name, path, octal));
    }
    return readFileSync(file, "utf8");
  } finally {
    closeSync(file);
  }
}

function openFile(path: string, name: Text): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new LedgerFault(messages.fileUnreadable(name, path), cause);
  }
}
