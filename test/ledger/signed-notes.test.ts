import { expect, test } from "vitest";
import { appendedNote, readSignedNotes } from "../../src/ledger/signed-notes.ts";
import { headOf, exchanges } from "../audit/logs.ts";

const [one, two, three] = [0, 1, 2].map((size) => headOf(exchanges(size))) as [string, string, string];

test("notes come back as they were added, one after the other", () => {
  let text = "";
  for (const note of [one, two, three]) text += appendedNote(text, note);
  expect(text).toBe(`${one}\n${two}\n${three}`);
  expect(readSignedNotes(text)).toEqual({ notes: [one, two, three] });
});

test("notes that lie close together or far apart, with several signatures, are told apart", () => {
  const cosigned = `${two}— saksi.example/w AAAAAAAA\n`;
  expect(readSignedNotes(`\n\n${one}${cosigned}\n\n\n${three}\n\n`)).toEqual({ notes: [one, cosigned, three] });
});

test("a note is added on a line of its own, also after a last line that does not end", () => {
  expect(readSignedNotes("").notes).toEqual([]);
  expect(readSignedNotes(`${one}${appendedNote(one, two)}`).notes).toEqual([one, two]);
  const cut = one.slice(0, -1);
  expect(appendedNote(cut, two)).toBe(`\n\n${two}`);
});

test.each([
  [`${one}\nsesuatu\n`, 7],
  ["sesuatu", 1],
  [one.slice(0, -1), 1],
  ["— a AAAAAAA=\n\n— b AAAAAAA=\n", 1],
  [`${one}\n\n${two.replace("\n\n", "\n")}`, 8],
])("the line is named from which on there is no note (%#)", (text, line) => {
  expect(readSignedNotes(text).unreadableFrom).toBe(line);
});
