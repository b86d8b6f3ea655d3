import { expect, it } from "vitest";
import { keepLast, readKept, type Source } from "../../src/source/source.ts";

const source = (file: string, text: string): readonly [string, Source] => [file, readKept(file, text).source!];

it("a judgement is kept while every source is the same, and made anew when one is changed, added, taken away or renamed", () => {
  let judged = 0;
  const values = keepLast((sources) => {
    judged += 1;
    return [...sources].map(([path, { value }]) => [path, value]);
  });
  const ask = (...sources: readonly (readonly [string, Source])[]) => ({ found: values(new Map(sources)), judged });
  const [a, b] = [source("a.yaml", "1"), source("b.yaml", "2")];
  expect(ask(a, b)).toEqual({ found: [["a.yaml", 1], ["b.yaml", 2]], judged: 1 }); // prettier-ignore
  expect(ask(source("a.yaml", "1"), source("b.yaml", "2")).judged).toBe(1);
  expect(ask(a, source("b.yaml", "3"))).toMatchObject({ found: [["a.yaml", 1], ["b.yaml", 3]], judged: 2 }); // prettier-ignore
  expect(ask(a)).toMatchObject({ found: [["a.yaml", 1]], judged: 3 });
  expect(ask(a, b).judged).toBe(4);
  expect(ask(a, ["c.yaml", b[1]])).toMatchObject({ found: [["a.yaml", 1], ["c.yaml", 2]], judged: 5 }); // prettier-ignore
});
