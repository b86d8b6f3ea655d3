import { describe, expect, it } from "vitest";
import { policiesFolder } from "../../src/base/project.ts";
import { readContract, type ContractReading } from "../../src/contract/check/read-contract.ts";
import type { ContractFolder } from "../../src/contract/reading/folder.ts";
import { createServiceContract } from "../../src/contract/service-contract.ts";
import { loadPolicies } from "../../src/registry/manifest/load-policies.ts";
import { readSource } from "../../src/source/source.ts";
import { CannotValidate } from "../../src/standard/cannot-validate.ts";
import { readDocument } from "../../src/standard/document.ts";
import { evaluateStandard } from "../../src/standard/evaluate.ts";
import { standard } from "../standard/sample.ts";

const check = loadPolicies(policiesFolder).check!;

/** A contract whose answer is `Hasil`, and whose POST takes `Masukan`. */
const contract = (schemas: string, { version = "3.1.0", more = "", operation = "" } = {}): string => `openapi: ${version}
info: { title: Berkas, version: 1.0.0 }
paths:
  /berkas:
    get:
      ${operation === "" ? "operationId: listBerkas" : operation}
      responses: { "200": { description: Ada, content: { application/json: { schema: { $ref: "#/components/schemas/Hasil" } } } } }
    post:
      operationId: createBerkas
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Hasil" } } } }
      responses: { "201": { description: Tercatat } }
components:
  schemas:
    Hasil: ${schemas}
${more}`;

interface Read {
  readonly reading: ContractReading | undefined;
  /** `LINE CODE` of the registry, and of lint. */
  readonly load: readonly string[];
  readonly lint: readonly string[];
}

function read(text: string, folder?: ContractFolder): Read {
  const { source, faults } = readSource("a.yaml", text);
  const found = source === undefined ? undefined : readContract(source, check, folder === undefined ? {} : { folder });
  const load = [...new Set([...faults, ...(found?.faults ?? [])].map(({ line, code }) => `${line} ${code}`))].sort();
  return { reading: found?.reading, load, lint: lintOf(text, folder, found?.faults ?? faults) };
}

/** What lint says that the registry refuses; a document that cannot be judged at all has one fault, which is the registry's first. */
function lintOf(
  text: string,
  folder: ContractFolder | undefined,
  faults: readonly { line: number; code: string; detail: { en: string } }[],
): readonly string[] {
  try {
    const { findings } = evaluateStandard({ document: readDocument("a.yaml", text, folder), text }, standard);
    return [...new Set(findings.flatMap(({ line, refused }) => (refused === undefined ? [] : [`${line} ${refused}`])))].sort();
  } catch (fault) {
    if (!(fault instanceof CannotValidate)) throw fault;
    const same = faults.filter(({ line, detail }) => line === fault.place?.line && detail.en === fault.fault.en);
    return same.map(({ line, code }) => `${line} ${code}`);
  }
}

/** The faults of an answer, or with POST of a request. */
function judge(text: string, value: unknown, method: "GET" | "POST" = "GET"): readonly string[] {
  const { reading, load } = read(text);
  expect(load).toEqual([]);
  const { operation } = createServiceContract(reading!.document).findOperation(method, "/berkas")!;
  const content = Buffer.from(JSON.stringify(value));
  const contentType = "application/json";
  const found =
    method === "GET"
      ? operation.contract.validateResponse({ method, status: 200, contentType, content })
      : operation.contract.judgeRequest({ pathParameters: [], rawQuery: "", hdr: {}, contentType, content });
  return found.map(({ pointer, detail }) => `${pointer}: ${detail.en}`);
}

