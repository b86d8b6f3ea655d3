import { describe, expect, it } from "vitest";
import { contractChanges } from "../../src/standard/change/contract-changes.ts";
import { readDocument, type LintDocument } from "../../src/standard/document.ts";
import { changed, list, lookup, put, sample, schemas, type Doc } from "./sample.ts";

type Change = (doc: Doc) => void;
const read = (doc: Doc): LintDocument => readDocument("a.json", JSON.stringify(doc));
const between = (before: Doc, after: Doc): readonly string[] => [...contractChanges(read(before), read(after))].map(({ text }) => text.en);
const made = (change: Change): readonly string[] => between(sample(), changed(change));

const ask = (doc: Doc): Doc => schemas(doc)["Penelusuran"]!;
const give = (doc: Doc): Doc => schemas(doc)["Warga"]!;
const one = (doc: Doc): Doc => doc["paths"]!["/rukun-warga/{kode}"]!["get"]!;

describe("breaks consumers, and is named:", () => {
  it.each<[string, Change, string]>([
    ["an operation that is gone", (doc) => delete doc["paths"]!["/rukun-warga"], "the operation GET /rukun-warga (listRukunWarga) is gone"],
    [
      "another method",
      (doc) => (put(doc["paths"]!["/penelusuran"], "put", lookup(doc)), delete doc["paths"]!["/penelusuran"]!["post"]),
      "the operation POST /penelusuran (lookupWarga) is gone",
    ],
    [
      "another operationId",
      (doc) => put(lookup(doc), "operationId", "findWarga"),
      "the operationId “lookupWarga” has another name; grants name the old one",
    ],
    ["a parameter that is gone", (doc) => put(list(doc), "parameters", []), "the parameter “halaman” is not taken any more"],
    [
      "a parameter that is required now",
      (doc) => put(list(doc)["parameters"]!["0"], "required", true),
      "the parameter “halaman” is required now",
    ],
    [
      "a new required parameter",
      (doc) =>
        void (list(doc)["parameters"] as unknown as object[]).push({
          name: "tahun",
          in: "query",
          required: true,
          schema: { type: "integer" },
        }),
      "the parameter “tahun” is required now",
    ],
    ["a tighter parameter", (doc) => put(list(doc)["parameters"]!["1"]!["schema"], "maximum", 50), "maximum is 50 now"],
    ["a tighter path parameter", (doc) => put(one(doc)["parameters"]!["0"]!["schema"], "pattern", "^[0-9]{3}$"), "pattern has changed"],
    ["a member required in a request", (doc) => put(ask(doc), "required", ["nik", "catatan"]), "the member “catatan” is required now"],
    [
      "a member that a closed request lost",
      (doc) => delete ask(doc)["properties"]!["catatan"],
      "the member “catatan” is not taken any more",
    ],
    [
      "a request that was open",
      (doc) => put(ask(doc)["properties"], "catatan", { type: "string", maxLength: 100, enum: ["a"] }),
      "enum does not take anything else any more",
    ],
    ["another type", (doc) => put(ask(doc)["properties"]!["catatan"], "type", "integer"), "type does not take string any more"],
    ["a lower maximum of a request", (doc) => put(ask(doc)["properties"]!["catatan"], "maxLength", 10), "maxLength is 10 now"],
    ["a new minimum of a request", (doc) => put(ask(doc)["properties"]!["catatan"], "minLength", 1), "minLength is 1 now"],
    ["another format of a request", (doc) => put(ask(doc)["properties"]!["sejak"], "format", "date-time"), "format has changed"],
    [
      "a media type of a request that is gone",
      (doc) => put(lookup(doc)["requestBody"], "content", { "application/xml": {} }),
      "the media type application/json is gone",
    ],
    ["a request that is gone", (doc) => delete lookup(doc)["requestBody"], "request content is not taken any more"],
    [
      "a request that is required now",
      (doc) => put(list(doc), "requestBody", { required: true, content: {} }),
      "request content is required now",
    ],
    [
      "a status of success that is gone",
      (doc) => (put(lookup(doc)["responses"], "201", lookup(doc)["responses"]!["200"]), delete lookup(doc)["responses"]!["200"]),
      "the status 200 is gone",
    ],
    [
      "a member of a response that is gone",
      (doc) => (delete give(doc)["properties"]!["nama"], put(give(doc), "required", ["status"])),
      "the member “nama” is not given any more",
    ],
    [
      "a member of a response that may be missing",
      (doc) => put(give(doc), "required", ["nama"]),
      "the member “status” is not certain any more",
    ],
    ["a response that may be null", (doc) => put(give(doc)["properties"]!["nama"], "type", ["string", "null"]), "type may now be null"],
    [
      "a new value in a response",
      (doc) => put(give(doc)["properties"]!["status"], "enum", ["aktif", "pindah", "wafat"]),
      'enum may now be "wafat"',
    ],
    [
      "items of another type",
      (doc) => put(schemas(doc)["Daftar"]!["properties"]!["data"], "items", { type: "integer" }),
      "type may now be integer",
    ],
  ])("%s", (_, change, text) => expect(made(change)).toContain(text));

  it("an object that is closed now", () => {
    const open = changed((doc) => delete ask(doc)["additionalProperties"]);
    expect(between(open, sample())).toEqual(["the object is closed to other members now"]);
  });

  it("once, however many operations use the component", () => {
    expect(made((doc) => put(give(doc), "required", ["nama"]))).toHaveLength(1);
  });
});

describe("breaks nobody:", () => {
  it.each<[string, Change]>([
    ["nothing changed", () => undefined],
    ["a new operation", (doc) => put(doc["paths"], "/baru", doc["paths"]!["/rukun-warga"])],
    [
      "an optional parameter",
      (doc) => void (list(doc)["parameters"] as unknown as object[]).push({ name: "tahun", in: "query", schema: { type: "integer" } }),
    ],
    ["an optional member of a request", (doc) => put(ask(doc)["properties"], "agama", { type: "string" })],
    ["a wider request", (doc) => (put(ask(doc)["properties"]!["catatan"], "maxLength", 500), put(ask(doc), "required", []))],
    ["an enum that grew in a request", (doc) => put(list(doc)["parameters"]!["0"]!["schema"], "maximum", undefined)],
    ["a further member of a response", (doc) => put(give(doc)["properties"], "umur", { type: "integer" })],
    [
      "a response that promises more",
      (doc) => (put(give(doc)["properties"]!["status"], "enum", ["aktif"]), put(give(doc)["properties"]!["nama"], "maxLength", 10)),
    ],
    [
      "another name of a path parameter",
      (doc) => {
        put(doc["paths"], "/rukun-warga/{nomor}", doc["paths"]!["/rukun-warga/{kode}"]);
        put(one(doc)["parameters"]!["0"], "name", "nomor");
        delete doc["paths"]!["/rukun-warga/{kode}"];
      },
    ],
    [
      "schemas moved into components",
      (doc) => {
        put(schemas(doc), "Nik", ask(doc)["properties"]!["nik"]);
        put(ask(doc)["properties"], "nik", { $ref: "#/components/schemas/Nik" });
      },
    ],
    ["words", (doc) => (put(lookup(doc), "description", "Lain."), put(give(doc), "description", "Lain."))],
  ])("%s", (_, change) => expect(made(change)).toEqual([]));
});
