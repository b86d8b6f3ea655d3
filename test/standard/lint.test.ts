import { describe, expect, it } from "vitest";
import { lint, type LintOptions } from "../../src/standard/lint.ts";
import { judged, sample, standard, put, lookup, schemas, type Doc } from "./sample.ts";

const run = (text: string, options: LintOptions = {}): Promise<string> =>
  lint({ file: "a.yaml", text }, standard, options).then(
    (report) => `judged, passed: ${report.passed}`,
    (error: Error) => `${error.name}: ${error.message}`,
  );
const head = "openapi: 3.1.0\ninfo: { title: a, version: 1.0.0 }\n";
const laughs = [
  "a0: &a0 [x, x, x, x, x, x, x, x, x, x]",
  ...Array.from(
    { length: 12 },
    (_, index) => `a${index + 1}: &a${index + 1} [${Array.from({ length: 10 }, () => `*a${index}`).join(", ")}]`,
  ),
].join("\n");

describe("lint", () => {
  it("gives the same report as judging here", async () => {
    const text = JSON.stringify(sample(), null, 2);
    expect(await lint({ file: "baru.json", text }, standard)).toEqual(judged(sample()));
  });

  it("compares with the contract in force, and refuses one that is none", async () => {
    const text = JSON.stringify(sample());
    const report = await lint({ file: "a.json", text: text.replace("/penelusuran", "/pencarian-warga") }, standard, { previous: text });
    expect(report.findings.map(({ rule }) => rule).sort()).toEqual(["UBAH-SEARAH", "UBAH-VERSI"]);
    expect(await run(text, { previous: "[]" })).toContain("CannotValidate: a.yaml (previous):1:1 no OpenAPI document");
  });

  it("judges several at once, each by itself", async () => {
    const texts = [JSON.stringify(sample()), "[", JSON.stringify({ ...sample(), paths: {} }), JSON.stringify(sample())];
    const ends = await Promise.all(texts.map((text) => run(text)));
    expect(ends.map((end) => end.slice(0, 20))).toEqual([
      "judged, passed: true",
      "CannotValidate: a.ya",
      "judged, passed: fals",
      "judged, passed: true",
    ]);
  });
});

describe("a hostile document is refused with one clear fault:", () => {
  it.each([
    [
      "a $ref to the internet",
      `${head}paths: { /a: { $ref: "https://example.com/a.yaml#/a" } }`,
      "a.yaml:3:22 a $ref to the internet is not followed",
    ],
    [
      "a $ref to a file",
      `${head}paths: { /a: { $ref: "../../etc/passwd" } }`,
      "a.yaml:3:22 a $ref may only lead to a file within the folder",
    ],
    [
      "a $ref to itself",
      `${head}paths: {}\ncomponents: { schemas: { A: { $ref: "#/components/schemas/A" } } }`,
      "a.yaml:4:37 this $ref goes round",
    ],
    [
      "a circle of $ref",
      `${head}paths: {}\ncomponents: { schemas: { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } } }`,
      "this $ref goes round",
    ],
    ["a billion laughs", `${head}${laughs}\n`, "repeat more than 200000 nodes"],
    ["an alias within its own anchor", `${head}paths: &a { /a: *a }\n`, "a.yaml:3:17 this YAML alias goes in a circle"],
    ["nesting without end", `${head}paths: ${"[".repeat(20_000)}`, "a.yaml:"],
    ["nesting without end in JSON", `{"openapi":"3.1.0","a":${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}}`, "a.yaml:"],
    ["a name twice", `${head}paths: {}\npaths: {}\n`, "the YAML is wrong: Map keys must be unique"],
    ["a byte order mark", `\ufeff${head}paths: {}\n`, "The document must be UTF-8 without a BOM"],
    ["no YAML", "a: [", "the YAML is wrong"],
    ["no object", "- a", "no OpenAPI document: it is not an object"],
    ["another kind of document", "asyncapi: 3.0.0", "there is no member “openapi”"],
    ["Swagger 1.2", 'swagger: "1.2"', "a.yaml:1:10 only OpenAPI 3.0, 3.1 and 3.2 are read"],
    ["Swagger 2.0 without quotes", "swagger: 2.0", "a.yaml:1:10 the version must be a string in quotes"],
    ["OpenAPI 4.0", "openapi: 4.0.0", "only OpenAPI 3.0, 3.1 and 3.2 are read"],
  ])("%s", async (_, text, fault) => {
    const end = await run(text);
    expect(end).toMatch(/^CannotValidate: /);
    expect(end).toContain(fault);
  });

  it("more memory than it may have", async () => {
    const text = `${head}x-a: [${"{a: 1},".repeat(300_000)}]\n`;
    expect(await run(text, { limits: { heapMegabytes: 48 } })).toBe("CannotValidate: Judging the document takes too much memory.");
  });

  it("more time than it may take, with the place that took it", async () => {
    const doc = slow("^.*.*.*.*.*=.*$", "x".repeat(4_000));
    expect(await run(JSON.stringify(doc), { limits: { overAt: (about) => about.includes("/paths/~1penelusuran/") } })).toBe(
      "CannotValidate: Judging was broken off: it had not ended within 120 seconds, at " +
        "/paths/~1penelusuran/post/requestBody/content/application~1json/schema.",
    );
    expect(await run(JSON.stringify(sample()))).toBe("judged, passed: true");
  });
});

it("a pattern that nobody matches in linear time is a finding of its own and is never run; any other judges examples", async () => {
  const rules = async (pattern: string, example: string): Promise<readonly string[]> =>
    (await lint({ file: "a.json", text: JSON.stringify(slow(pattern, example)) }, standard)).findings.map(({ rule }) => rule);
  expect(await rules("^(x+x+)+\\1y$", "x".repeat(4_000))).toEqual(["MASUKAN-POLA"]);
  expect(await rules("^.{1,9000}x.{1,9000}$", "x")).toEqual(["MASUKAN-POLA"]);
  expect(await rules("^(x+x+)+y$", "x".repeat(4_000))).toEqual(["OAS-CONTOH-SAH"]);
  expect(await rules("^(x+x+)+y$", `${"x".repeat(3_999)}y`)).toEqual([]);
});

it("schemas that come back to themselves are no circle: they are judged once", async () => {
  const doc = sample();
  put(schemas(doc)["Warga"]!["properties"], "anak", { type: "array", maxItems: 9, items: { $ref: "#/components/schemas/Warga" } });
  expect(await run(JSON.stringify(doc))).toBe("judged, passed: true");
});

function slow(pattern: string, example: string): Doc {
  const doc = sample();
  put(schemas(doc)["Penelusuran"]!["properties"], "catatan", { type: "string", maxLength: 5000, pattern });
  put(lookup(doc)["requestBody"]!["content"]!["application/json"]!["example"], "catatan", example);
  return doc;
}
