import { describe, expect, test } from "vitest";
import { policiesFolder } from "../../src/base/project.ts";
import { readContract, type ContractReading } from "../../src/contract/check/read-contract.ts";
import { nodeAt, tokensOfReference } from "../../src/contract/document.ts";
import type { ContractFolder } from "../../src/contract/reading/folder.ts";
import { createServiceContract } from "../../src/contract/service-contract.ts";
import { loadPolicies } from "../../src/registry/manifest/load-policies.ts";
import { readSource } from "../../src/source/source.ts";
import { CannotValidate } from "../../src/standard/cannot-validate.ts";
import { readDocument } from "../../src/standard/document.ts";
import { evaluateStandard } from "../../src/standard/evaluate.ts";
import { standard } from "../standard/sample.ts";

const check = loadPolicies(policiesFolder).check!;

const head = 'swagger: "2.0"\ninfo: { title: Berkas, version: 1.0.0 }\n';
const ok = '"200": { description: Ada }';

/** A document with one POST, with further parameters from line 11 on. */
const withPost = (parameters: string, { responses = ok, top = "x-a: 1", operation = "x-b: 1", item = "x-c: 1" } = {}): string => {
  const all = ["- { name: kode, in: path, required: true, type: string }", ...(parameters === "" ? [] : [parameters])];
  return `${head}${top}
paths:
  /berkas/{kode}:
    ${item}
    post:
      ${operation}
      parameters:
${all.map((one) => `        ${one}`).join("\n")}
      responses:
        ${responses}
`;
};

function read(text: string, folder?: ContractFolder): ContractReading & { readonly said: readonly string[] } {
  const { reading, faults } = readContract(readSource("a.yaml", text).source!, check, folder === undefined ? {} : { folder });
  return { ...reading!, said: faults.map(({ file, line, code }) => `${file}:${line} ${code}`) };
}

const post = "#/paths/~1berkas~1{kode}/post";

/** What stands at a pointer of the derived document. */
function at(text: string, pointer: string): unknown {
  const { document, said } = read(text);
  expect(said).toEqual([]);
  return nodeAt(document, tokensOfReference(pointer)!);
}

const json = (schema: unknown): object => ({ content: { "application/json": { schema } } });
const produces = (types: string): string => `produces: [${types}]`;
const consumes = (types: string): string => `consumes: [${types}]`;
const parameter = (words: string): string => `- { name: q, in: query, ${words} }`;

