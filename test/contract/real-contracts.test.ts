import { describe, expect, test } from "vitest";
import { parseMediaType } from "../../src/contract/media-type.ts";
import { at, berkas, berkasWith, bothOn, createBerkas, getBerkas, tried, wired } from "../support/real-contract.ts";
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
      expect(lint).toContainEqual(expect.stringMatching(new RegExp(`^error OAS-GERBANG ${line}: .*${says}`)));
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
