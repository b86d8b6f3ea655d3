import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readReceiptFile } from "../../agent/exchange-file.ts";
import { FileFault } from "../../source/file-fault.ts";
import type { KnownHead } from "../../audit/heads.ts";
import type { HeldReceipts } from "../../audit/receipts.ts";
import { appendedNote, readSignedNotes } from "../../ledger/signed-notes.ts";
import { CommandFault } from "../verb.ts";
import { fetchBytes } from "./over-http.ts";
import { messages } from "./messages.ts";

/** The files that the auditor brings. */

/** The checkpoints that a file remembers; none if the file does not exist yet. */
export function readRemembered(file: string): readonly KnownHead[] {
  if (!existsSync(file)) return [];
  const { notes, unreadableFrom } = readSignedNotes(readFileSync(file, "utf8"));
  if (unreadableFrom === undefined) return notes.map((note) => ({ note, file }));
  throw new CommandFault(messages.notACheckpoint(file, unreadableFrom));
}

/** Adds a checkpoint, unless the file remembers it already. */
export function remember(file: string, note: string): void {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (!readSignedNotes(text).notes.includes(note)) appendFileSync(file, appendedNote(text, note));
}

/** The receipts in a folder and its subfolders, those of evidence bundles too, and the names of the files that hold none. */
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

/** The Prometheus text of a file, or of a gateway at this URL. */
export async function readMetrics(place: string): Promise<string> {
  if (!/^https?:/.test(place)) return readFileSync(place, "utf8");
  const metrics = await fetchBytes(place);
  if (metrics !== undefined) return metrics.toString("utf8");
  throw new CommandFault(messages.noMetrics(place));
}