describe("valid documents are taken", () => {
  it.each([
    ["A1 OpenAPI 3.0.3", contract("{ type: object }", { version: "3.0.3" })],
    ["OpenAPI 3.0.4 in quotes", contract("{ type: object }", { version: '"3.0.4"' })],
    ["OpenAPI 3.1.1", contract("{ type: object }", { version: "3.1.1" })],
    ["OpenAPI 3.2.0", contract("{ type: object }", { version: "3.2.0" })],
    [
      "A2 security at every level, and its schemes",
      contract("{ type: object }", {
        operation: "operationId: a\n      security: []\n      callbacks: {}\n      externalDocs: { url: https://example.go.id }",
        more:
          "  securitySchemes: { b: { type: http, scheme: bearer } }\n  links: {}\n  callbacks: {}\n" +
          "security: [{ b: [] }]\ntags: [{ name: a }]\nx-logo: 1\n",
      }),
    ],
    ["A3 anyOf of required", contract("{ type: object, properties: { a: {}, b: {} }, anyOf: [{ required: [a] }, { required: [b] }] }")],
    [
      "A4 unevaluatedProperties beside allOf",
      contract("{ allOf: [{ properties: { a: { type: string } } }], unevaluatedProperties: false }"),
    ],
    ["A5 properties without type", contract("{ properties: { kode: { type: string } } }")],
    ["A6 a tuple that is open", contract("{ type: array, prefixItems: [{ type: string }] }")],
    ["A7 minimum without type, and union types", contract("{ minimum: 3, type: [string, integer] }")],
    ["A8 formats of OpenAPI and of nobody", contract("{ properties: { a: { format: double }, b: { type: string, format: kode-siak } } }")],
    [
      "annotations of other tools",
      contract(
        "{ type: object, example: { $ref: x }, xml: { name: a }, discriminator: { propertyName: a }, id: a, enumNames: [a], x-a.b: 1 }",
      ),
    ],
    [
      "A15 $ref in an example is data",
      contract('{ type: object, properties: { $ref: { type: string } }, example: { $ref: "https://a.go.id/1" } }'),
    ],
    [
      "$ref in default, enum and const is data",
      contract('{ enum: [{ $ref: "#/tiada" }], default: { $ref: "#/tiada" }, const: { $ref: "#/tiada" } }'),
    ],
    [
      "A20 an anchor of which many make use",
      contract(
        `{ properties: { ${"abcdefghijklmnopqrstuvwxyz"
          .split("")
          .flatMap((a) => "abcdefgh".split("").map((b) => `${a}${b}: *t`))
          .join(", ")} } }`,
        { more: "" },
      ).replace("info:", "x-t: &t { type: string }\ninfo:"),
    ],
    [
      "B5 the dialect of OpenAPI",
      contract("{ type: object }").replace("info:", "jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base\ninfo:"),
    ],
    ["recursion by way of members", contract('{ properties: { anak: { type: array, items: { $ref: "#/components/schemas/Hasil" } } } }')],
    [
      "$defs, definitions, $anchor and $id",
      contract(
        '{ $id: "https://a.go.id/h", $defs: { a: { $anchor: satu, type: string } }, definitions: { b: { type: integer } }, ' +
          'properties: { a: { $ref: "#satu" }, b: { $ref: "#/definitions/b" }, c: { $ref: h#satu } } }',
      ),
    ],
    ["$dynamicRef", contract('{ $dynamicAnchor: pohon, properties: { anak: { type: array, items: { $dynamicRef: "#pohon" } } } }')],
    ["no operationId", contract("{ type: object }", { operation: "summary: Daftar" })],
    ["an operationId of other letters", contract("{ type: object }", { operation: 'operationId: "berkas/list all"' })],
    ["webhooks", contract("{ type: object }", { more: "webhooks: { baru: { post: { responses: { default: { description: x } } } } }\n" })],
    ["a schema true", contract("true")],
  ])("%s", (_, text) => {
    expect(read(text)).toMatchObject({ load: [], lint: [] });
  });
});