describe("what becomes of each construct", () => {
  test.each<readonly [string, string, string, unknown]>([
    // Parameters.
    [
      "a value's words are a schema",
      withPost(parameter("type: integer, minimum: 0, exclusiveMinimum: true, x-a: 1, description: d")),
      "parameters/1",
      { name: "q", in: "query", description: "d", "x-a": 1, schema: { type: "integer", exclusiveMinimum: 0 } },
    ],
    [
      "csv is what is not said",
      withPost(parameter("type: array, items: { type: integer }")),
      "parameters/1",
      { name: "q", in: "query", style: "form", explode: false, schema: { type: "array", items: { type: "integer" } } },
    ],
    ["ssv", withPost(parameter("type: array, items: { type: string }, collectionFormat: ssv")), "parameters/1/style", "spaceDelimited"],
    ["pipes", withPost(parameter("type: array, items: { type: string }, collectionFormat: pipes")), "parameters/1/style", "pipeDelimited"],
    ["multi", withPost(parameter("type: array, items: { type: string }, collectionFormat: multi")), "parameters/1/explode", true],
    [
      "tsv in a query is a text",
      withPost(parameter("type: array, items: { type: string }, collectionFormat: tsv")),
      "parameters/1/schema",
      { type: "string" },
    ],
    [
      "csv in a header",
      withPost("- { name: X-Q, in: header, type: array, items: { type: string } }"),
      "parameters/1",
      { name: "X-Q", in: "header", schema: { type: "array", items: { type: "string" } } },
    ],
    [
      "pipes in a header is a text",
      withPost("- { name: X-Q, in: header, type: array, items: { type: string }, collectionFormat: pipes }"),
      "parameters/1/schema",
      { type: "string" },
    ],
    [
      "an array of arrays is one of texts",
      withPost(parameter("type: array, items: { type: array, items: { type: integer } }, collectionFormat: pipes")),
      "parameters/1/schema",
      { type: "array", items: { type: "string" } },
    ],
    ["an empty value", withPost(parameter("type: string, allowEmptyValue: true")), "parameters/1/allowEmptyValue", true],
    [
      "one that is shared",
      withPost("- { $ref: '#/parameters/Q' }", { top: "parameters: { Q: { name: q, in: query, type: string } }" }),
      "parameters/1",
      { name: "q", in: "query", schema: { type: "string" } },
    ],
    [
      "of all operations of a path",
      withPost("", { item: "parameters: [{ name: q, in: query, type: string }]" }),
      "/../parameters/0/schema",
      { type: "string" },
    ],
    // The request's content.
    [
      "a body, of JSON where nothing is said",
      withPost("- { name: b, in: body, required: true, description: d, x-a: 1, schema: { type: object } }"),
      "requestBody",
      { "x-a": 1, description: "d", required: true, ...json({ type: "object" }) },
    ],
    [
      "consumes of the document",
      withPost("- { name: b, in: body, schema: { type: object } }", { top: consumes("application/xml, application/json") }),
      "requestBody/content",
      { "application/xml": { schema: { type: "object" } }, "application/json": { schema: { type: "object" } } },
    ],
    [
      "consumes of the operation",
      withPost("- { name: b, in: body, schema: { type: object } }", {
        top: consumes("application/json"),
        operation: consumes("application/xml"),
      }),
      "requestBody/content",
      { "application/xml": { schema: { type: "object" } } },
    ],
    [
      "a shared body",
      withPost("- { $ref: '#/parameters/B' }", {
        top: "definitions: { A: { type: object } }\nparameters: { B: { name: b, in: body, schema: { $ref: '#/definitions/A' } } }",
      }),
      "requestBody",
      json({ $ref: "#/components/schemas/A" }),
    ],
    [
      "a body of the path",
      withPost("", { item: "parameters: [{ name: b, in: body, schema: { type: object } }]" }),
      "requestBody",
      json({ type: "object" }),
    ],
    [
      "a body of the path, replaced",
      withPost("- { name: b, in: body, schema: { type: array } }", {
        item: "parameters: [{ name: b, in: body, schema: { type: object } }]",
      }),
      "requestBody",
      json({ type: "array" }),
    ],
    [
      "a form",
      withPost("- { name: f, in: formData, type: integer, required: true, description: d }"),
      "requestBody",
      {
        required: true,
        content: {
          "application/x-www-form-urlencoded": {
            schema: { type: "object", properties: { f: { description: "d", type: "integer" } }, required: ["f"] },
          },
        },
      },
    ],
    [
      "a form with a file",
      withPost("- { name: f, in: formData, type: file }"),
      "requestBody",
      { content: { "multipart/form-data": { schema: { type: "object", properties: { f: { type: "string", format: "binary" } } } } } },
    ],
    [
      "a form, as consumes says",
      withPost("- { name: f, in: formData, type: string }", {
        top: consumes("application/json, multipart/form-data, application/x-www-form-urlencoded"),
      }),
      "requestBody/content/multipart~1form-data/schema/properties/f",
      { type: "string" },
    ],
    [
      "arrays of a form",
      withPost("- { name: f, in: formData, type: array, items: { type: string }, collectionFormat: pipes }"),
      "requestBody/content/application~1x-www-form-urlencoded/encoding",
      { f: { style: "pipeDelimited", explode: false } },
    ],
    // Answers.
    ["no schema is no content", withPost(""), "responses/200", { description: "Ada" }],
    [
      "a schema, of JSON where nothing is said",
      withPost("", { responses: '"200": { description: Ada, schema: { type: object } }' }),
      "responses/200",
      { description: "Ada", ...json({ type: "object" }) },
    ],
    [
      "produces of the operation",
      withPost("", {
        top: produces("application/json"),
        operation: produces("text/csv"),
        responses: '"200": { description: Ada, schema: { type: string } }',
      }),
      "responses/200/content",
      { "text/csv": { schema: { type: "string" } } },
    ],
    [
      "an empty produces takes it back",
      withPost("", {
        top: produces("text/csv"),
        operation: produces(""),
        responses: '"200": { description: Ada, schema: { type: object } }',
      }),
      "responses/200",
      { description: "Ada", ...json({ type: "object" }) },
    ],
    [
      "a shared answer, by what each operation produces",
      withPost("", {
        top: `${produces("application/json")}\nresponses: { A: { description: Ada, schema: { type: object } } }`,
        operation: produces("application/hal+json"),
        responses: "\"200\": { $ref: '#/responses/A' }",
      }),
      "responses/200",
      { description: "Ada", content: { "application/hal+json": { schema: { type: "object" } } } },
    ],
    [
      "produces that are one media type",
      withPost("", {
        top: produces("application/json, Application/JSON;charset=UTF-8"),
        responses: '"200": { description: Ada, schema: { type: object } }',
      }),
      "responses/200",
      { description: "Ada", ...json({ type: "object" }) },
    ],
    [
      "examples by media type",
      withPost("", {
        top: produces("application/json;charset=utf-8"),
        responses: '"200": { description: Ada, schema: { type: object }, examples: { application/json: { a: 1 } } }',
      }),
      "responses/200/content",
      { "application/json;charset=utf-8": { schema: { type: "object" }, example: { a: 1 } } },
    ],
    [
      "examples tell what is produced",
      withPost("", { responses: '"200": { description: Ada, schema: { type: string }, examples: { text/csv: a } }' }),
      "responses/200/content",
      { "text/csv": { schema: { type: "string" }, example: "a" } },
    ],
    [
      "a file",
      withPost("", { top: produces("application/pdf"), responses: '"200": { description: Ada, schema: { type: file } }' }),
      "responses/200/content",
      { "application/pdf": {} },
    ],
    [
      "a file of no type",
      withPost("", { responses: '"200": { description: Ada, schema: { type: file } }' }),
      "responses/200/content",
      { "*/*": {} },
    ],
    [
      "headers",
      withPost("", {
        responses: '"200": { description: Ada, headers: { X-A: { type: array, items: { type: integer }, description: d } } }',
      }),
      "responses/200/headers",
      { "X-A": { description: "d", schema: { type: "array", items: { type: "integer" } } } },
    ],
    [
      "default",
      withPost("", { responses: "default: { description: Ada, x-a: 1 }" }),
      "responses",
      { default: { description: "Ada", "x-a": 1 } },
    ],
  ])("%s", (_, text, pointer, expected) => {
    expect(at(text, pointer.startsWith("/..") ? `${post.slice(0, -5)}${pointer.slice(3)}` : `${post}/${pointer}`)).toEqual(expected);
  });

  const schema = (words: string): string => withPost("", { top: `definitions: { A: ${words}, B: { type: string, readOnly: true } }` });
  test.each<readonly [string, string, unknown]>([
    ["{ type: string, x-nullable: true }", "x-nullable", { type: ["string", "null"] }],
    ["{ type: string, enum: [a], x-nullable: true }", "x-nullable beside enum", { type: ["string", "null"], enum: ["a", null] }],
    ["{ type: object, discriminator: jenis }", "discriminator", { type: "object", discriminator: { propertyName: "jenis" } }],
    [
      "{ type: object, required: [a, b], properties: { a: { type: string, readOnly: true }, b: {} } }",
      "readOnly",
      {
        type: "object",
        required: ["b"],
        "x-spl-required-in-response": ["a"],
        properties: { a: { type: "string", readOnly: true }, b: {} },
      },
    ],
    [
      "{ type: object, required: [b], properties: { b: { $ref: '#/definitions/B' } } }",
      "readOnly by reference",
      { type: "object", "x-spl-required-in-response": ["b"], properties: { b: { $ref: "#/components/schemas/B" } } },
    ],
    [
      "{ type: number, maximum: 3, exclusiveMaximum: true, minimum: 1, exclusiveMinimum: false }",
      "bounds",
      { type: "number", exclusiveMaximum: 3, minimum: 1 },
    ],
    ["{ type: string, format: binary }", "binary", { type: "string", format: "binary" }],
    ["{ type: string, format: byte }", "byte", { type: "string", format: "byte" }],
    ["{ type: [string, 'null'] }", "several types", { type: ["string", "null"] }],
    [
      "{ allOf: [{ $ref: '#/definitions/B' }], x-a: 1, xml: { name: a }, example: { $ref: b } }",
      "the rest",
      { allOf: [{ $ref: "#/components/schemas/B" }], "x-a": 1, xml: { name: "a" }, example: { $ref: "b" } },
    ],
    ["{ type: string, oneOf: [{ type: integer }], nullable: true }", "words of 3.0 mean nothing", { type: "string" }],
  ])("schema %s (%s)", (words, _, expected) => {
    expect(at(schema(words), "#/components/schemas/A")).toEqual(expected);
  });

  test.each<readonly [string, string, unknown]>([
    ["host: a.go.id\nbasePath: /v1\nschemes: [https, http]", "servers", [{ url: "https://a.go.id/v1" }, { url: "http://a.go.id/v1" }]],
    ["host: a.go.id", "servers", [{ url: "//a.go.id" }]],
    ["basePath: /v1", "servers", [{ url: "/v1" }]],
    ["basePath: /", "servers", undefined],
    [
      "securityDefinitions: { a: { type: basic }, b: { type: apiKey, name: X-A, in: header } }",
      "components",
      { securitySchemes: { a: { type: "http", scheme: "basic" }, b: { type: "apiKey", name: "X-A", in: "header" } } },
    ],
    [
      "securityDefinitions: { a: { type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: b, scopes: { c: d } } }",
      "components",
      {
        securitySchemes: {
          a: { type: "oauth2", flows: { authorizationCode: { authorizationUrl: "a", tokenUrl: "b", scopes: { c: "d" } } } },
        },
      },
    ],
    ["security: [{ a: [] }]\ntags: [{ name: b }]", "security", [{ a: [] }]],
    ["x-top: { $ref: a }", "x-top", { $ref: "a" }],
  ])("document %s", (top, member, expected) => {
    expect(at(withPost("", { top }), `#/${member}`)).toEqual(expected);
  });

  test("paths are as they were: basePath is the provider's (servers), and no part of them", () => {
    expect(Object.keys(at(withPost("", { top: "basePath: /v1" }), "#/paths") as object)).toEqual(["/berkas/{kode}"]);
  });
});

