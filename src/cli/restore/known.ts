import { statSync, readFileSync } from "node:fs";
import { readReceiptFile } from "../../agent/exchange-file.ts";
import type { KnownHead } from "../../audit/heads.ts";
import { readSignedNotes } from "../../ledger/signed-notes.ts";
import { parseCheckpoint, verifyCheckpoint, type Checkpoint } from "../../ledger/checkpoint.ts";
import { isSameKey, parseHandover, type Handover } from "../../ledger/handover.ts";
import { chainFault } from "../../ledger/key-trail.ts";
import type { NoteVerifier } from "../../ledger/note.ts";
import { FileFault } from "../../source/file-fault.ts";
import { readReceipts } from "../audit/inputs.ts";
import { CommandFault } from "../verb.ts";
import { messages } from "./messages.ts";

/** A checkpoint that somebody holds of the log that is restored. */
export type HeldCheckpoint = KnownHead & Checkpoint;

/**
 * The checkpoints in what members and auditors bring: a receipt, a saved exchange, a bundle, a file of checkpoints, or
 * a folder of receipts. Throws `CommandFault` for a file that has none.
 */
export function readHeld(place: string): readonly KnownHead[] {
  if (statSync(place).isDirectory()) return readReceipts(place).held.map(({ receipt, file }) => ({ note: receipt.checkpoint, file }));
  try {
    return [{ note: readReceiptFile(place).receipt.checkpoint, file: place }];
  } catch (fault) {
    if (!(fault instanceof FileFault)) throw fault;
  }
  const { notes, unreadableFrom } = readSignedNotes(readFileSync(place, "utf8"));
  if (unreadableFrom !== undefined || notes.length === 0) throw new CommandFault(messages.noCheckpointIn(place));
  return notes.map((note) => ({ note, file: place }));
}

/** The handovers of this log's key among what others hold, from a known key on; they tell of keys that the copy is too old to know. */
export function handoversFrom(origin: string, known: readonly NoteVerifier[], held: readonly KnownHead[]): readonly Handover[] {
  const unknown = held
    .flatMap(({ note }) => parseHandover(note) ?? [])
    .filter((handover) => handover.origin === origin)
    .sort((a, b) => a.size - b.size);
  const found: Handover[] = [];
  for (const handover of unknown) {
    const keys = [...known, ...found.map(({ after }) => after)];
    const isNext = keys.some((key) => isSameKey(key, handover.before)) && !keys.some((key) => isSameKey(key, handover.after));
    if (isNext && chainFault([...found, handover]) === undefined) found.push(handover);
  }
  return found;
}

/** Those of this log, smallest first. Throws `CommandFault` for one that none of the log's keys signed. */
export function ofThisLog(origin: string, verifiers: readonly NoteVerifier[], held: readonly KnownHead[]): readonly HeldCheckpoint[] {
  return held
    .flatMap(({ note, file }) => {
      const checkpoint = parseCheckpoint(note);
      if (checkpoint === undefined) throw new CommandFault(messages.noCheckpointIn(file));
      if (checkpoint.origin !== origin) return [];
      if (!verifiers.some((verifier) => verifyCheckpoint(note, verifier))) throw new CommandFault(messages.notSigned(file, origin));
      return [{ ...checkpoint, note, file }];
    })
    .sort((a, b) => a.size - b.size);
}

/**
 * The newest checkpoint beyond the copy, `undefined` if there is none. `rootAt` gives the copy's root at a size that it
 * reaches. Throws `CommandFault` for one that no log can have that grows from the copy: then another history was signed.
 */
export function newestBeyond(
  size: number,
  rootAt: (size: number) => Buffer | undefined,
  held: readonly HeldCheckpoint[],
): HeldCheckpoint | undefined {
  for (const [place, head] of held.entries()) {
    const twin = held[place - 1];
    const root = head.size <= size ? rootAt(head.size) : twin?.size === head.size ? twin.root : undefined;
    if (root?.equals(head.root) === false) throw new CommandFault(messages.anotherHistory(head.file, head.size));
  }
  const newest = held.at(-1);
  return newest !== undefined && newest.size > size ? newest : undefined;
}
