import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { ContractDocument } from "../../src/contract/document.ts";
import { schemaKeywords } from "../../src/contract/schema-keywords.ts";
import { createSchemaValidators } from "../../src/contract/schemas.ts";

const nik = "1603071212979001";

/** What a schema says of a value: pointer and sentence in Indonesian. */
function says(schema: object, value: unknown): readonly string[] {
  const document = {
    openapi: "3.1.0",
    info: { title: "Uji", version: "1" },
    paths: {},
    components: { schemas: { Uji: schema } },
  } as unknown as ContractDocument;
  return createSchemaValidators(document)(["components", "schemas", "Uji"], "response")(value, 100).map(({ pointer, detail }) => {
    expect(JSON.stringify(detail)).not.toContain(nik);
    return `${pointer}: ${detail.id}`;
  });
}

/** One row or more for each keyword that can refuse something; the value always holds what must not be repeated. */
const table: readonly (readonly [keyword: string, schema: object, value: unknown, ...sentences: string[]])[] = [
  [
    "type",
    { type: "string" },
    Number(nik),
    ": harus teks, ditulis dalam tanda kutip: sebagai bilangan, kode kehilangan nol di depan, dan di atas 2^53 angka terakhirnya",
  ],
  ["type", { type: "integer" }, nik, ": harus bilangan bulat, ditulis tanpa tanda kutip"],
  ["type", { type: ["object", "null"] }, [nik], ": harus objek atau null"],
  ["type", { type: "integer" }, 0.5, ": harus bilangan bulat"],
  ["required", { type: "object", properties: { nama: {} }, required: ["nama"] }, { [nik]: 1 }, ": properti “nama” wajib ada"],
  ["dependencies", { type: "object", dependencies: { rt: ["rw"] } }, { rt: nik }, ": properti “rw” wajib ada bila “rt” ada"],
  ["dependentRequired", { type: "object", dependentRequired: { rt: ["rw"] } }, { rt: nik }, ": properti “rw” wajib ada bila “rt” ada"],
  [
    "additionalProperties",
    { type: "object", properties: { nama: {} }, additionalProperties: false },
    { [nik]: 1 },
    ': ada properti yang tidak dikenal di sini; yang dikenal: "nama"',
  ],
  [
    "unevaluatedProperties",
    { type: "object", allOf: [{ type: "object", properties: { nama: {} } }], unevaluatedProperties: false },
    { [nik]: 1 },
    ": ada properti yang tidak dikenal di sini",
  ],
  [
    "propertyNames",
    { type: "object", propertyNames: { maxLength: 5 } },
    { [nik]: 1 },
    ": panjang teks harus paling banyak 5 karakter",
    ": ada nama properti yang tidak diizinkan",
  ],
  [
    "patternProperties",
    { type: "object", patternProperties: { "^1": { type: "boolean" } } },
    { [nik]: "ya" },
    "/*: harus true atau false, ditulis tanpa tanda kutip",
  ],
  ["properties", { type: "object", properties: { nama: { type: "string" } } }, { nama: true }, "/nama: harus teks"],
  ["minProperties", { type: "object", minProperties: 2 }, { [nik]: 1 }, ": jumlah properti harus paling sedikit 2"],
  ["maxProperties", { type: "object", maxProperties: 1 }, { [nik]: 1, a: 2 }, ": jumlah properti harus paling banyak 1"],
  [
    "dependentSchemas",
    { type: "object", dependentSchemas: { rt: { type: "object", properties: { rw: {} }, required: ["rw"] } } },
    { rt: nik },
    ": properti “rw” wajib ada",
  ],
  ["enum", { enum: ["L", "P"] }, nik, ': harus salah satu dari "L", "P"'],
  ["const", { const: "16.03" }, nik, ': harus "16.03"'],
  [
    "format",
    { type: "string", format: "kode-wilayah" },
    nik,
    ": harus kode wilayah Kemendagri berupa teks: PP, PP.KK, PP.KK.CC, atau PP.KK.CC.DDDD, dengan titik dan angka nol di depan",
  ],
  [
    "format",
    { type: "string", format: "nik" },
    "1603077212979001",
    ": tanggal lahir dalam NIK (angka 7–12: HHBBTT, hari + 40 untuk perempuan) tidak ada",
  ],
  [
    "format",
    { type: "string", format: "date-time" },
    "2026-01-31T08:00:00",
    ": harus tanggal dan jam dengan selisih zona, seperti 2026-01-31T08:00:00+07:00 (RFC 3339; WIB = +07:00)",
  ],
  ["format", { type: "number", format: "rupiah" }, 1500.5, ": harus rupiah sebagai bilangan bulat tanpa titik atau koma"],
  ["pattern", { type: "string", pattern: "^[A-Z]{3}$" }, nik, ": bentuknya harus cocok dengan pola ^[A-Z]{3}$"],
  ["minLength", { type: "string", minLength: 20 }, nik, ": panjang teks harus paling sedikit 20 karakter"],
  ["maxLength", { type: "string", maxLength: 3 }, nik, ": panjang teks harus paling banyak 3 karakter"],
  ["minimum", { type: "integer", minimum: 0 }, -1, ": nilainya harus paling sedikit 0"],
  ["maximum", { type: "integer", maximum: 9 }, Number(nik), ": nilainya harus paling banyak 9"],
  ["exclusiveMinimum", { type: "integer", exclusiveMinimum: 0 }, 0, ": nilainya harus lebih dari 0"],
  ["exclusiveMaximum", { type: "integer", exclusiveMaximum: 9 }, Number(nik), ": nilainya harus kurang dari 9"],
  ["multipleOf", { type: "integer", multipleOf: 500 }, Number(nik), ": nilainya harus kelipatan 500"],
  ["minItems", { type: "array", minItems: 2 }, [nik], ": jumlah unsur array harus paling sedikit 2"],
  ["maxItems", { type: "array", maxItems: 1 }, [nik, nik], ": jumlah unsur array harus paling banyak 1"],
  [
    "items",
    { type: "array", minItems: 1, prefixItems: [{ type: "string" }], items: false },
    [nik, nik],
    ": jumlah unsur array melebihi yang diizinkan",
  ],
  ["prefixItems", { type: "array", minItems: 1, maxItems: 1, items: false, prefixItems: [{ type: "string" }] }, [true], "/0: harus teks"],
  ["unevaluatedItems", { type: "array", unevaluatedItems: false }, [nik], ": jumlah unsur array melebihi yang diizinkan"],
  ["uniqueItems", { type: "array", maxItems: 9, uniqueItems: true }, [nik, nik], ": tidak boleh ada dua unsur yang sama"],
  [
    "contains",
    { type: "array", contains: { type: "integer" }, minContains: 1, maxContains: 2 },
    [nik],
    "/0: harus bilangan bulat, ditulis tanpa tanda kutip",
    ": unsur tertentu yang wajib ada belum ada, kurang, atau terlalu banyak",
  ],
  ["allOf", { allOf: [{ type: "integer" }] }, nik, ": harus bilangan bulat, ditulis tanpa tanda kutip"],
  [
    "anyOf",
    { anyOf: [{ type: "integer" }, { type: "null" }] },
    nik,
    ": harus bilangan bulat, ditulis tanpa tanda kutip",
    ": harus null",
    ": harus memenuhi salah satu bentuk yang diizinkan",
  ],
  ["oneOf", { oneOf: [{ type: "string" }, { enum: [nik] }] }, nik, ": harus memenuhi tepat satu bentuk yang diizinkan, tidak lebih"],
  ["not", { not: { type: "string" } }, nik, ": bentuk ini dilarang"],
  [
    "if",
    { type: "object", properties: { a: {} }, if: { properties: { a: { const: nik } } }, then: { properties: { b: {} }, required: ["b"] } },
    { a: nik },
    ": properti “b” wajib ada",
    ": aturan yang bergantung pada isi lain tidak terpenuhi",
  ],
  ["false schema", { type: "object", properties: { nik: false } }, { nik }, "/nik: bagian ini tidak boleh diisi"],
];

describe("what a contract fault says", () => {
  it.each(table.map(([keyword, schema, value, ...sentences]) => ({ keyword, schema, value, sentences })))(
    "of $keyword is a sentence that shows the way and none of the data (%#)",
    ({ schema, value, sentences }) => expect(says(schema, value)).toEqual(sentences),
  );

  it("covers every keyword of JSON Schema 2020-12 with which a contract can refuse", () => {
    const judging = new Set(Object.keys(new Ajv2020().RULES.keywords));
    const silent = [
      "$ref",
      "$comment",
      "$defs",
      "definitions",
      "$schema",
      "$id",
      "$anchor",
      "$dynamicAnchor",
      "$dynamicRef",
      "$vocabulary",
      "then",
      "else",
      "minContains",
      "maxContains",
      "contentSchema",
      "contentEncoding",
      "contentMediaType",
      "title",
      "description",
      "default",
      "deprecated",
      "readOnly",
      "writeOnly",
      "examples",
    ];
    const asked = Object.keys(schemaKeywords).filter((keyword) => judging.has(keyword) && !silent.includes(keyword));
    const rows = new Set(table.map(([keyword]) => keyword));
    expect(asked.filter((keyword) => !rows.has(keyword))).toEqual([]);
  });
});
