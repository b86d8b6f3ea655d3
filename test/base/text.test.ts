import { expect, test } from "vitest";
import { countOf, inline, joined, languageOf, prefixed, stacked } from "../../src/base/text.ts";

const none = { id: "Tidak ada.", en: "None." };

test("both languages are shown on one line or on two, Indonesian first", () => {
  expect(inline(none)).toBe("Tidak ada. (None.)");
  expect(stacked(none)).toBe("Tidak ada.\n(None.)");
  expect(stacked(none, "    ")).toBe("Tidak ada.\n    (None.)");
});

test("what is put before a text, and texts put together, keep the languages apart", () => {
  const [first, second] = [prefixed("a.yaml:1 ", none), prefixed("b.yaml:2 ", none)];
  expect(first).toEqual({ id: "a.yaml:1 Tidak ada.", en: "a.yaml:1 None." });
  expect(joined([first, second])).toEqual({ id: "a.yaml:1 Tidak ada.\nb.yaml:2 Tidak ada.", en: "a.yaml:1 None.\nb.yaml:2 None." });
});

test.each([
  [undefined, "id"],
  ["", "id"],
  ["id, en;q=0.5", "id"],
  [" en-GB", "en"],
  ["english", "id"],
])("a caller that accepts %s reads %s", (accepted, language) => expect(languageOf(accepted)).toBe(language));

test("a number agrees with its English noun", () => {
  expect([countOf(0, "key"), countOf(1, "key"), countOf(2n, "key"), countOf(1n, "leaf", "leaves"), countOf(7, "leaf", "leaves")]).toEqual([
    "0 keys",
    "1 key",
    "2 keys",
    "1 leaf",
    "7 leaves",
  ]);
});
