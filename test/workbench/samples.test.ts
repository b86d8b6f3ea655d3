import { describe, expect, it } from "vitest";
import { samplesOf, type ExampleFiles, type Sample } from "../../src/workbench/samples.ts";

const json = (value: unknown): object => ({ content: { "application/json": { schema: {}, example: value } } });
const ok = { "200": { description: "x", ...json({ a: 1 }) } };

/** The sample of an operation `op` that stands at `template`. */
function sample(operation: object, { template = "/a", method = "get", files = new Map() as ExampleFiles, components = {} } = {}): Sample {
  const document = {
    openapi: "3.1.0",
    info: { title: "t", version: "1.0.0" },
    paths: { [template]: { [method]: { operationId: "op", responses: ok, ...operation } } },
    components,
  };
  return samplesOf(document, files)[0]!;
}

/** No value conforms to it, so none can be made up. */
const never = { type: "string", minLength: 2, maxLength: 1 };

const list = (type: string): object => ({
  type: "object",
  required: ["l"],
  properties: { l: { type: "array", items: { type } } },
});

const parameter = (name: string, place: string, more: object): object => ({ name, in: place, schema: { type: "string" }, ...more });

describe("the request that a contract's examples make", () => {
  it.each([
    ["multipart/form-data", /^--[^]*name="berkas"; filename="[^]*name="kode"\r\n\r\nA\r\n/],
    ["application/x-www-form-urlencoded", /^berkas=.*&kode=A$/],
  ])("is a form of every field that its schema names: %s", (type, form) => {
    const schema = { type: "object", properties: { berkas: { type: "string", format: "binary" }, kode: { enum: ["A"] } } };
    const { request } = sample({ requestBody: { required: true, content: { [type]: { schema } } } }, { method: "post" });
    expect([request.lacking, request.content?.bytes.toString()]).toEqual([[], expect.stringMatching(form)]);
  });

  it("has the examples of its parameters: in the path, in the query, as hdr", () => {
    const parameters = [
      parameter("kode", "path", { required: true, example: "A/1" }),
      parameter("tahun", "query", { example: 2026 }),
      parameter("kolom", "query", { schema: { type: "array", items: { type: "string" } }, example: ["a b", "c"] }),
      parameter("urut", "query", { explode: false, schema: { type: "array", items: { type: "string" } }, example: ["a", "b"] }),
      parameter("Ringkas", "header", { example: true }),
    ];
    expect(sample({ parameters }, { template: "/catatan/{kode}" }).request).toEqual({
      target: "/catatan/A%2F1?tahun=2026&kolom=a%20b&kolom=c&urut=a,b",
      hdr: { Ringkas: "true" },
      content: undefined,
      lacking: [],
    });
  });

  it.each([
    [{ examples: { satu: { value: "x" }, dua: { value: "y" } } }],
    [{ examples: { satu: { $ref: "#/components/examples/Satu" } } }],
    [{ schema: { type: "string", example: "x" } }],
    [{ schema: { type: "string", examples: ["x", "y"] } }],
    [{ schema: { type: "string", default: "x" } }],
    [{ schema: { const: "x" } }],
    [{ schema: { $ref: "#/components/schemas/Pilihan" } }],
  ])("takes for a required parameter what the contract shows: %j", (more) => {
    const components = { examples: { Satu: { value: "x" } }, schemas: { Pilihan: { enum: ["x", "y"] } } };
    expect(sample({ parameters: [parameter("q", "query", { required: true, ...more })] }, { components }).request).toMatchObject({
      target: "/a?q=x",
      lacking: [],
    });
  });

  it("leaves an optional parameter out unless it has an example of its own, and names what is lacking", () => {
    const parameters = [
      parameter("a", "query", { schema: { type: "string", default: "x" } }),
      parameter("b", "query", { required: true, schema: never }),
    ];
    const { target, lacking } = sample(
      { parameters, requestBody: { required: true, content: { "application/json": { schema: never } } } },
      { method: "post" },
    ).request;
    expect({ target, lacking }).toEqual({ target: "/a", lacking: ["b", "requestBody"] });
  });

  it("is made up by the schemas where the contract shows nothing that is required, and says so", () => {
    const person = {
      type: "object",
      required: ["nik"],
      properties: { nik: { type: "string", format: "nik" } },
      additionalProperties: false,
    };
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Warga" } } };
    const { request, answer, madeUp } = sample(
      {
        parameters: [parameter("b", "query", { required: true, schema: { enum: [7, 8] } }), parameter("c", "query", {})],
        requestBody: { required: true, content },
        responses: { "200": { description: "x", content }, "404": { description: "x", ...json({}) } },
      },
      { method: "post", components: { schemas: { Warga: person } } },
    );
    expect(request).toMatchObject({ target: "/a?b=7", lacking: [] });
    expect(JSON.parse(request.content!.bytes.toString())).toEqual({ nik: "1603011501900001" });
    expect(answer).toEqual({ status: 200, content: { type: "application/json", bytes: request.content!.bytes } });
    expect(madeUp).toEqual(["requestBody", "response"]);
  });

  it("is made up where the contract's own example breaks its schema", () => {
    const number = { type: "integer", minimum: 1 };
    const content = { "application/json": { schema: { type: "object", required: ["a"], properties: { a: number } }, example: { a: 0 } } };
    const { request, answer, madeUp } = sample(
      {
        parameters: [
          parameter("b", "query", { required: true, schema: { enum: [7] }, example: 8 }),
          parameter("c", "query", { schema: number, example: 0 }),
          parameter("d", "query", { schema: number, example: "5" }),
        ],
        requestBody: { required: true, content },
        responses: { "200": { description: "x", content } },
      },
      { method: "post" },
    );
    expect(request.target).toBe("/a?b=7&d=5");
    expect([request.content, answer?.content].map((one) => (JSON.parse(String(one?.bytes)) as { a: number }).a)).not.toContain(0);
    expect(madeUp).toEqual(["b", "requestBody", "response"]);
  });

  it("has no header that a statement cannot have, whatever a pattern allows", () => {
    const schema = { const: " a,\n\tb " };
    expect(sample({ parameters: [parameter("X-Daftar", "header", { required: true, schema })] }).request.hdr).toEqual({
      "X-Daftar": "a, b",
    });
  });

  it.each(["get", "delete"])("has no content where the gateway carries none: %s", (method) => {
    const { content, lacking } = sample({ requestBody: { required: true, ...json({ a: 1 }) } }, { method }).request;
    expect({ content, lacking }).toEqual({ content: undefined, lacking: [] });
  });

  it("has the content of the contract's example, or of the file beside it", () => {
    const requestBody = { required: true, ...json({ nama: "é" }) };
    expect(sample({ requestBody }, { method: "post" }).request.content).toEqual({
      type: "application/json",
      bytes: Buffer.from('{"nama":"é"}'),
    });
    const files = new Map([["op.request.json", Buffer.from('{ "nama" : 1 }')]]);
    expect(sample({ requestBody }, { method: "post", files }).request.content?.bytes.toString()).toBe('{ "nama" : 1 }');
  });
});

describe("the answer that a contract's examples make", () => {
  const object = { type: "object", required: ["a"], properties: { a: { type: "integer" } } };

  it.each([
    ["no media type at all is no content", { "200": { description: "x", content: {} } }, 200, undefined, true],
    ["204 has no content, whatever is said of it", { "204": { description: "x", ...json({ a: 1 }) } }, 204, undefined, true],
    ["JSON without a schema may be anything", { "200": { description: "x", content: { "application/json": {} } } }, 200, '"contoh"', true],
    ["a redirect", { "302": { description: "x", content: {} } }, 302, undefined, true],
    ["default is the success where there is no other", { default: { description: "x", ...json({ a: 1 }) } }, 200, '{"a":1}', true],
    ["… but not beside another", { "404": { description: "x" }, default: { description: "x", ...json({ a: 1 }) } }, 200, '{"a":1}', true],
    ["… nor as a problem", { default: { description: "x", content: { "application/problem+json": {} } } }, 500, '"contoh"', false],
    ["failures only", { "405": { description: "x" } }, 405, undefined, false],
  ] as const)("%s", (_, responses, status, text, succeeds) => {
    const { answer, succeeds: can } = sample({ responses });
    expect([answer?.status, answer?.content?.bytes.toString(), can]).toEqual([status, text, succeeds]);
  });

  it.each([
    ["a wrong example below", { ...object, properties: { a: { $ref: "#/components/schemas/Salah" } } }, { a: [] }],
    ["a required choice of which one part is wrong", { allOf: [object, { oneOf: [{ required: ["b"] }, { required: ["c"] }] }] }, undefined],
    ["arrays that agree on nothing but being empty", { allOf: [list("string"), list("integer")] }, { l: [] }],
    ["what only an answer has to have", { ...object, "x-spl-required-in-response": ["c"] }, undefined],
    ["a thousand parts at most", { type: "array", minItems: 2, maxItems: 2147483647, items: object }, undefined],
  ])("is put together part by part: %s", (_, schema, expected) => {
    const salah = { type: "array", items: { type: "array", minItems: 2, items: { type: "number" } }, example: { type: "Polygon" } };
    const { answer } = sample(
      { responses: { "200": { description: "x", content: { "application/json": { schema, example: "salah" } } } } },
      { components: { schemas: { Salah: salah } } },
    );
    const value = JSON.parse(answer!.content!.bytes.toString()) as unknown;
    if (expected === undefined) expect(value).toBeInstanceOf(Object);
    else expect(Object.keys(value as object)).toEqual(Object.keys(expected));
  });

  const problem = { description: "x", content: { "application/problem+json": { schema: {}, example: { status: 404 } } } };

  it("is the first success that is shown, and not a failure that stands before it", () => {
    const responses = {
      "404": problem,
      "201": { description: "x", ...json({ b: 1 }) },
      "200": { description: "x", content: { "application/json": { schema: {} } } },
    };
    expect(sample({ responses }).answer).toEqual({ status: 201, content: { type: "application/json", bytes: Buffer.from('{"b":1}') } });
  });

  it("is a success without content as it is, a range by its first status, and a failure only if nothing else is shown", () => {
    expect(sample({ responses: { "204": { description: "x" }, default: problem } }).answer).toEqual({ status: 204, content: undefined });
    expect(sample({ responses: { "2XX": { description: "x", ...json(1) } } }).answer?.status).toBe(200);
    expect(
      sample({ responses: { "200": { description: "x", content: { "application/json": { schema: never } } }, "404": problem } }).answer
        ?.status,
    ).toBe(404);
  });

  it("is the file beside the contract where there is one: of a status, or of the first success", () => {
    const files = new Map([
      ["op.response.json", Buffer.from("1")],
      ["op.404.json", Buffer.from("2")],
    ]);
    expect(sample({}, { files }).answer?.content?.bytes.toString()).toBe("1");
    const responses = { "200": { description: "x", content: { "application/json": { schema: never } } }, "404": problem };
    expect(sample({ responses }, { files: new Map([["op.404.json", Buffer.from("2")]]) }).answer).toEqual({
      status: 404,
      content: { type: "application/problem+json", bytes: Buffer.from("2") },
    });
  });

  it("is any text where nothing judges it", () => {
    const { answer, madeUp } = sample({ responses: { "200": { description: "x", content: { "application/pdf": {} } } } });
    expect(answer?.content).toEqual({ type: "application/pdf", bytes: Buffer.from("contoh") });
    expect(madeUp).toEqual(["response"]);
  });

  it("is JSON before anything else, and text as it stands", () => {
    const content = { "text/csv": { example: "a;b\n" }, "application/json": { schema: {}, example: 1 } };
    expect(sample({ responses: { "200": { description: "x", content } } }).answer?.content?.type).toBe("application/json");
    expect(sample({ responses: { "200": { description: "x", content: { "text/csv": { example: "a;b\n" } } } } }).answer?.content).toEqual({
      type: "text/csv",
      bytes: Buffer.from("a;b\n"),
    });
  });

  it("is missing where the contract shows none", () => {
    expect(
      sample({ responses: { "200": { description: "x", content: { "application/json": { schema: never } } } } }).answer,
    ).toBeUndefined();
  });
});
