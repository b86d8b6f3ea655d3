import { describe, expect, it } from "vitest";
import { excerptAt } from "../../src/standard/report/excerpt.ts";

/** What is shown of a line, marked at the first place of `at`. */
function shown(line: string, at: string, pointer = "/paths"): string | undefined {
  const excerpt = excerptAt([line], { line: 1, column: line.indexOf(at) + 1, pointer });
  return excerpt && `${excerpt.before}[${excerpt.marked}]${excerpt.after}`;
}

describe("the excerpt of a finding", () => {
  it.each([
    ["      get:", "get", "[get]:"],
    ["  /rujukan/{id}:", "/rujukan", "[/rujukan/{id}]:"],
    ["    version: 1.2 # lama", "1.2", "version: [1.2] # lama"],
    [`        - { name: nik, in: path, schema: { type: string } }`, "{ type", "- { name: nik, in: path, schema: [{ type: string }] }"],
    [`  "post": {`, `"post"`, `["post"]: {`],
    [`  "a\\"b": 1,`, `"a`, `["a\\"b"]: 1,`],
    [`nik: { type: string, format: datetime }`, "datetime", "nik: { type: string, format: [datetime] }"],
    ["  'it''s': 1", "'it", "['it''s']: 1"],
    ["schema: { type: object,", "{", "schema: [{] type: object,"],
  ])("marks the name or the value in %j", (line, at, expected) => expect(shown(line, at)).toBe(expected));

  it("is a piece of a line that is very long", () => {
    const line = `{${Array.from({ length: 500 }, (_, index) => `"m${index}":${index}`).join(",")}}`;
    for (const member of ['"m30"', '"m250"']) {
      const piece = shown(line, member)!;
      expect(piece.length).toBeLessThan(180);
      expect(piece).toMatch(/^… .*\["m\d+"\]:\d+,.* …$/);
    }
    expect(shown(line, '"m30"')).toContain('"m29"');
  });

  it("ends where an example begins, and does not begin in one", () => {
    const flow = "{ type: string, example: Kartika, maxLength: x }";
    expect(shown(`nama: ${flow}`, "{")).toBe("nama: [{ type: string, example:] …");
    expect(shown(`nama: ${flow}`, "string")).toBe("nama: { type: [string], example: …");
    expect(shown(`nama: ${flow}`, "x }")).toBe("… [x] }");
    expect(shown(`{"type":"string","example":"Kartika","maxLength":"x"}`, `"type"`)).toBe(`{["type"]:"string","example": …`);
    expect(shown(`  nik: "1603" }, pattern: x`, "x")).toBe("… [x]");
    expect(shown(`nama: { default: Kartika, pattern: x }`, "x }")).toBe("… [x] }");
  });

  it("is none within an example, or where nothing stands", () => {
    expect(shown("nik: 1603074512979001", "1603", "/x/example/nik")).toBeUndefined();
    expect(shown("nik: 1603074512979001", "1603", "/x/examples/a/value/nik")).toBeUndefined();
    expect(shown("nik: 1603074512979001", "1603", "/x/schema/default")).toBeUndefined();
    expect(shown("default:", "default", "/paths/~1a/get/responses/default")).toBe("[default]:");
    expect(excerptAt([""], { line: 1, column: 1, pointer: "" })).toBeUndefined();
    expect(excerptAt([], { line: 1, column: 1, pointer: "" })).toBeUndefined();
  });
});
