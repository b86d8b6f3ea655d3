import { describe, expect, it } from "vitest";
import { contractChanges } from "../../src/standard/change/contract-changes.ts";
import { readDocument, type LintDocument } from "../../src/standard/document.ts";
import { changed, list, lookup, put, sample, schemas, type Doc } from "./sample.ts";

type Change = (doc: Doc) => void;
const read = (doc: Doc): LintDocument => readDocument("a.json", JSON.stringify(doc));
/** The changes that break consumers, or those that do not. */
const between = (before: Doc, after: Doc, breaks = true): readonly string[] =>
  [...contractChanges(read(before), read(after))].filter((change) => change.breaks === breaks).map(({ text }) => text.en);
const made = (change: Change): readonly string[] => between(sample(), changed(change));

const ask = (doc: Doc): Doc => schemas(doc)["Penelusuran"]!;
const give = (doc: Doc): Doc => schemas(doc)["Warga"]!;
const one = (doc: Doc): Doc => doc["paths"]!["/rukun-warga/{kode}"]!["get"]!;
const answer = (doc: Doc): Doc => lookup(doc)["responses"]!["200"]!["content"]!;
const json = (schema: object): object => ({ description: "", content: { "application/json": { schema } } });
const parameter = (doc: Doc, value: object): void => void (list(doc)["parameters"] as unknown as object[]).push(value);

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
    ["a tighter parameter", (doc) => put(list(doc)["parameters"]!["1"]!["schema"], "maximum", 50), "maximum is 50 now, it was 100"],
    [
      "a tighter path parameter",
      (doc) => put(one(doc)["parameters"]!["0"]!["schema"], "pattern", "^[0-9]{3}$"),
      'pattern is "^[0-9]{3}$" now',
    ],
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
    ["a lower maximum of a request", (doc) => put(ask(doc)["properties"]!["catatan"], "maxLength", 10), "maxLength is 10 now, it was 100"],
    ["a new minimum of a request", (doc) => put(ask(doc)["properties"]!["catatan"], "minLength", 1), "minLength is 1 now"],
    [
      "another format of a request",
      (doc) => put(ask(doc)["properties"]!["sejak"], "format", "date-time"),
      'format is "date-time" now, it was "date"',
    ],
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

  it.each<[string, Change, Change, string]>([
    [
      "an array that is written in another way",
      (doc) => parameter(doc, { name: "status", in: "query", schema: { type: "array", items: { type: "string" } } }),
      (doc) => parameter(doc, { name: "status", in: "query", explode: false, schema: { type: "array", items: { type: "string" } } }),
      "the parameter “status” is written in another way now (style, explode or content)",
    ],
    [
      "another style",
      (doc) => parameter(doc, { name: "status", in: "query", schema: { type: "array", items: { type: "string" } } }),
      (doc) =>
        parameter(doc, { name: "status", in: "query", style: "pipeDelimited", schema: { type: "array", items: { type: "string" } } }),
      "the parameter “status” is written in another way now (style, explode or content)",
    ],
    [
      "a parameter that is JSON now",
      (doc) => parameter(doc, { name: "saring", in: "query", schema: { type: "string" } }),
      (doc) => parameter(doc, { name: "saring", in: "query", content: { "application/json": { schema: { type: "string" } } } }),
      "the parameter “saring” is written in another way now (style, explode or content)",
    ],
    [
      "a tighter parameter of JSON",
      (doc) => parameter(doc, { name: "saring", in: "query", content: { "application/json": { schema: { type: "string" } } } }),
      (doc) =>
        parameter(doc, { name: "saring", in: "query", content: { "application/json": { schema: { type: "string", maxLength: 2 } } } }),
      "maxLength is 2 now",
    ],
    [
      "a parameter in another place",
      (doc) => parameter(doc, { name: "tahun", in: "query", schema: { type: "integer" } }),
      (doc) => parameter(doc, { name: "tahun", in: "header", schema: { type: "integer" } }),
      "the parameter “tahun” is not taken any more",
    ],
    [
      "a required header of a response that is gone",
      (doc) => put(lookup(doc)["responses"]!["200"], "headers", { "X-Nomor": { required: true, schema: { type: "string" } } }),
      () => undefined,
      "the response header “X-Nomor” is not certain any more",
    ],
    [
      "a header of a response of another type",
      (doc) => put(lookup(doc)["responses"]!["200"], "headers", { "X-Nomor": { schema: { type: "integer" } } }),
      (doc) => put(lookup(doc)["responses"]!["200"], "headers", { "x-nomor": { schema: { type: "string" } } }),
      "type may now be string",
    ],
    [
      "a media type of a response that is gone",
      (doc) => put(answer(doc), "text/csv", {}),
      () => undefined,
      "the media type text/csv is gone",
    ],
    [
      "a media type that is any of a range now",
      (doc) => put(answer(doc), "text/csv", {}),
      (doc) => put(answer(doc), "text/*", {}),
      "the media type text/csv is text/* now",
    ],
    [
      "one status that is any of a range now",
      () => undefined,
      (doc) => (put(lookup(doc)["responses"], "2XX", lookup(doc)["responses"]!["200"]), delete lookup(doc)["responses"]!["200"]),
      "the status 200 is gone",
    ],
    [
      "a status of a range with more than the range had",
      (doc) => put(lookup(doc)["responses"], "4XX", json({ type: "string", maxLength: 3 })),
      (doc) => put(lookup(doc)["responses"], "404", json({ type: "string" })),
      "maxLength 3 holds no more",
    ],
  ])("%s (against another contract)", (_, before, after, text) => expect(between(changed(before), changed(after))).toContain(text));

  it("once, however many operations use the component", () => {
    expect(made((doc) => put(give(doc), "required", ["nama"]))).toHaveLength(1);
  });
});