/** A document with most constructs of 2.0. */
const rich = `${head}host: a.go.id
schemes: [https]
consumes: [application/json]
parameters:
  Isi: { name: isi, in: body, required: true, schema: { $ref: "#/definitions/A" } }
  Berkas: { name: berkas, in: formData, type: file }
responses:
  Baik: { description: ok, schema: { $ref: "#/definitions/A" }, examples: { application/json: { a: 1 } }, headers: { X: { type: string } } }
definitions:
  A: { type: object, discriminator: a, required: [a], properties: { a: { type: string, x-nullable: true } } }
securityDefinitions: { b: { type: oauth2, flow: implicit, authorizationUrl: a, scopes: { c: d } } }
paths:
  /a/{k}:
    parameters: [{ name: k, in: path, required: true, type: array, items: { type: string } }]
    post: { produces: [text/csv], parameters: [{ $ref: "#/parameters/Isi" }], responses: { "200": { $ref: "#/responses/Baik" } } }
    put: { parameters: [{ $ref: "#/parameters/Berkas" }], responses: { default: { $ref: "#/responses/Baik" } } }
  /a/{n}:
    get: { parameters: [{ name: n, in: path, required: true, type: string }], responses: { "200": { $ref: "#/responses/Baik" } } }
`;

test("whatever stands in a place where it does not belong, there is a fault or a contract, and no more", () => {
  expect(read(rich).said).toEqual([]);
  const { value } = readSource("a.yaml", rich).source!;
  const everywhere = function* (node: unknown, steps: readonly string[]): Generator<readonly string[]> {
    if (steps.length > 0) yield steps;
    if (typeof node === "object" && node !== null) for (const [name, one] of Object.entries(node)) yield* everywhere(one, [...steps, name]);
  };
  for (const steps of everywhere(value, [])) {
    if (steps[0] === "swagger") continue;
    for (const junk of [null, "x", [null], { $ref: "#" }, { $ref: "#/parameters/Isi" }]) {
      const changed = structuredClone(value);
      Object.assign(nodeAt(changed, steps.slice(0, -1)) as object, { [steps.at(-1)!]: junk });
      const text = JSON.stringify(changed);
      const said = read(text).said;
      for (const one of said) expect(one).toMatch(/^a\.yaml:1 [a-z-]+$/);
      if (junk !== null) continue;
      try {
        evaluateStandard({ document: readDocument("a.yaml", text), text }, standard);
      } catch (fault) {
        expect(fault).toBeInstanceOf(CannotValidate);
      }
    }
  }
});