describe("what the registry refuses, lint refuses with the same code at the same line", () => {
  it.each([
    ["A14 a backslash before a letter that means nothing", contract("{ pattern: '^[\\w\\y-]+$' }"), ["14 pattern-invalid"]],
    ["a recursion, for which ECMA-262 has no words", contract("{ pattern: '^(a(?R)?b)$' }"), ["14 pattern-invalid"]],
    ["a possessive repetition that keeps what is wanted after it", contract("{ pattern: '^a++a$' }"), ["14 pattern-invalid"]],
    ["\\A where ^ is each line's", contract("{ pattern: '(?m)\\A[a-z]+$' }"), ["14 pattern-invalid"]],
    ["an atomic group, in a name", contract("{ patternProperties: { '^(?>a|ab)c$': {} } }"), ["14 pattern-invalid"]],
    ["a pattern that explodes", contract("{ pattern: '^(a+)+\\1$' }"), ["14 pattern-explodes"]],
    ["a pattern that is too large", contract("{ pattern: '^.{1,9000}x.{1,9000}$' }"), ["14 pattern-too-large"]],
    ["a name's pattern that explodes", contract("{ patternProperties: { '^(a|b)*\\1$': {} } }"), ["14 pattern-explodes"]],
    ["patterns that V8 would not end", contract("{ pattern: '^(a+)+$', patternProperties: { '^.*;.*;.*$': {} } }"), []],
    ["A1 facts: .inf", contract("{ type: number, maximum: .inf }"), ["14 number-infinite"]],
    ["!!omap", contract("!!omap [type: string]"), ["14 yaml-invalid"]],
    ["%YAML 1.1", `%YAML 1.1\n---\n${contract("{}")}`, ["1 yaml-version"]],
    ["B9 a version that is a number", contract("{}", { version: "3.1" }), ["1 contract-version-text"]],
    ["another version", contract("{}", { version: "4.0.0" }), ["1 contract-version"]],
    ["no OpenAPI", "asyncapi: 3.0.0", ["1 contract-no-openapi"]],
    ["another dialect", contract('{ $schema: "http://json-schema.org/draft-04/schema#" }'), ["14 dialect-unknown"]],
    ["a reference to nothing", contract('{ $ref: "#/components/schemas/Tiada" }'), ["14 reference-invalid"]],
    ["a reference to the internet", contract('{ $ref: "https://a.go.id/b.json" }'), ["14 reference-remote"]],
    ["a reference out of the folder", contract('{ $ref: "../b.json" }'), ["14 reference-outside"]],
    ["a reference to a file that is not there", contract('{ $ref: "b.json" }'), ["14 reference-file"]],
    ["a reference to another kind", contract('{ $ref: "#/paths/~1berkas/get" }'), ["14 reference-kind"]],
    ["a circle of references", contract('{ $ref: "#/components/schemas/Hasil" }'), ["14 reference-circular"]],
    ["a circle around one value", contract('{ allOf: [{ $ref: "#/components/schemas/Hasil" }] }'), ["14 schema-circle"]],
    [
      "references that multiply",
      contract('{ $ref: "#/components/schemas/a" }', {
        more: [..."abcdefghijklmno"]
          .map((name, at, all) => {
            const next = all[at + 1] === undefined ? "{}" : `{ $ref: "#/components/schemas/${all[at + 1]!}" }`;
            return `    ${name}: { allOf: [${next}, ${next}] }\n`;
          })
          .join(""),
      }),
      [10, 14, 15, 16, 17, 18, 7].map((line) => `${line} schema-multiplies`),
    ],
    ["a keyword with another value", contract("{ required: kode }"), ["14 schema"]],
    ["the same operationId twice", contract("{}", { operation: "operationId: createBerkas" }), ["9 operation-duplicate"]],
    ["an unknown member", contract("{}", { operation: "operationId: a\n      operasi: b" }), ["7 schema"]],
    ["no operation", "openapi: 3.1.0\ninfo: { title: Berkas, version: 1.0.0 }\npaths: {}\n", ["3 operations-missing"]],
  ])("%s", (_, text, faults) => {
    const { load, lint } = read(text);
    expect(load).toEqual(faults);
    expect(lint).toEqual(load);
  });

  it("C10 a pattern that is none does not silence what else is wrong", () => {
    const text = contract("{ type: string, pattern: '(?>a)' }");
    const { findings } = evaluateStandard({ document: readDocument("a.yaml", text), text }, standard);
    const [found] = findings.filter(({ refused }) => refused === "pattern-invalid");
    expect(found).toMatchObject({ line: 14, severity: "error" });
    expect(readContract(readSource("a.yaml", text).source!, check).faults[0]!.detail.en).toContain("no exact words");
  });
});

