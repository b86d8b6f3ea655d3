import { decodeBase64 } from "../base/bytes.ts";
import { hashBytes } from "./merkle.ts";
import { parseNote, signNote, verifyNote, type NoteSigner, type NoteVerifier } from "./note.ts";

/** C2SP tlog-checkpoint: the head of a log as the text of a signed note. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

/** The origin of a log, which is also its address: `<host>/log/<name>` (protocol §4.1). */
export const originForm = /^[A-Za-z0-9.\-[\]:]+\/log\/[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** The signed note of a head, under the origin as the signer's name. */
export function signCheckpoint(size: number, root: Buffer, signer: NoteSigner): string {
  return signNote(`${signer.name}\n${size}\n${root.toString("base64")}\n`, signer);
}

/**
 * Reads a note as a checkpoint, without checking its signatures; `undefined` if it is none. Extension lines are allowed
 * and ignored.
 */
export function parseCheckpoint(note: string): Checkpoint | undefined {
  const text = parseNote(note)?.text;
  const form = text === undefined ? null : /^([^\n]+)\n(0|[1-9][0-9]{0,15})\n([^\n]+)\n(?:[^\n]+\n)*$/.exec(text);
  if (form === null) return undefined;
  const size = Number(form[2]);
  const root = decodeBase64(form[3]!);
  return Number.isSafeInteger(size) && root?.length === hashBytes ? { origin: form[1]!, size, root } : undefined;
}

/** Whether `verifier` signed the checkpoint, and its origin is the verifier's name. */
export function verifyCheckpoint(note: string, verifier: NoteVerifier): boolean {
  const parsed = parseNote(note);
  return parsed !== undefined && parseCheckpoint(note)?.origin === verifier.name && verifyNote(parsed, verifier);
}