test("paths of 2.0 that differ in the names of their parameters alone are one, where their methods lie apart", () => {
  const { document, notes, source } = read(rich);
  expect(Object.keys(document.paths!)).toEqual(["/a/{k}"]);
  expect(at(rich, "#/paths/~1a~1{k}/get/parameters")).toEqual([{ name: "k", in: "path", required: true, schema: { type: "string" } }]);
  expect(at(rich, "#/paths/~1a~1{k}/post/parameters/0/schema/type")).toBe("array");
  const line = rich.split("\n").findIndex((text) => text.includes("/a/{n}")) + 1;
  expect(notes.filter(({ code }) => code === "path-joined").map((note) => note.line)).toEqual([line + 1]);
  expect(source.at(["paths", "/a/{k}", "get", "parameters", "0", "schema"]).line).toBe(line + 1);
  expect(read(rich.replace("    get: {", "    post: {")).said).toEqual([`a.yaml:${line} path-ambiguous`]);
});

describe("what cannot travel, or is no Swagger 2.0, is one fault at its own line", () => {
  test.each<readonly [string, string, readonly string[]]>([
    [
      "body and form",
      withPost("- { name: b, in: body, schema: {} }\n        - { name: f, in: formData, type: string }"),
      ["a.yaml:12 body-and-form"],
    ],
    ["two bodies", withPost("- { name: b, in: body, schema: {} }\n        - { name: c, in: body, schema: {} }"), ["a.yaml:12 body-twice"]],
    [
      "a form field twice",
      withPost("- { name: f, in: formData, type: string }\n        - { name: f, in: formData, type: string }"),
      ["a.yaml:12 parameter-duplicate"],
    ],
    [
      "tabs in a header",
      withPost("- { name: X-Q, in: header, type: array, items: { type: string }, collectionFormat: tsv }"),
      ["a.yaml:11 collection-format"],
    ],
    [
      "multi in a header",
      withPost("- { name: X-Q, in: header, type: array, items: { type: string }, collectionFormat: multi }"),
      ["a.yaml:11 schema"],
    ],
    ["a parameter without type", withPost("- { name: q, in: query }"), ["a.yaml:11 schema"]],
    ["a body without schema", withPost("- { name: b, in: body }"), ["a.yaml:11 schema"]],
    ["an array without items", withPost(parameter("type: array")), ["a.yaml:11 schema"]],
    ["schema of 3.0 in a query", withPost(parameter("schema: { type: string }")), ["a.yaml:11 schema", "a.yaml:11 schema"]],
    ["requestBody of 3.0", withPost("", { operation: "requestBody: { content: {} }" }), ["a.yaml:8 schema"]],
    ["content of 3.0", withPost("", { responses: '"200": { description: Ada, content: {} }' }), ["a.yaml:12 schema"]],
    ["components of 3.0", withPost("", { top: "components: {}" }), ["a.yaml:3 schema"]],
    ["consumes that is no list", withPost("", { operation: "consumes: application/json" }), ["a.yaml:8 schema"]],
    [
      "a media type that is none",
      withPost("", { operation: "produces: [json]", responses: '"200": { description: Ada, schema: {} }' }),
      ["a.yaml:8 media-type"],
    ],
    [
      "a parameter that is a definition",
      withPost("- { $ref: '#/definitions/A' }", { top: "definitions: { A: {} }" }),
      ["a.yaml:11 reference-kind"],
    ],
    [
      "a schema that is a parameter",
      withPost("", { top: "definitions: { A: { $ref: '#/parameters/B' } }\nparameters: { B: { name: q, in: query, type: string } }" }),
      ["a.yaml:3 reference-kind"],
    ],
    ["a reference to nowhere", withPost("- { $ref: '#/parameters/A' }"), ["a.yaml:11 reference-invalid"]],
    ["an answer that is nowhere", withPost("", { responses: "\"200\": { $ref: '#/responses/A' }" }), ["a.yaml:12 reference-invalid"]],
    [
      "a circle",
      withPost("- { $ref: '#/parameters/A' }", { top: "parameters: { A: { $ref: '#/parameters/A' } }" }),
      ["a.yaml:3 reference-circular"],
    ],
    ["file in a query", withPost(parameter("type: file")), ["a.yaml:11 schema"]],
    [
      "file in a schema",
      withPost("", { top: "definitions: { A: { type: object, properties: { b: { type: file } } } }" }),
      ["a.yaml:3 schema"],
    ],
    [
      "a pattern that is none, in a shared parameter",
      withPost("- { $ref: '#/parameters/A' }", { top: "parameters: { A: { name: q, in: query, type: string, pattern: '(' } }" }),
      ["a.yaml:3 pattern-invalid"],
    ],
    [
      "a schema of a shared answer",
      withPost("", {
        top: "responses: { A: { description: Ada, schema: { type: objek } } }",
        responses: "\"200\": { $ref: '#/responses/A' }",
      }),
      ["a.yaml:3 schema"],
    ],
  ])("%s", (_, text, expected) => {
    expect(read(text).said).toEqual(expected);
    const { findings } = evaluateStandard({ document: lenient(text), text }, standard);
    const lines = new Set(findings.filter(({ severity }) => severity === "error").map(({ line }) => line));
    for (const fault of expected) if (!fault.endsWith("circular")) expect(lines).toContain(Number(/:(\d+)/.exec(fault)![1]));
  });
  const lenient = (text: string) =>
    readDocument("a.yaml", text.replace("A: { $ref: '#/parameters/A' }", "A: { name: q, in: query, type: string }"));
});

