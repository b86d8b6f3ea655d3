import { expect, test } from "vitest";
import { parseJson } from "../../src/contract/json.ts";
import { contentLimits } from "../../src/contract/limits.ts";

const read = (text: string) => parseJson(Buffer.from(text));
const nested = (open: string, inner: string, close: string, levels: number): string => open.repeat(levels) + inner + close.repeat(levels);

/** With a space after it, JSON is not as V8 would write it: the quick and the thorough way have to say the same. */
const spellings = (text: string): readonly string[] => [text, `${text} `];

test.each([
  ["in an array", "[9007199254740992]"],
  ["in an object", '{"a":{"b":9007199254740992}}'],
  ["in an array of an object", '{"a":[1,9007199254740992]}'],
  ["negative", '{"a":[-9007199254740992]}'],
])("a number that a double may have rounded is refused %s, however the JSON is spelt", (_, text) => {
  for (const spelling of spellings(text))
    expect(read(spelling)).toMatchObject({ wrong: { en: expect.stringContaining("2^53") as string } });
});

test.each([
  ["arrays", (levels: number) => nested("[", "", "]", levels)],
  ["objects", (levels: number) => nested('{"a":', "1", "}", levels)],
])("%s may nest as deep as the limit and no deeper, however the JSON is spelt", (_, make) => {
  for (const spelling of spellings(make(contentLimits.depth))) expect(read(spelling)).toHaveProperty("value");
  for (const spelling of spellings(make(contentLimits.depth + 1)))
    expect(read(spelling)).toMatchObject({ wrong: { en: expect.stringContaining("deeper") as string } });
});

test.each([
  ['{"a":1,"a":2}', "twice"],
  ['{"a":{"b":1,"\\u0062":2}}', "twice"],
  ['{"a":1', "well-formed"],
  ["\ufeff{}", "BOM"],
])("%s is refused: %s", (text, why) => {
  expect(read(text)).toMatchObject({ wrong: { en: expect.stringContaining(why) as string } });
});

test("what is sound comes back as its value", () => {
  for (const spelling of spellings('{"a":[1,-2.5,"x",null,true,{"b":[]}]}'))
    expect(read(spelling)).toEqual({ value: { a: [1, -2.5, "x", null, true, { b: [] }] } });
});