describe("is left to a person:", () => {
  it.each<[string, Change, Change, string]>([
    [
      "another default of a parameter",
      (doc) => parameter(doc, { name: "urut", in: "query", schema: { type: "integer", default: 10 } }),
      (doc) => parameter(doc, { name: "urut", in: "query", schema: { type: "integer", default: 1 } }),
      "default was 10 and is 1 now: who leaves it out gets something else",
    ],
    [
      "a parameter whose reserved characters have to be encoded now",
      (doc) => parameter(doc, { name: "urut", in: "query", allowReserved: true, schema: { type: "string" } }),
      (doc) => parameter(doc, { name: "urut", in: "query", schema: { type: "string" } }),
      "the parameter “urut”: allowReserved has changed; see whether consumers write values that are refused now",
    ],
    [
      "a further status of success",
      () => undefined,
      (doc) => put(lookup(doc)["responses"], "202", { description: "Diterima." }),
      "the status 202 may occur now; see whether consumers know it",
    ],
    [
      "an optional header of a response that is gone",
      (doc) => put(lookup(doc)["responses"]!["200"], "headers", { "X-Nomor": { schema: { type: "string" } } }),
      () => undefined,
      "the optional response header “X-Nomor” is not declared any more; see whether consumers use it",
    ],
    [
      "a condition",
      () => undefined,
      (doc) => (put(ask(doc), "if", { required: ["sejak"] }), put(ask(doc), "then", { required: ["catatan"] })),
      "if has changed and cannot be compared",
    ],
  ])("%s", (_, before, after, text) => {
    expect(between(changed(before), changed(after))).toEqual([]);
    expect(between(changed(before), changed(after), false)).toEqual([text]);
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
    ["a failure that is not declared any more", (doc) => delete one(doc)["responses"]!["default"]],
    ["a further failure", (doc) => put(one(doc)["responses"], "404", one(doc)["responses"]!["default"])],
    ["a further media type", (doc) => put(lookup(doc)["requestBody"]!["content"], "application/xml", {})],
    [
      "the parameters of a media type",
      (doc) => {
        put(answer(doc), "application/json; charset=utf-8", answer(doc)["application/json"]);
        delete answer(doc)["application/json"];
      },
    ],
    [
      "a range that the media type is one of",
      (doc) => {
        const content = lookup(doc)["requestBody"]!["content"]!;
        put(content, "application/*", content["application/json"]);
        delete content["application/json"];
      },
    ],
    [
      "what the gateway does not carry",
      (doc) => (put(doc, "servers", [{ url: "/v9" }]), put(doc, "webhooks", {}), put(doc, "security", [])),
    ],
    ["a deprecated operation", (doc) => put(one(doc), "deprecated", true)],
    ["words", (doc) => (put(lookup(doc), "description", "Lain."), put(give(doc), "description", "Lain."))],
  ])("%s", (_, change) => expect(made(change)).toEqual([]));
});