test("messages are judged by it: values by their format, content by its media type, the readOnly one way", () => {
  const text = withPost(
    "- { name: q, in: query, type: array, items: { type: integer }, collectionFormat: ssv }\n" +
      "        - { name: b, in: body, required: true, schema: { $ref: '#/definitions/A' } }",
    {
      top:
        "definitions: { A: { type: object, required: [id, n], properties: " +
        "{ id: { type: integer, readOnly: true }, n: { type: string, x-nullable: true } } } }",
      operation: "operationId: simpan\n      produces: [application/hal+json]",
      responses: "\"200\": { description: Ada, schema: { $ref: '#/definitions/A' } }",
    },
  );
  const { document, said } = read(text);
  expect(said).toEqual([]);
  const { operation } = createServiceContract(document).findOperation("POST", "/berkas/A1")!;
  const request = (rawQuery: string, value: unknown): readonly string[] =>
    operation.contract
      .judgeRequest({
        pathParameters: ["A1"],
        rawQuery,
        hdr: {},
        contentType: "application/json",
        content: Buffer.from(JSON.stringify(value)),
      })
      .map((fault) => `${fault.in} ${fault.pointer}`);
  expect(request("q=1%202", { n: null })).toEqual([]);
  expect(request("q=1%20a", { n: null })).toEqual(["query /q/1"]);
  expect(request("q=1,2", {})).toEqual(["query /q/0", "content "]);
  const answer = (contentType: string, value: unknown): number =>
    operation.contract.validateResponse({ method: "POST", status: 200, contentType, content: Buffer.from(JSON.stringify(value)) }).length;
  expect([
    answer("application/hal+json", { id: 1, n: null }),
    answer("application/hal+json", { n: "a" }),
    answer("application/json", { id: 1, n: "" }),
  ]).toEqual([0, 1, 1]);
});
