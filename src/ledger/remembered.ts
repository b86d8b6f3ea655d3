import { open, readFile, rename } from "node:fs/promises";
import type { Text } from "../base/text.ts";
import { parseCheckpoint, verifyCheckpoint } from "./checkpoint.ts";
import { LedgerFault } from "./fault.ts";
import { verifyConsistency } from "./merkle.ts";
import { messages } from "./messages.ts";
import { parseVkey } from "./note.ts";
import { proveConsistency } from "./proofs.ts";
import { appendedNote, readSignedNotes } from "./signed-notes.ts";
import type { TileReader } from "./tiles.ts";

/**
 * The newest checkpoint of each log in a file that a log's holder keeps for itself, best on another machine. A file
 * that is newer than the log says that the log is an old copy: whatever it signs then contradicts what it signed before.
 */

/** A log as far as it can be compared with a checkpoint of it. */
export interface ComparableLog {
  readonly origin: string;
  checkpoint(): string;
  readonly tile: TileReader;
}

/** The notes of the file; none if there is no file. Throws `LedgerFault` if something else is in it. */
export async function readRememberedNotes(file: string): Promise<readonly string[]> {
  const text = await readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === "ENOENT") return "";
    throw fault;
  });
  const { notes, unreadableFrom } = readSignedNotes(text);
  if (unreadableFrom !== undefined) throw new LedgerFault(messages.rememberedUnreadable(file, unreadableFrom));
  return notes;
}

/**
 * What is wrong with the log if it was shown these notes, `undefined` if it goes on from all of them: one is newer, or
 * of another history. Only notes that one of the log's keys signed count.
 */
export async function contradiction(
  log: ComparableLog,
  vkeys: readonly string[],
  notes: readonly string[],
  file: string,
): Promise<Text | undefined> {
  const verifiers = vkeys.flatMap((vkey) => parseVkey(vkey) ?? []);
  const own = parseCheckpoint(log.checkpoint())!;
  for (const note of notes) {
    const said = parseCheckpoint(note);
    if (said?.origin !== log.origin || !verifiers.some((verifier) => verifyCheckpoint(note, verifier))) continue;
    if (said.size > own.size) return messages.olderThanRemembered(log.origin, own.size, said.size, file);
    const proof = await proveConsistency(log.tile, said.size, own.size);
    if (!verifyConsistency(said.size, own.size, said.root, own.root, proof)) return messages.notAsRemembered(log.origin, said.size, file);
  }
  return undefined;
}

/** Puts the log's newest checkpoint in the place of its older one, in one step; those of other logs stay. */
export async function rememberCheckpoint(
  log: Pick<ComparableLog, "origin" | "checkpoint">,
  file: string,
  notes: readonly string[],
): Promise<void> {
  const others = notes.filter((note) => parseCheckpoint(note)?.origin !== log.origin);
  const text = [...others, log.checkpoint()].reduce((before, note) => before + appendedNote(before, note), "");
  const written = await open(`${file}.new`, "w", 0o600);
  try {
    await written.writeFile(text);
    await written.sync();
  } finally {
    await written.close();
  }
  await rename(`${file}.new`, file);
}

export interface RememberingOptions {
  readonly log: ComparableLog;
  /** All keys that the log has had; a rotation adds one. */
  readonly vkeys: () => readonly string[];
  readonly file: string;
  readonly everyMs: number;
  /** The file shows that another process goes on with this log: nothing may be signed any more. */
  readonly onContradiction: (detail: Text) => void;
  /** The file cannot be read or written; the next run tries again. */
  readonly onFault: (fault: unknown) => void;
}

export interface RememberingJob {
  /** Compares and writes now. A call during a run waits for that run. */
  run(): Promise<void>;
  /** Does it a last time, and ends. */
  close(): Promise<void>;
}

/** Keeps the newest checkpoint in the file, after comparing with what is there. */
export function startRemembering({ log, vkeys, file, everyMs, onContradiction, onFault }: RememberingOptions): RememberingJob {
  let written = "";
  let contradicted = false;
  let running: Promise<void> | undefined;
  const runOnce = async (): Promise<void> => {
    const checkpoint = log.checkpoint();
    if (contradicted || checkpoint === written) return;
    try {
      const notes = await readRememberedNotes(file);
      const fault = await contradiction(log, vkeys(), notes, file);
      if (fault !== undefined) {
        contradicted = true;
        return onContradiction(fault);
      }
      await rememberCheckpoint({ origin: log.origin, checkpoint: () => checkpoint }, file, notes);
      written = checkpoint;
    } catch (fault) {
      onFault(fault);
    }
  };
  const run = (): Promise<void> => (running ??= runOnce().finally(() => (running = undefined)));
  const timer = setInterval(() => void run(), everyMs);
  timer.unref();
  return {
    run,
    async close() {
      clearInterval(timer);
      await running;
      await run();
    },
  };
}
