import { describe, expect, it } from "vitest";
import { pointerOf } from "../../src/contract/document.ts";
import { readDocument } from "../../src/standard/document.ts";
import { parsePath, select } from "../../src/standard/path-expression.ts";

const document = readDocument(
  "a.yaml",
  `openapi: 3.1.0
info: { title: a, "x-b": { title: c } }
paths:
  /a:
    get:
      parameters: [{ $ref: "#/components/parameters/P" }, { name: q, in: query }]
      responses: { "200": { $ref: "#/components/responses/R" } }
    post: { parameters: [{ $ref: "#/components/parameters/P" }], responses: { "200": { $ref: "#/components/responses/R" } } }
components:
  parameters: { P: { name: p, in: path } }
  responses: { R: { description: r, content: { application/json: { schema: { $ref: "#/components/schemas/S" } } } } }
  schemas: { S: { properties: { s: { $ref: "#/components/schemas/S" } } } }
`,
);
const found = (text: string): readonly string[] => select(document, parsePath(text)!).map(({ steps }) => pointerOf(steps));

describe("a path expression", () => {
  it.each([
    ["$", [""]],
    ["$.info.title", ["/info/title"]],
    ["$['info']", ["/info"]],
    ["$.info.x-b.title", ["/info/x-b/title"]],
    ["$.info[title,'x-b']", ["/info/title", "/info/x-b"]],
    ["$.paths[*][get,post]", ["/paths/~1a/get", "/paths/~1a/post"]],
    ["$.paths.*.get.responses", ["/paths/~1a/get/responses"]],
    ["$..title", ["/info/title", "/info/x-b/title"]],
    ["$.tiada[*].lagi", []],
  ])("%s names %j", (text, pointers) => expect(found(text)).toEqual(pointers));

  it.each([
    ["$.paths[*][*].parameters[*]", ["/components/parameters/P", "/paths/~1a/get/parameters/1"]],
    ["$.paths[*][*].responses[*].content[*].schema", ["/components/schemas/S"]],
    ["$..s", ["/components/schemas/S"]],
    ["$.paths[*][*].parameters[?(@.in == 'query')]", ["/paths/~1a/get/parameters/1"]],
    ["$.paths[*][?(@.requestBody)]", []],
  ])("%s follows references, and names what several lead to once, where it stands", (text, pointers) =>
    expect(found(text)).toEqual(pointers),
  );

  it.each([
    "paths",
    "$paths",
    "$.",
    "$.a[",
    "$.a[0:2]",
    "$.a[(@.length-1)]",
    "$.a[?(@.b > 1)]",
    "$.a^",
    "$.a~",
    "$.a b",
    "$[a",
    "$.[a]",
    "$...a",
  ])("%s is refused", (text) => expect(parsePath(text)).toBeUndefined());
});