describe("patterns of Java, PCRE, Python and Ruby mean what they mean there", () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ["Java: white space within a line, in a class", "^[\\w*\\h-]+$", ["a b", "a\u00a0*-"], ["a\nb", "é"]],
    ["… alone, and what it is not", "^\\H\\h\\H$", ["a\tb", "\n \n"], ["   ", "ab"]],
    ["… what it is not, in a class", "^[\\H]+$", ["a\n"], [" "]],
    ["the beginning and the end", "\\A[a-z]+\\z", ["ab"], ["ab\n", "1"]],
    ["Python's end", "^[a-z]+\\Z", ["ab"], ["ab\n"]],
    ["without regard to case", "(?i)^[a-z]+$", ["aB"], ["a1"]],
    ["POSIX classes", "^[[:alpha:][:digit:]_]+$", ["é1_"], ["-"]],
    ["Java's classes are ASCII", "^\\p{Alnum}[\\p{Punct}]$", ["a-", "1`", "z]"], ["é-", "aa"]],
    ["a property of one letter", "^\\pL+$", ["é"], ["1"]],
    ["a character by its number", "^\\x{1F600}$", ["😀"], ["x"]],
    ["Python's names", "^(?P<a>[xy])(?P=a)$", ["xx"], ["xy"]],
    ["what is quoted", "^\\Qa.b[c]-\\E$", ["a.b[c]-"], ["aXb[c]-"]],
    ["a comment", "^a(?#huruf)b$", ["ab"], ["a"]],
    ["a line break", "^a\\Rb$", ["a\r\nb", "a\u2028b"], ["ab"]],
    ["a possessive repetition before the end", "^[a-z]++$", ["ab"], ["a1"]],
    ["… and in a group", "^(?:[a-z]{1,3}+)$", ["ab"], ["abcd"]],
    ["in a class, a plus after another is itself", "^[*+\\h]+$", ["+* "], ["a"]],
  ])("%s", (_, pattern, taken, refused) => {
    const text = contract(JSON.stringify({ type: "string", pattern }));
    const { load, reading } = read(text);
    expect({ load, codes: reading!.notes.map(({ code }) => code) }).toEqual({ load: [], codes: ["pattern-rewritten"] });
    for (const value of taken) expect([value, judge(text, value)]).toEqual([value, []]);
    for (const value of refused) expect([value, judge(text, value).length]).toEqual([value, 1]);
  });

  it("also where they choose names", () => {
    const text = contract(
      JSON.stringify({ patternProperties: { "\\A[[:digit:]]+\\z": { type: "integer" } }, additionalProperties: false }),
    );
    expect([judge(text, { 12: 1 }), judge(text, { 12: "a" }).length, judge(text, { a: 1 }).length]).toEqual([[], 1, 1]);
  });
});

describe("OpenAPI 3.0 is judged as it says", () => {
  const old = (schema: string): string => contract(schema, { version: "3.0.3" });

  it.each([
    ["nullable beside type takes null", "{ type: string, nullable: true }", null, 0],
    ["C3 nullable does not add null to an enum", "{ type: string, nullable: true, enum: [A1] }", null, 1],
    ["nullable without type has no effect", "{ nullable: true, allOf: [{ type: object }] }", null, 1],
    ["exclusiveMinimum is a flag", "{ type: integer, minimum: 3, exclusiveMinimum: true }", 3, 1],
    ["exclusiveMinimum: false changes nothing", "{ type: integer, minimum: 3, exclusiveMinimum: false }", 3, 0],
    ["a keyword of later drafts holds nothing", "{ type: string, const: a }", "b", 0],
    ["a needless backslash is dropped", '{ type: string, pattern: "^[a-z\\\\\']+$" }', "o'a", 0],
  ])("%s", (_, schema, value, faults) => {
    expect(judge(old(schema), value)).toHaveLength(faults);
  });

  it("B2 keywords beside $ref are ignored", () => {
    const text = contract('{ type: object, properties: { a: { $ref: "#/components/schemas/Kode", type: integer, maxLength: 1 } } }', {
      version: "3.0.3",
      more: "    Kode: { type: string }\n",
    });
    expect(judge(text, { a: "A1" })).toEqual([]);
    expect(judge(text.replace("3.0.3", "3.1.0"), { a: "A1" })).not.toEqual([]);
  });

  it("B1 what is readOnly and required is so in answers, what is writeOnly in requests; in 3.1 in both", () => {
    const schema =
      "{ type: object, required: [id, sandi, nama], properties: { id: { readOnly: true }, sandi: { writeOnly: true }, nama: {} } }";
    expect(judge(old(schema), {}, "POST")).toHaveLength(2);
    expect(judge(old(schema), { nama: 1, sandi: 1 }, "POST")).toEqual([]);
    expect(judge(old(schema), { nama: 1, id: 1 })).toEqual([]);
    expect(judge(old(schema), {})).toHaveLength(2);
    expect(judge(contract(schema), {}, "POST")).toHaveLength(3);
  });
});

