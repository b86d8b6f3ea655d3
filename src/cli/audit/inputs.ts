import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readReceiptFile } from "../../agent/exchange-file.ts";
import { FileFault } from "../../source/file-fault.ts";
import type { KnownHead } from "../../audit/heads.ts";
import type { HeldReceipts } from "../../audit/receipts.ts";
import { appendedNote, readSignedNotes } from "../../audit/signed-notes.ts";
import { CommandFault } from "../verb.ts";
import { fetchBytes } from "./over-http.ts";

/** What the auditor brings in files. */

/** The checkpoints that a file remembers; of a file that is not there yet, none. */
export function readRemembered(file: string): readonly KnownHead[] {
  if (!existsSync(file)) return [];
  const { notes, unreadableFrom } = readSignedNotes(readFileSync(file, "utf8"));
  if (unreadableFrom === undefined) return notes.map((note) => ({ note, file }));
  throw new CommandFault({
    id: `${file} baris ${unreadableFrom}: bukan titik periksa bertanda tangan. Kembalikan isinya dari salinan; jangan dihapus begitu saja.`,
    en: `${file} line ${unreadableFrom}: not a signed checkpoint. Restore it from a copy; do not simply delete it.`,
  });
}

/** Adds a checkpoint, unless the file remembers it already. */
export function remember(file: string, note: string): void {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (!readSignedNotes(text).notes.includes(note)) appendFileSync(file, appendedNote(text, note));
}

/** The receipts in a folder and the folders in it, those of evidence bundles too; files without one are named. */
export function readReceipts(folder: string): HeldReceipts {
  const held: HeldReceipts["held"][number][] = [];
  const without: string[] = [];
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of names.map(({ parentPath, name }) => join(parentPath, name)).sort()) {
    try {
      held.push({ file, ...readReceiptFile(file) });
    } catch (fault) {
      if (!(fault instanceof FileFault)) throw fault;
      without.push(file);
    }
  }
  return { held, without };
}

/** The Prometheus text of a file, or of a gateway that answers there. */
export async function readMetrics(place: string): Promise<string> {
  if (!/^https?:/.test(place)) return readFileSync(place, "utf8");
  const metrics = await fetchBytes(place);
  if (metrics !== undefined) return metrics.toString("utf8");
  throw new CommandFault({ id: `${place} tidak memberikan metrik.`, en: `${place} gives no metrics.` });
}
