import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import type { Text } from "../base/text.ts";
import { LedgerFault } from "./fault.ts";

/** Reads a file that is its owner's alone; `name` says what it is ("log key"). Throws `LedgerFault` if others may read it, or if it cannot be read. */
export function readSecretFile(path: string, name: Text): string {
  // The mode and the bytes come from one open file: nobody can swap it in between.
  const file = openFile(path, name);
  try {
    const mode = fstatSync(file).mode & 0o777;
    if ((mode & 0o077) !== 0) {
      const octal = mode.toString(8).padStart(4, "0");
      throw new LedgerFault({
        id: `Berkas ${name.id} ${path} dapat dibaca pihak lain (mode ${octal}); jalankan chmod 600`,
        en: `The ${name.en} file ${path} is open to others (mode ${octal}); run chmod 600`,
      });
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
    throw new LedgerFault({ id: `Berkas ${name.id} ${path} tidak dapat dibaca`, en: `The ${name.en} file ${path} cannot be read` }, cause);
  }
}