describe("members that were not sent", () => {
  it("are absent, whatever every object inherits", () => {
    expect(judge(contract("{ type: object, properties: { constructor: { type: string }, toString: { type: string } } }"), {})).toEqual([]);
    expect(judge(contract("{ type: object, required: [constructor] }"), {})).toHaveLength(1);
  });
});

describe("the derived document", () => {
  const notes = (text: string, folder?: ContractFolder): readonly string[] =>
    read(text, folder).reading!.notes.map(({ line, code, detail }) => `${line} ${code}: ${detail.en}`);

  it("is the given one, where there is nothing to change", () => {
    const text = contract("{ type: object }");
    expect(read(text).reading!.document).toEqual(readSource("a.yaml", text).source!.value);
    expect(notes(text)).toEqual([]);
  });

  it("A14 has a pattern without needless backslashes, and says which", () => {
    expect(notes(contract('{ pattern: "^[a-z\\\\\']+$" }'))).toEqual([expect.stringMatching(/^14 pattern-rewritten: .*: \^\[a-z'\]\+\$$/)]);
  });

  it("names operations by method and path, the same whatever else the contract gets", () => {
    const text = contract("{}", { operation: "summary: Daftar" });
    expect(notes(text)).toEqual([
      expect.stringContaining("6 operation-id-derived: the operationId is made from method and path: get_berkas;"),
    ]);
    const more = text.replace("paths:\n", "paths:\n  /a{b}: { get: { responses: { default: { description: x } } } }\n");
    expect(read(more).reading!.operations!.map(({ id }) => id)).toContain("get_berkas");
  });

  const paths = (lines: readonly string[]): string =>
    contract("{}").replace(/^paths:\n/m, `paths:\n${lines.map((line) => `  ${line}\n`).join("")}`);
  const responses = "responses: { default: { description: x } }";
  const tarif = "{ name: tarif, in: path, required: true, schema: { enum: [a] } }";

  it.each<[string, string, readonly string[], readonly (readonly [string, number])[]]>([
    ["a name that is not declared is any text", `/t/{tarif}: { get: { ${responses} } }`, ["parameter-undeclared"], [["/t/x%20y", 0]]],
    ["a parameter of no path is nobody's", `/t: { get: { parameters: [${tarif}], ${responses} } }`, ["parameter-of-no-path"], [["/t", 0]]],
    [
      "one of a path is required, said or not",
      `/t/{tarif}: { get: { parameters: [${tarif.replace("required: true, ", "")}], ${responses} } }`,
      ["parameter-required"],
      [
        ["/t/a", 0],
        ["/t/b", 1],
      ],
    ],
    [
      "one that is said twice, in the same words but for descriptions, is one",
      `/t/{tarif}: { get: { parameters: [${tarif}, ${tarif.replace("}", "}, description: x")}], ${responses} } }`.replace(
        "}, description: x }",
        "} , description: x }",
      ),
      [],
      [
        ["/t/a", 0],
        ["/t/b", 1],
      ],
    ],
    [
      "a path is called as a URI",
      `"/kafé \u200b/{tarif}": { get: { parameters: [${tarif}], ${responses} } }`,
      ["path-encoded"],
      [["/kaf%C3%A9%20%E2%80%8B/a", 0]],
    ],
    [
      "a keyword with nothing after it says nothing",
      "/t: { get: { responses: { default: " +
        "{ description: x, content: { application/json: { schema: { items: , properties: , pattern: } } } } } } }",
      ["keyword-empty"],
      [["/t", 0]],
    ],
  ])("%s", (_, line, codes, calls) => {
    const { load, reading } = read(paths([line]));
    expect(load).toEqual([]);
    const found = reading!.notes.filter(({ line: at }) => at === 4).map(({ code }) => code);
    expect([...new Set(found)].filter((code) => code !== "operation-id-derived")).toEqual(codes);
    const { findOperation } = createServiceContract(reading!.document);
    for (const [path, faults] of calls) {
      const { operation, pathParameters } = findOperation("GET", path)!;
      const judged = operation.contract.judgeRequest({
        pathParameters,
        rawQuery: "",
        hdr: {},
        contentType: undefined,
        content: Buffer.alloc(0),
      });
      expect([path, judged.length]).toEqual([path, faults]);
    }
  });

  it("has the files beside the contract, with their lines in what is told", () => {
    const files: Record<string, string> = {
      "skema/hasil.yaml": "type: object\nproperties:\n  induk: { $ref: hasil.yaml }\n  kode: { $ref: 'kode.yaml#/Kode' }\n",
      "skema/kode.yaml": "Kode: { type: string, pattern: '^[A-Z]+$' }\n",
    };
    const folder = { read: (path: string) => files[path] };
    const text = contract('{ $ref: "skema/hasil.yaml" }');
    const { reading, load, lint } = read(text, folder);
    expect({ load, lint, files: [...reading!.files.keys()] }).toEqual({ load: [], lint: [], files: Object.keys(files) });
    expect(Object.keys(reading!.document.components!.schemas!)).toEqual(["Hasil", "hasil", "Kode"]);
    files["skema/kode.yaml"] = "Kode: { type: string, pattern: '(?>a)' }\n";
    const faults = readContract(readSource("a.yaml", text).source!, check, { folder }).faults;
    expect(faults.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual(["skema/kode.yaml:1 pattern-invalid"]);
  });

  it.each([
    ["[{ url: /api/v1/ }]", "/api/v1"],
    ["[{ url: 'https://a.example.go.id/{versi}', variables: { versi: { default: v2 } } }, { url: 'http://uji/v2' }]", "/v2"],
    ["[{ url: 'https://a.example.go.id/v1' }, { url: 'https://b.example.go.id/v2' }]", undefined],
    ["[{ url: 'https://a.example.go.id' }]", undefined],
    ["[{ url: 'https://a.example.go.id/{versi}' }]", undefined],
    ["[{ url: '/a b' }]", undefined],
  ])("proposes the one path of its servers as basePath: %s", (servers, path) => {
    const proposed = expect.stringMatching(new RegExp(`^\\d+ server-path: .*basePath: ${path} into service\\.yaml`)) as string;
    expect(notes(`${contract("{}")}servers: ${servers}\n`)).toEqual(path === undefined ? [] : [proposed]);
  });

  it("tells of each declared header of an answer that does not reach the consumer, in any case, and of no other", () => {
    const headers = "X-Total, ETag, Location, Cache-Control, set-cookie, Access-Control-Allow-Origin, SPL-Exchange".split(", ");
    const text = contract("{}").replace(
      "description: Tercatat",
      `description: Tercatat, headers: { ${headers.map((name) => `${name}: {}`).join(", ")} }`,
    );
    expect(notes(text)).toEqual(
      headers.slice(3).map((name) => expect.stringContaining(`11 header-not-passed: the answer's header “${name}”`) as string),
    );
  });

  it("leaves out of 3.2 what the gateway cannot carry, and says so", () => {
    const text = contract("{}", { version: "3.2.0" }).replace(
      "    get:\n",
      "    query: { responses: { default: { description: x } } }\n" +
        "    additionalOperations: { COPY: { responses: { default: { description: x } } } }\n    get:\n",
    );
    expect(read(text)).toMatchObject({ load: [], lint: [] });
    expect(notes(text).map((note) => note.replace(/:.*/, ""))).toEqual([
      "5 operation-not-carried",
      "5 operation-not-carried",
      "1 dialect-converted",
    ]);
  });
});
