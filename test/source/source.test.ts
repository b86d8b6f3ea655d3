import { describe, expect, it } from "vitest";
import { readSource } from "../../src/source/source.ts";

/** `¶` marks where the fault has to be found. */
const rows: readonly (readonly [string, string])[] = [
  ["yaml-alias-unknown", "¶*a"],
  ["yaml-alias-unknown", "a: 1\nb: [{ c: ¶*d }]"],
  ["yaml-alias-unknown", "a: ¶*b\nb: &b 1"],
  ["number-infinite", "a: 1\nmaximum: ¶.inf"],
  ["number-infinite", "minimum: ¶-.inf"],
  ["number-infinite", "a: [{ b: ¶.nan }]"],
  ["number-infinite", '{"maximum": ¶1e999}'],
  ["yaml-invalid", "a: 1\nb: ¶!!omap [type: string]"],
  ["yaml-invalid", "b: ¶!!set {a, b}"],
  ["yaml-invalid", "b: ¶!!binary aGFsbw=="],
  ["yaml-invalid", "b: ¶!!timestamp 2026-01-01"],
  ["yaml-invalid", "b: ¶!own x"],
  ["yaml-version", "¶%YAML 1.1\n---\na: NO"],
  ["yaml-version", "# catatan\n¶%YAML 1.1\n---\na: NO"],
  ["yaml-aliases", "a: &a { b: { c: ¶*a } }"],
  ["yaml-too-deep", `¶a: ${"[".repeat(70)}${"]".repeat(70)}`],
  ["yaml-too-deep", `a: &a ${"[".repeat(60)}${"]".repeat(60)}\nb: [[[[[[[[¶*a]]]]]]]]`],
];

describe("readSource", () => {
  it.each(rows)("says %s at its place: %j", (code, marked) => {
    const before = marked.slice(0, marked.indexOf("¶")).split("\n");
    const { source, faults } = readSource("x.yaml", marked.replace("¶", ""));
    expect(source).toBeUndefined();
    expect(faults.map(({ code: found, line, column }) => [found, line, column])).toEqual([
      [code, before.length, before.at(-1)!.length + 1],
    ]);
  });

  it("counts what aliases repeat, not how often one is used", () => {
    const often = readSource("x.yaml", `galat: &galat { a: 1 }\nsemua: [${Array<string>(5000).fill("*galat").join(", ")}]`);
    expect(often.faults).toEqual([]);
    expect((often.source!.value as { semua: unknown[] }).semua).toHaveLength(5000);
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x,x]",
      ..."bcdefghi".split("").map((name, at) => `${name}: &${name} [${`*${"abcdefgh"[at]!},`.repeat(10)}]`),
    ];
    expect(readSource("x.yaml", bomb.join("\n")).faults.map(({ code }) => code)).toEqual(["yaml-aliases"]);
  });

  it("takes the YAML of today: 1.2 said or not, tags of JSON, merge keys and NO as texts", () => {
    const { source } = readSource("x.yaml", "%YAML 1.2\n---\na: NO\nb: !!str 12\nc: 1:30\n'%YAML': 1.1\n");
    expect(source?.value).toEqual({ a: "NO", b: "12", c: "1:30", "%YAML": 1.1 });
  });
});
