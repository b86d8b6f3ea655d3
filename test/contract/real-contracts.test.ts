import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseMediaType } from "../../src/contract/media-type.ts";
import { at, berkas, berkasWith, bothOn, createBerkas, getBerkas, tried, wired, withParameters } from "../support/real-contract.ts";
import type { ContractDocument } from "../../src/contract/document.ts";
import { createServiceContract } from "../../src/contract/service-contract.ts";
import { put, type Doc } from "../standard/sample.ts";

const ok = { lint: [], load: [] };
const content = (doc: Doc): Doc => getBerkas(doc)["responses"]!["200"]!["content"]!;
const only = (doc: Doc, ...names: readonly string[]): void => {
  const media = content(doc)["application/json"];
  put(getBerkas(doc)["responses"]!["200"], "content", Object.fromEntries(names.map((name) => [name, media])));
};
const example = Buffer.from('{"kode":"A1","lembar":3}');
const types = [
  ...["application/json; charset=utf-8", "application/hal+json", "application/*", "*/*", "text/*", "application/*+json", "application/xml"],
  ...["multipart/form-data", "application/x-www-form-urlencoded", "application/pdf"],
];
const wrong = Buffer.from('{"kode":1}');

test("K itself: nothing is found, and it loads", () => {
  expect(bothOn(berkas())).toEqual(ok);
});

