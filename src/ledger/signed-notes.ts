/** Signed notes in one text with empty lines between them, as an auditor keeps the heads of logs. */
export interface SignedNotes {
  readonly notes: readonly string[];
  /** The line, from 1, at which something begins that is no note. */
  readonly unreadableFrom?: number;
}

/** Reads the notes of a text. A checkpoint's text has no empty line, so the first one ends it and the next ends the signatures. */
export function readSignedNotes(text: string): SignedNotes {
  const note = /\n*((?:(?!— )[^\n]+\n)+\n(?:— [^\n]+\n)+)/y;
  const notes: string[] = [];
  let end = 0;
  for (let found = note.exec(text); found !== null; found = note.exec(text)) {
    notes.push(found[1]!);
    end = note.lastIndex;
  }
  const rest = text.slice(end);
  if (rest.trim() === "") return { notes };
  const blank = rest.length - rest.trimStart().length;
  return { notes, unreadableFrom: text.slice(0, end + blank).split("\n").length };
}

/** What to append to such a text to add a note. */
export const appendedNote = (text: string, note: string): string => `${text === "" ? "" : text.endsWith("\n") ? "\n" : "\n\n"}${note}`;
