import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { addLengthKeywords } from "../../src/contract/length-keywords.ts";

const own = new Ajv2020();
const ours = new Ajv2020();
addLengthKeywords(ours);

/** Of one and of two UTF-16 units, halves of a pair that stand alone, and an accent of its own. */
const texts = ["", "a", "😀", "\ud83d", "\ude00a", "e\u0301"].flatMap((a) =>
  ["", "b", "😀", "\ud83d", "😀😀"].flatMap((b) => ["", "c", "\ude00", "😀"].map((c) => a + b + c)),
);

it.each(["maxLength", "minLength"])("%s counts characters just as JSON Schema does, whatever they are written in", (keyword) => {
  for (const limit of [0, 1, 2, 3, 4, 6]) {
    const [theirs, faster] = [own.compile({ type: "string", [keyword]: limit }), ours.compile({ type: "string", [keyword]: limit })];
    for (const text of texts) {
      expect(faster(text), `${JSON.stringify(text)} ${limit}`).toBe(theirs(text));
      expect(faster.errors?.map(({ keyword: broken, params }) => ({ broken, params }))).toEqual(
        theirs.errors?.map(({ keyword: broken, params }) => ({ broken, params })),
      );
    }
  }
});
