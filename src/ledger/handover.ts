import { parseCheckpoint } from "./checkpoint.ts";
import { formatVkey, parseNote, parseVkey, signNote, verifyNote, cosignNote, type NoteSigner, type NoteVerifier } from "./note.ts";

/**
 * How a log's key hands over to the next one (protocol §4.1): the last checkpoint of the key before, with a line that names both keys,
 * signed by both. Whoever holds either key can follow to the other, with nothing but this note.
 */
export interface Handover {
  /** The signed note. */
  readonly note: string;
  readonly origin: string;
  /** The last size that counts under the key before. The control leaf that records the handover is leaf `size`. */
  readonly size: number;
  readonly root: Buffer;
  readonly before: NoteVerifier;
  readonly after: NoteVerifier;
}

/** The note by which `before` hands over to `after` in the log of their name, whose head this is. */
export function signHandover(size: number, root: Buffer, before: NoteSigner, after: NoteSigner): string {
  const keys = `key ${formatVkey(before)} ${formatVkey(after)}`;
  return cosignNote(signNote(`${before.name}\n${size}\n${root.toString("base64")}\n${keys}\n`, before), after);
}

/** Reads such a note; `undefined` unless it is one, of two keys of the same log, and both signed it. */
export function parseHandover(text: string): Handover | undefined {
  const [note, checkpoint] = [parseNote(text), parseCheckpoint(text)];
  const form = note === undefined ? null : /^[^\n]+\n[^\n]+\n[^\n]+\nkey (\S+) (\S+)\n$/.exec(note.text);
  const [before, after] = form === null ? [] : [parseVkey(form[1]!), parseVkey(form[2]!)];
  if (note === undefined || checkpoint === undefined || before === undefined || after === undefined) return undefined;
  const { origin, size, root } = checkpoint;
  if (before.name !== origin || after.name !== origin || isSameKey(before, after)) return undefined;
  if (!verifyNote(note, before) || !verifyNote(note, after)) return undefined;
  return { note: text, origin, size, root, before, after };
}

/** Whether two verifiers have one key, whatever their names. */
export const isSameKey = (a: NoteVerifier, b: NoteVerifier): boolean => a.publicKey.equals(b.publicKey);