describe("media types", () => {
  test.each([
    "application/json; charset=utf-8",
    "Application/JSON",
    "application/json;charset=UTF-8;",
    "application/hal+json",
    "application/vnd.siak.v1+json",
  ])("A12 %s is JSON, for lint and for the registry", (name) => {
    expect(bothOn(berkasWith((doc) => only(doc, name)))).toEqual(ok);
    const broken = bothOn(
      berkasWith((doc) => {
        only(doc, name);
        put(content(doc)[name], "example", { kode: 1 });
      }),
    );
    // An example that is not valid is a finding of the standard; the registry carries the contract.
    expect(broken.load).toEqual([]);
    expect(broken.lint).toHaveLength(1);
  });

  test.each(["*/*", "application/*", "application/*+json"])("A12 the range %s loads, and its schema holds for JSON", async (name) => {
    const doc = berkasWith((one) => only(one, name));
    const { lint, load } = bothOn(doc);
    expect(load).toEqual([]);
    expect(lint.filter((line) => line.startsWith("error"))).toEqual([]);
    const broken = bothOn(berkasWith((one) => (only(one, name), put(content(one)[name], "example", { kode: 1 }))));
    expect(broken.load).toEqual([]);
    expect(broken.lint.filter((line) => line.startsWith("error OAS-CONTOH-SAH"))).toHaveLength(1);
  });

  test.each([
    "application/xml",
    "text/csv",
    "application/pdf",
    "text/plain",
    "application/octet-stream",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
  ])("A13 %s beside JSON with the same schema loads; lint hints that its inside is not judged", (name) => {
    const { lint, load } = bothOn(berkasWith((doc) => only(doc, "application/json", name)));
    expect(load).toEqual([]);
    expect(lint.filter((line) => line.startsWith("error"))).toEqual([]);
    expect(lint.filter((line) => line.startsWith("info OAS-ISI-DIPERIKSA"))).toEqual([
      expect.stringContaining(`The inside of ${name} is not judged by the gateway`),
    ]);
  });

  test("A12 a name that is no media type, or the same one again, is refused by both at the same line", () => {
    for (const [name, says] of [
      ["json", "must be one media type"],
      ["text/c*", "must be one media type"],
      ["application/json; charset=latin1", "must be one media type"],
      ["Application/Json; charset=utf-8", "this media type is declared already as application/json"],
    ] as const) {
      const { lint, load } = bothOn(berkasWith((doc) => only(doc, "application/json", name)));
      const [line] = load.map((fault) => /^\S+ (\d+): /.exec(fault)![1]);
      expect(load).toEqual([expect.stringContaining(says)]);
      expect(lint).toContainEqual(expect.stringMatching(new RegExp(`^error \\S+ ${line}: `)));
    }
  });

  test("E1 semicolons that stand alone are read, for ever so many and quickly", () => {
    for (const spelled of [
      "application/json;",
      "application/json; charset=utf-8;",
      "application/json;;",
      "application/json ; ; charset=UTF-8 ; ",
    ])
      expect(parseMediaType(spelled)).toBe("application/json");
    for (const spelled of [
      "application/json; charset",
      "application/json; charset=latin1;",
      "application/json;a=1;A=2",
      "; application/json",
      "application/json, text/csv",
    ])
      expect(parseMediaType(spelled)).toBeUndefined();
    expect(parseMediaType(`application/json${";  ".repeat(78)}!(`)).toBeUndefined();
  });

  test("A12 A13 `try --once` answers contracts of all these types with their own examples", async () => {
    const doc = berkasWith((one) => {
      put(one["paths"], "/lampiran", {});
      for (const [n, name] of types.entries()) {
        const operation = structuredClone(createBerkas(one));
        put(operation, "operationId", `createLampiran${n}`);
        put(operation["requestBody"], "content", { [name]: content(one)["application/json"] });
        put(operation["responses"]!["201"], "content", { [name]: content(one)["application/json"] });
        put(one["paths"], `/lampiran/${n}`, { post: operation });
      }
      delete one["paths"]!["/lampiran"];
    });
    expect(await tried(doc)).toMatchObject({ status: 0 });
  });

  test("E1 A12 A13 on the wire: what is declared passes in any spelling, JSON is held to its schema, all else is refused", async () => {
    const doc = berkasWith((one) => {
      const media = { schema: { $ref: "#/components/schemas/Berkas" } };
      put(createBerkas(one)["requestBody"], "content", {
        "application/json; charset=utf-8": media,
        "application/vnd.siak+json; version=2": { schema: { type: "object", required: ["versi"], properties: { versi: { const: 2 } } } },
        "Application/XML": media,
        "multipart/form-data": { schema: { type: "object", properties: { berkas: { type: "string" } } } },
      });
      put(createBerkas(one)["responses"]!["201"], "content", { "application/*+json": media, "application/json": media, "text/*": {} });
    });
    const w = await wired(doc);
    try {
      const post = async (contentType: string, body: Buffer, answerType = "application/json;", answer: Buffer = example) => {
        w.respondWith((_, __, response) => void response.writeHead(201, { "Content-Type": answerType }).end(answer));
        const { status, fields } = await w.call({ method: "POST", target: at("/berkas"), content: body, contentType });
        return fields["spl-problem"] ?? status;
      };
      expect([
        await post("application/json;", example),
        await post("application/json; charset=utf-8;", example),
        await post("APPLICATION/json", wrong),
        await post("application/vnd.siak+json; version=2", Buffer.from('{"versi":2}')),
        await post("application/vnd.siak+json;VERSION=2;", Buffer.from('{"versi":1}')),
        await post("application/vnd.siak+json", Buffer.from('{"versi":2}')),
        await post("application/xml", Buffer.from("<berkas/>")),
        await post('multipart/form-data; boundary="a b"', Buffer.from("--a b--")),
        await post("text/csv", Buffer.from("a,b")),
        await post("*/*", example),
        await post("application/json", example, "application/hal+json; charset=utf-8;"),
        await post("application/json", example, "application/hal+json", wrong),
        await post("application/json", example, "text/html; charset=utf-8;", Buffer.from("<p>")),
        await post("application/json", example, "application/pdf", Buffer.from("%PDF")),
        await post("application/json", example, "application/json; charset=latin1"),
      ]).toEqual([
        201,
        201,
        "request-invalid",
        201,
        "request-invalid",
        "content-type-unsupported",
        201,
        201,
        "content-type-unsupported",
        "content-type-unsupported",
        201,
        "response-invalid",
        201,
        "response-invalid",
        "response-invalid",
      ]);
    } finally {
      await w.close();
    }
  });
});

