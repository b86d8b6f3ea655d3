/** Signed notes in one text, one after the other, empty lines between them: how an auditor keeps the heads of logs. */
export interface SignedNotes {
  readonly notes: readonly string[];
  /** The line, from 1, from which on no note can be read. */
  readonly unreadableFrom?: number;
}

/** The notes of a text. What a checkpoint says has no empty line, so the first one ends it, and the signatures end at the next. */
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

/** What to put at the end of such a text. */
export const appendedNote = (text: string, note: string): string => `${text === "" ? "" : text.endsWith("\n") ? "\n" : "\n\n"}${note}`;
