import { describe, expect, test } from "vitest";
import type { ContractFolder } from "../../src/contract/reading/folder.ts";
import { contractChanges } from "../../src/standard/change/contract-changes.ts";
import { readDocument, type LintDocument } from "../../src/standard/document.ts";
import { evaluateStandard } from "../../src/standard/evaluate.ts";
import { standard } from "./sample.ts";

const text = `swagger: "2.0"
info: { title: Berkas, version: 1.0.0 }
host: a.go.id
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json]
paths:
  /berkas:
    get:
      operationId: listBerkas
      parameters:
        - { name: kata, in: query, type: array, items: { type: string }, collectionFormat: pipes }
      responses:
        "200": { description: Ada, schema: { $ref: "#/definitions/Berkas" } }
    post:
      operationId: createBerkas
      parameters:
        - { $ref: "#/parameters/Isi" }
      responses:
        "201": { description: Tercatat }
parameters:
  Isi: { name: isi, in: body, required: true, schema: { $ref: "#/definitions/Berkas" } }
definitions:
  Berkas:
    type: object
    required: [kode]
    properties:
      kode: { type: string, maxLength: 8 }
      lembar: { type: integer, x-nullable: true }
`;

const given: LintDocument = readDocument("a.yaml", text);
const lines = (previous: LintDocument, now: LintDocument): readonly string[] =>
  [...contractChanges(previous, now)].map(({ steps, breaks }) => `${breaks ? "breaks" : "unsure"} ${now.place(steps).line}`);

describe("versions are compared as what they are read as", () => {
  test("the same in 2.0 and in 3.1 has not changed, in either direction", () => {
    const derived = readDocument("b.json", JSON.stringify(given.value));
    expect(derived.faults).toEqual([]);
    expect([lines(given, given), lines(given, derived), lines(derived, given)]).toEqual([[], [], []]);
  });

  test("converted by hand to 3.0", () => {
    const modern = `openapi: 3.0.3
info: { title: Berkas, version: 1.1.0 }
paths:
  /berkas:
    get:
      operationId: listBerkas
      parameters:
        - { name: kata, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: string } } }
      responses:
        "200": { description: Ada, content: { application/json: { schema: { $ref: "#/components/schemas/Berkas" } } } }
    post:
      operationId: createBerkas
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Berkas" } } } }
      responses:
        "201": { description: Tercatat }
components:
  schemas:
    Berkas:
      type: object
      required: [kode]
      properties:
        kode: { type: string, maxLength: 8 }
        lembar: { type: integer, nullable: true }
`;
    expect(lines(given, readDocument("b.yaml", modern))).toEqual([]);
    const narrower = readDocument("b.yaml", modern.replace("maxLength: 8", "maxLength: 7"));
    expect(lines(given, narrower)).toEqual(["breaks 22"]);
  });

  test.each([
    ["a shorter text", "maxLength: 8", "maxLength: 7", "breaks 29"],
    ["another separator", "collectionFormat: pipes", "collectionFormat: ssv", "breaks 13"],
    ["a media type that is gone", "consumes: [application/json]", "consumes: [application/xml]", "breaks 23"],
    ["a field that is needed now", "required: [kode]", "required: [kode, lembar]", "breaks 26"],
  ])("%s is told at its line of the 2.0 document", (_, from, to, expected) => {
    expect(lines(given, readDocument("a.yaml", text.replace(from, to)))).toContain(expected);
  });
});

describe("the standard's findings are at their lines of the 2.0 document", () => {
  const findings = evaluateStandard({ document: given, text }, standard).findings.map(({ rule, line }) => `${line} ${rule}`);
  test("servers, parameters and answers", () => {
    expect(findings).toContain("4 OAS-SERVERS");
    expect(findings.filter((one) => one.startsWith("1 "))).toEqual(["1 dialect-converted"]);
  });

  test("what operations share is found once", () => {
    const shared = `swagger: "2.0"
info: { title: Berkas, version: 1.0.0 }
produces: [application/json, application/hal+json]
responses:
  Salah: { description: Ada, schema: { type: object, properties: { nik: { type: integer } } } }
paths:
  /a: { get: { operationId: a, responses: { "200": { $ref: "#/responses/Salah" } } } }
  /b: { get: { operationId: b, responses: { "200": { $ref: "#/responses/Salah" } } } }
`;
    const found = evaluateStandard({ document: readDocument("a.yaml", shared), text: shared }, standard).findings;
    expect(found.filter(({ line }) => line === 5).map(({ rule }) => rule)).toEqual(["FMT-IDENTITAS"]);
  });
});

describe("files beside the contract", () => {
  const beside: Readonly<Record<string, string>> = {
    "umum.yaml": `parameters:
  Isi: { name: isi, in: body, schema: { $ref: "#/definitions/A" } }
  Salah: { name: q, in: query, type: string, pattern: "(" }
responses:
  Baik: { description: Ada, schema: { $ref: "skema.yaml" } }
definitions:
  A: { type: object, properties: { b: { type: string, x-nullable: true } } }
jalur:
  get: { responses: { "200": { $ref: "#/responses/Baik" } } }
`,
    "skema.yaml": "{ type: object, discriminator: jenis }",
  };
  const folder: ContractFolder = { read: (path) => beside[path] };
  const reading = (parameter: string): LintDocument =>
    readDocument(
      "a.yaml",
      `swagger: "2.0"
info: { title: Berkas, version: 1.0.0 }
produces: [application/hal+json]
paths:
  /a: { $ref: "umum.yaml#/jalur" }
  /b:
    post:
      parameters: [{ $ref: "umum.yaml#/parameters/${parameter}" }]
      responses: { "200": { $ref: "umum.yaml#/responses/Baik" } }
`,
      folder,
    );

  test("are read in the words of 2.0, and bring what they refer to", () => {
    const { value, faults } = reading("Isi");
    expect(faults).toEqual([]);
    expect(value).toMatchObject({
      paths: {
        "/a": {
          get: { responses: { "200": { content: { "application/hal+json": { schema: { $ref: "#/components/schemas/skema" } } } } } },
        },
        "/b": { post: { requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/A" } } } } } },
      },
      components: {
        schemas: {
          A: { properties: { b: { type: ["string", "null"] } } },
          skema: { type: "object", discriminator: { propertyName: "jenis" } },
        },
      },
    });
  });

  test("a fault in one is told there", () => {
    expect(reading("Salah").faults.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual(["umum.yaml:3 pattern-invalid"]);
  });
});