/** Judges one query, path or header value by a contract with these parameters, as pointers of faults. */
const judging = (...parameters: readonly object[]) => {
  const doc = withParameters(...parameters);
  const both = bothOn(doc);
  expect(both.load).toEqual([]);
  expect(both.lint.filter((line) => line.startsWith("error"))).toEqual([]);
  const { operation } = createServiceContract(doc as unknown as ContractDocument).findOperation("GET", "/berkas/A1")!;
  return {
    query: (rawQuery: string, hdr: Record<string, string> = {}): readonly string[] =>
      operation.contract
        .judgeRequest({ pathParameters: ["A1"], rawQuery, hdr, contentType: undefined, content: Buffer.alloc(0) })
        .map((fault) => `${fault.in}${fault.pointer}`),
  };
};
const q = (name: string, schema: object, more: object = {}): object => ({ name, in: "query", schema, ...more });
const text = { type: "string", maxLength: 10 };
const list = (items: object): object => ({ type: "array", maxItems: 5, items });
const point = { type: "object", additionalProperties: false, properties: { x: { type: "integer" }, nama: text } };

describe("parameters", () => {
  const rows: readonly [string, object, readonly string[], readonly string[]][] = [
    ["A9 anyOf of string and null", q("n", { anyOf: [text, { type: "null" }] }), ["n=a", "n=null", "n="], ["n=abcdefghijk", "n=a&n=b"]],
    [
      "A9 anyOf of integer and null",
      q("n", { anyOf: [{ type: "integer" }, { type: "null" }] }),
      ["n=12"],
      ["n=a", "n=", "n=null", "n=1.5"],
    ],
    ["A9 a list of types with null", q("n", { type: ["integer", "null"], maximum: 9 }), ["n=9"], ["n=10", "n=x"]],
    [
      "A9 integer or string, by what the schema takes",
      q("n", { anyOf: [{ type: "integer", maximum: 9 }, { enum: ["semua", "10"] }] }),
      ["n=9", "n=semua", "n=10"],
      ["n=11", "n=lain"],
    ],
    ["A9 oneOf of number and boolean", q("n", { oneOf: [{ type: "number" }, { type: "boolean" }] }), ["n=1.5", "n=true", "n=2"], ["n=x"]],
    [
      "A9 allOf with $ref",
      q("n", { allOf: [{ $ref: "#/components/schemas/Berkas/properties/kode" }, { maxLength: 2 }] }),
      ["n=A1", "n=12"],
      ["n=A12"],
    ],
    ["A9 $ref alone", q("n", { $ref: "#/components/schemas/Berkas/properties/lembar" }), ["n=3"], ["n=x"]],
    ["A9 enum without type", q("n", { enum: [1, "semua", true, null] }), ["n=1", "n=semua", "n=true"], ["n=2", "n=false"]],
    ["A9 const without type", q("n", { const: 7 }), ["n=7"], ["n=8"]],
    ["A9 no type: text", q("n", { maxLength: 2, pattern: "^[A-Z]+$" }), ["n=AB"], ["n=12", "n=ABC"]],
    ["A9 no type: a number by its keywords", q("n", { minimum: 2 }), ["n=2", "n=2.5"], ["n=1", "n=x"]],
    ["A9 nothing at all: any text", q("n", { enum: ["01", "x y"] }), ["n=01", "n=x%20y"], ["n=1"]],
    ["A9 a string or several", q("n", { anyOf: [text, list(text)] }), ["n=a", "n=a&n=b"], ["n=abcdefghijk"]],
    ["A10 filter[nama]", q("filter[nama]", text), ["filter%5Bnama%5D=a", "filter%5bnama%5d=a"], ["filter=a"]],
    ["A10 $filter", q("$filter", text), ["$filter=a", "%24filter=a"], ["filter=a"]],
    ["A10 any name", q("nama & alamat=ü", text), ["nama%20%26%20alamat%3D%C3%BC=a"], ["nama=a"]],
    ["A10 an array called a[]", q("a[]", list({ type: "integer" })), ["a%5B%5D=1&a%5B%5D=2"], ["a%5B%5D=x"]],
    ["A11 form", q("n", list({ type: "integer" })), ["n=1", "n=1&n=2"], ["n=1,2", "n=x"]],
    ["A11 form without explode", q("n", list({ type: "integer" }), { explode: false }), ["n=1,2"], ["n=1&n=2", "n=1%2C2"]],
    ["A11 spaceDelimited", q("n", list({ type: "integer" }), { style: "spaceDelimited" }), ["n=1", "n=1%202"], ["n=1,2", "n=1+2"]],
    ["A11 pipeDelimited", q("n", list(text), { style: "pipeDelimited" }), ["n=a", "n=a%7Cb", "n=a%7cb"], ["n=a&n=b", "n=abcdefghijk%7Ca"]],
    ["A11 pipeDelimited with explode", q("n", list(text), { style: "pipeDelimited", explode: true }), ["n=a&n=b"], ["n=abcdefghijk"]],
    [
      "A11 deepObject",
      q("f", point, { style: "deepObject" }),
      ["f%5Bx%5D=1", "f%5Bx%5D=1&f%5Bnama%5D=a"],
      ["f%5Bx%5D=a", "f%5By%5D=1", "f=1", "f%5Bx%5D=1&f%5Bx%5D=2"],
    ],
    [
      "A11 deepObject with a list",
      q("f", { type: "object", additionalProperties: false, properties: { t: list({ type: "integer" }) } }, { style: "deepObject" }),
      ["f%5Bt%5D=1&f%5Bt%5D=2", "f%5Bt%5D=1"],
      ["f%5Bt%5D=a"],
    ],
    ["A11 an object under its own names", q("titik", point), ["x=1", "x=1&nama=a"], ["x=a", "y=1", "titik=1"]],
    ["A11 a map of any names", q("lain", { type: "object", additionalProperties: { type: "integer" } }), ["a=1&b=2"], ["a=x"]],
    ["A11 an object in one text", q("titik", point, { explode: false }), ["titik=x,1,nama,a"], ["titik=x,a", "titik=x", "x=1"]],
    ["A11 allowReserved", q("n", text, { allowReserved: true }), ["n=a:b/c?d", "n=%2F"], ["n=a+b"]],
    ["A11 allowEmptyValue", q("n", { type: "integer" }, { allowEmptyValue: true }), ["n", "n=", "n=1"], ["n=x", "m"]],
    [
      "A11 JSON in a query",
      { name: "f", in: "query", content: { "application/json": { schema: point } } },
      ["f=%7B%22x%22%3A1%7D"],
      ["f=%7B%22x%22%3A%221%22%7D", "f=x", "f=%7B%22x%22%3A1%2C%22x%22%3A1%7D"],
    ],
  ];
  test.each(rows)("%s", (_, parameter, taken, refused) => {
    const { query } = judging(parameter);
    for (const raw of taken) expect([raw, ...query(raw)]).toEqual([raw]);
    for (const raw of refused) expect([raw, query(raw).length > 0]).toEqual([raw, true]);
  });

  test.each([
    ["A11 an array in a header", list({ type: "integer" }), {}, ["1", "1,2", "1, 2"], ["1,x"]],
    ["A11 an object in a header", point, {}, ["x,1,nama,a"], ["x,a", "x"]],
    ["A11 an object in a header, exploded", point, { explode: true }, ["x=1,nama=a"], ["x=a", "x,1"]],
    ["A9 a nullable header", { anyOf: [{ type: "boolean" }, { type: "null" }] }, {}, ["true"], ["ya"]],
  ] as const)("%s", (_, schema, more, taken, refused) => {
    const { query } = judging({ name: "X-Uji", in: "header", schema, ...more });
    for (const value of taken) expect([value, ...query("", { "X-Uji": value })]).toEqual([value]);
    for (const value of refused) expect([value, query("", { "x-uji": value }).length]).toEqual([value, 1]);
  });

  test.each([
    ["simple, an array", {}, list({ type: "integer" }), ["1,2"], ["x"]],
    ["simple, an object", { explode: true }, point, ["x=1,nama=a"], ["x,1"]],
    ["label", { style: "label" }, text, [".a"], ["a"]],
    ["label, an array, 3.1.0", { style: "label" }, list({ type: "integer" }), [".1.2"], [".1,2"]],
    ["label, an object, exploded", { style: "label", explode: true }, point, [".x=1.nama=a"], [".x.1"]],
  ] as const)("A11 in a path: %s", (_, more, schema, taken, refused) => {
    const doc = berkasWith((one) =>
      put(getBerkas(one), "parameters", [{ name: "kode", in: "path", required: true, description: "Kode.", schema, ...more }]),
    );
    expect(bothOn(doc).load).toEqual([]);
    const { operation } = createServiceContract(doc as unknown as ContractDocument).findOperation("GET", "/berkas/A1")!;
    const judge = (segment: string) =>
      operation.contract.judgeRequest({
        pathParameters: [segment],
        rawQuery: "",
        hdr: {},
        contentType: undefined,
        content: Buffer.alloc(0),
      });
    for (const segment of taken) expect([segment, judge(segment)]).toEqual([segment, []]);
    for (const segment of refused) expect([segment, judge(segment).length]).toEqual([segment, 1]);
  });

  test("A17 Accept and Content-Type as header parameters mean nothing, as OpenAPI says", async () => {
    const doc = withParameters(
      { name: "Accept", in: "header", required: true, schema: text, example: "text/csv" },
      { name: "content-type", in: "header", schema: { type: "object" } },
    );
    expect(bothOn(doc).load).toEqual([]);
    const { operation } = createServiceContract(doc as unknown as ContractDocument).findOperation("GET", "/berkas/A1")!;
    const judge = (hdr: Record<string, string>) =>
      operation.contract.judgeRequest({ pathParameters: ["A1"], rawQuery: "", hdr, contentType: undefined, content: Buffer.alloc(0) });
    expect([judge({}).length, judge({ Accept: "text/csv" }).length]).toEqual([0, 1]);
    expect(await tried(doc)).toMatchObject({ status: 0 });
  });

  test.each([
    ["Signature-Input", "sig1=();created=1"],
    ["Content-Crs", "EPSG:4326"],
    ["Accept-Language", "nl"],
    ["If-Match", '"7"'],
    ["X-Callback_URL", "https://a/b"],
    ["X.Unit", "a"],
  ])("A17 a required %s is carried in hdr, as signed, and once", async (name, value) => {
    const doc = withParameters({ name, in: "header", required: true, schema: { type: "string", maxLength: 99 }, example: value });
    const both = bothOn(doc);
    expect({ load: both.load, errors: both.lint.filter((line) => line.startsWith("error")) }).toEqual({ load: [], errors: [] });
    const w = await wired(doc, (_, __, response) => void response.writeHead(200, { "Content-Type": "application/json" }).end(example));
    try {
      const target = at("/berkas/A1");
      const sent = await w.call({ method: "GET", target, hdr: { [name]: value } });
      expect([sent.fields["spl-problem"], (await w.call({ method: "GET", target })).fields["spl-problem"]]).toEqual([
        undefined,
        "request-invalid",
      ]);
      const raw = w.received[0]!.rawHeaders.filter(
        (_, index, all) => index % 2 === 1 && all[index - 1]!.toLowerCase() === name.toLowerCase(),
      );
      expect(raw).toEqual([value]);
    } finally {
      await w.close();
    }
  });

  test.each([
    ["A17 a name with a blank, which no message can have", "X-Nama Unit", "parameter-impossible"],
    ["A17 a field that the gateway always sends", "Content-Digest", "parameter-supplied"],
  ])("%s, is not judged, and lint says so", (_, name, code) => {
    const doc = withParameters({ name, in: "header", required: true, schema: text });
    const { lint, load } = bothOn(doc);
    expect({ load, lint: lint.filter((line) => line.startsWith("error")) }).toEqual({ load: [], lint: [] });
    expect(lint.join()).toContain(code);
    const { operation } = createServiceContract(doc as unknown as ContractDocument).findOperation("GET", "/berkas/A1")!;
    const judge = (hdr: Record<string, string>) =>
      operation.contract.judgeRequest({ pathParameters: ["A1"], rawQuery: "", hdr, contentType: undefined, content: Buffer.alloc(0) });
    expect([judge({}).length, judge({ "Content-Digest": "x" }).length]).toEqual([0, 1]);
  });

  const kodeAs = (more: object): Doc =>
    berkasWith((one) =>
      put(getBerkas(one), "parameters", [{ name: "kode", in: "path", required: true, description: "Kode.", schema: text, ...more }]),
    );
  test.each([
    ["A11 matrix", kodeAs({ style: "matrix" }), "use simple or label"],
    ["A11 form in a path", kodeAs({ style: "form" }), "allowed: simple, label"],
    ["A11 a cookie", withParameters({ name: "sesi", in: "cookie", required: true, schema: text }), "carries no cookies"],
    ["A11 deepObject of a scalar", withParameters(q("f", text, { style: "deepObject" })), "needs an object"],
    ["A11 an array of objects", withParameters(q("f", list(point))), "use content: application/json"],
    ["A11 two objects with the same names", withParameters(q("a", point), q("x", { type: "integer" })), "the same names in a query as x"],
    [
      "A17 a reserved name that the provider cannot do without",
      withParameters({ name: "Host", in: "header", required: true, schema: text }),
      "belongs to HTTP or to the gateway",
    ],
    ["B13 neither schema nor content", withParameters({ name: "n", in: "query" }), "has no schema"],
    ["B13 both", withParameters(q("n", text, { content: { "application/json": {} } })), "choose one"],
    ["C11 twice", withParameters(q("u", text), q("u", { type: "integer" })), "declared twice"],
    [
      "C11 twice, as field names are",
      withParameters({ name: "X-U", in: "header", schema: text }, { name: "x-u", in: "header", schema: text }),
      "declared twice",
    ],
    [
      "A21 two names without text between them",
      berkasWith((one) => put(one["paths"], "/peta/{z}{x}", { summary: "Peta." })),
      "there must be text",
    ],
    [
      "B12 a range in lower case",
      berkasWith((one) => put(getBerkas(one)["responses"], "2xx", getBerkas(one)["responses"]!["200"])),
      "upper case: 2XX",
    ],
  ])("%s: one finding, the same for lint and for the registry, at the same line", (_, doc, says) => {
    const { lint, load } = bothOn(doc);
    expect(load).toEqual([expect.stringContaining(says)]);
    const [, line] = /^\S+ (\d+): /.exec(load[0]!)!;
    expect(lint.filter((found) => found.includes(` ${line}: `) && found.startsWith("error"))).toHaveLength(1);
    expect(lint.filter((found) => /OAS-STRUKTUR|OAS-SKEMA/.test(found))).toEqual([]);
  });

  test.each([
    ["A19 a letter's number as example", kodeAs({ example: "474/12/26" }), "cannot be in a path"],
    ["A19 one of examples", kodeAs({ examples: { a: { value: "a%b" } } }), "cannot be in a path"],
    ["A19 one of an enum", kodeAs({ schema: { type: "string", enum: ["A", "B/C"] } }), "cannot be in a path"],
    [
      "A19 a header that is not ASCII",
      withParameters({ name: "X-Nama", in: "header", schema: text, example: "Sití" }),
      "cannot be in a header",
    ],
  ])("%s: lint says that it cannot travel", (_, doc, says) => {
    const { lint, load } = bothOn(doc);
    expect(load).toEqual([]);
    expect(lint).toEqual([expect.stringMatching(new RegExp(`^error OAS-NILAI .*${says}`))]);
  });

  test("A9 A10 A11 A21 `try --once` writes every style as its contract says", async () => {
    const doc = withParameters(
      q("n", { anyOf: [text, { type: "null" }] }, { example: "a b+c" }),
      q("filter[nama]", text, { example: "ü" }),
      q("pipa", list(text), { style: "pipeDelimited", example: ["a", "b"] }),
      q("spasi", list({ type: "integer" }), { style: "spaceDelimited", example: [1, 2] }),
      q("koma", list(text), { explode: false, example: ["a,b", "c"] }),
      q("dalam", point, { style: "deepObject", example: { x: 1, nama: "a" } }),
      q("titik", point, { example: { x: 1, nama: "a" } }),
      q("satu", point, { explode: false, example: { x: 1 } }),
      { name: "json", in: "query", content: { "application/json": { schema: point, example: { x: 1 } } } },
      { name: "X-Daftar", in: "header", schema: list({ type: "integer" }), example: [1, 2] },
      { name: "X-Titik", in: "header", explode: true, schema: point, example: { x: 1 } },
    );
    const item = doc["paths"]!["/berkas/{kode}"]!;
    delete doc["paths"]!["/berkas/{kode}"];
    put(doc["paths"], "/berkas/{kode}/", item);
    put((item["get"]!["parameters"] as unknown as Doc[])[0], "style", "label");
    expect(bothOn(doc).load).toEqual([]);
    const run = await tried(doc);
    expect(run).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("paths and answers", () => {
  test("A21 a slash at the end is taken, and matters", async () => {
    const doc = berkasWith((one) => {
      put(one["paths"], "/berkas/", one["paths"]!["/berkas"]);
      delete one["paths"]!["/berkas"];
    });
    expect(bothOn(doc)).toEqual(ok);
    const w = await wired(doc, (_, __, response) => void response.writeHead(201, { "Content-Type": "application/json" }).end(example));
    try {
      const post = (target: string) => w.call({ method: "POST", target: at(target), content: example, contentType: "application/json" });
      expect([(await post("/berkas/")).status, (await post("/berkas")).fields["spl-problem"]]).toEqual([201, "operation-unknown"]);
      expect(w.received.map(({ target }) => target)).toEqual(["/berkas/"]);
    } finally {
      await w.close();
    }
  });

  test.each(["201", "202", "204"])("B4 %s without content", (status) => {
    expect(
      bothOn(
        berkasWith((one) =>
          put(createBerkas(one), "responses", { [status]: { description: "Ya." }, default: createBerkas(one)["responses"]!["default"] }),
        ),
      ),
    ).toEqual(ok);
  });

  test.each([204, 205])("B4 %i may be declared with content, which HTTP never has", async (status) => {
    const doc = berkasWith((one) => {
      const response = createBerkas(one)["responses"]!["201"]!;
      put(createBerkas(one), "responses", { [status]: response, default: createBerkas(one)["responses"]!["default"] });
    });
    expect(bothOn(doc).load).toEqual([]);
    const w = await wired(doc, (_, __, response) => void response.writeHead(status).end());
    try {
      const { status: got } = await w.call({ method: "POST", target: at("/berkas"), content: example, contentType: "application/json" });
      expect(got).toBe(status);
    } finally {
      await w.close();
    }
  });

  test("C9 an operation on one thing without 404, 4XX or default is warned of", () => {
    const doc = (statuses: readonly string[]): Doc =>
      berkasWith((one) => {
        const responses = getBerkas(one)["responses"]!;
        for (const status of statuses) put(responses, status, responses["default"]);
        delete responses["default"];
      });
    expect(bothOn(doc(["400", "500"]))).toEqual({ lint: [expect.stringMatching(/^warn MASALAH-TIADA /)], load: [] });
    for (const statuses of [
      ["404", "500"],
      ["4XX", "5XX"],
    ])
      expect(bothOn(doc(statuses))).toEqual(ok);
  });

  test("A22 servers are warned of, and the base path goes between the provider's address and the path of the contract", async () => {
    const doc = berkasWith((one) =>
      put(one, "servers", [{ url: "https://{host}/api/v1", variables: { host: { default: "siak.example.go.id" } } }]),
    );
    expect(bothOn(doc)).toEqual({
      lint: [expect.stringMatching(/^warn OAS-SERVERS /), expect.stringMatching(/^warn server-path .*api.v1/)],
      load: [],
    });
    const w = await wired(doc, (_, __, response) => void response.writeHead(200, { "Content-Type": "application/json" }).end(example));
    try {
      appendFileSync(join(w.services, "disdukcapil/siak/warga/v1/service.yaml"), "basePath: /api/v1\n");
      await w.apply();
      expect((await w.call({ target: at("/berkas/A1") })).status).toBe(200);
      expect(w.received.map(({ target }) => target)).toEqual(["/api/v1/berkas/A1"]);
    } finally {
      await w.close();
    }
  });

  test("A10 A11 on the wire: the query reaches the provider as it was signed", async () => {
    const w = await wired(
      withParameters(q("filter[nama]", text), q("pipa", list(text), { style: "pipeDelimited" })),
      (_, __, response) => void response.writeHead(200, { "Content-Type": "application/json" }).end(example),
    );
    try {
      const get = (query: string) => w.call({ target: at(`/berkas/A1?${query}`) });
      expect((await get("filter%5Bnama%5D=a&pipa=a%7Cb")).status).toBe(200);
      expect((await get("pipa=abcdefghijk%7Ca")).fields["spl-problem"]).toBe("request-invalid");
      expect(w.received.map(({ target }) => target)).toEqual(["/berkas/A1?filter%5Bnama%5D=a&pipa=a%7Cb"]);
    } finally {
      await w.close();
    }
  });
});
