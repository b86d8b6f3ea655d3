import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Problem } from "../../src/base/problem.ts";
import { withinGrant } from "../../src/exchange/fields.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { opens } from "../../src/ledger/commitment.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import type { ContractDocument } from "../../src/contract/document.ts";
import { createServiceContract } from "../../src/contract/service-contract.ts";
import { grantedFields } from "../../src/registry/granted-fields.ts";
import { sha256 } from "../../src/base/bytes.ts";
import { formatDigest } from "../../src/trust/content-digest.ts";
import { audit, leafOf } from "../support/wire.ts";
import { consumer, faithful, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { grant } from "../support/snapshots.ts";

/** One operation that answers 200 with this schema as JSON, or as CSV. */
function operationWith(schema: object, schemas: object = {}) {
  const document = {
    openapi: "3.1.0",
    info: { title: "Uji", version: "1.0.0" },
    paths: {
      "/": {
        get: {
          operationId: "ambil",
          responses: {
            "200": { description: "Ada", content: { "application/json": { schema }, "text/csv": {}, "application/problem+json": {} } },
            default: { description: "Masalah", content: { "application/problem+json": { schema: { type: "object" } } } },
          },
        },
      },
    },
    components: { schemas },
  };
  return createServiceContract(document as unknown as ContractDocument).operations.get("ambil")!;
}

const answer = (content: string | object, type = "application/json", status = 200, more: readonly string[] = []) => ({
  status,
  fields: ["Content-Type", type, ...more],
  content: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
});
const text = { type: "string" };
const person = {
  type: "object",
  properties: { nik: text, nama: text, alamat: { type: "object", properties: { jalan: text, rt: { type: "integer" } } } },
};

describe("what a grant with fields lets through", () => {
  const left = (schema: object, fields: readonly string[], value: unknown, schemas?: object): unknown =>
    JSON.parse(
      withinGrant(
        grant({ fields: grantedFields(fields) }),
        operationWith(schema, schemas),
        answer(JSON.stringify(value)),
      ).content.toString(),
    );
  const ani = { nik: "1", nama: "Ani", alamat: { jalan: "Merdeka", rt: 2 } };

  it.each<[string, object, readonly string[], unknown, unknown]>([
    ["a member", person, ["/nama"], ani, { nama: "Ani" }],
    ["a member with all below it", person, ["/alamat"], ani, { alamat: { jalan: "Merdeka", rt: 2 } }],
    ["a member below another", person, ["/alamat/rt"], ani, { alamat: { rt: 2 } }],
    ["the way to a field that is not there, as far as it is", person, ["/alamat/rt"], { nik: "1", alamat: {} }, { alamat: {} }],
    ["nothing of what is no way at all", person, ["/alamat/rt"], { nik: "1", alamat: "Jalan Merdeka 1" }, {}],
    ["nothing, if none is named", person, [], ani, {}],
    ["the same member of every item", { type: "array", items: person }, ["/*/nama"], [ani, { nik: "2" }], [{ nama: "Ani" }, {}]],
    [
      "whole items",
      { type: "object", properties: { data: { type: "array", items: text }, lain: text } },
      ["/data/*"],
      { data: ["a", "b"], lain: "c" },
      { data: ["a", "b"] },
    ],
    [
      "an empty list that it names",
      { type: "object", properties: { data: { type: "array", items: text }, lain: text } },
      ["/data/*"],
      { data: [], lain: "c" },
      { data: [] },
    ],
    [
      "the members of a map, and not one that the contract names",
      { type: "object", properties: { nik: text }, additionalProperties: text },
      ["/*"],
      { nik: "1", a: "2", b: "3" },
      { a: "2", b: "3" },
    ],
    [
      "no object where the contract has an array",
      { type: "object", properties: { data: { type: "array", items: text }, lain: text } },
      ["/data/*"],
      { data: { nik: "1" } },
      { data: {} },
    ],
    [
      "a member whose name has a slash",
      { type: "object", properties: { "a/b": text, a: text } },
      ["/a~1b"],
      { "a/b": "1", a: "2" },
      { "a/b": "1" },
    ],
    [
      "what the contract marks open, named or not",
      { type: "object", properties: { nik: text, versi: { type: "string", "x-spl-open": true } } },
      ["/lain"],
      { nik: "1", versi: "3" },
      { versi: "3" },
    ],
    [
      "open fields below what is not granted",
      { type: "array", items: { type: "object", properties: { nik: text, kode: { type: "string", "x-spl-open": true } } } },
      [],
      [{ nik: "1", kode: "a" }, { nik: "2" }],
      [{ kode: "a" }],
    ],
    [
      "__proto__ as a name like any other",
      { type: "object", properties: { nik: text }, additionalProperties: person },
      ["/*/nama"],
      JSON.parse('{"__proto__":{"nama":"Ani","nik":"1"}}'),
      JSON.parse('{"__proto__":{"nama":"Ani"}}'),
    ],
  ])("is %s", (_, schema, fields, value, expected) => expect(left(schema, fields, value)).toEqual(expected));

  it("is open by a reference that says so beside itself, and in the schema that it leads to", () => {
    const schemas = { Nama: text, Kode: { ...text, "x-spl-open": true } };
    const schema = {
      type: "object",
      properties: {
        a: { $ref: "#/components/schemas/Nama", "x-spl-open": true },
        b: { $ref: "#/components/schemas/Kode" },
        c: { $ref: "#/components/schemas/Nama" },
      },
    };
    expect(left(schema, [], { a: "1", b: "2", c: "3" }, schemas)).toEqual({ a: "1", b: "2" });
  });

  it("is open only where every schema that describes the field says so", () => {
    const [open, shut] = [
      { type: "object", properties: { status: { type: "string", "x-spl-open": true } } },
      { type: "object", properties: { status: text } },
    ];
    expect(left({ oneOf: [open, shut] }, [], { status: "a" })).toEqual({});
    expect(left({ oneOf: [open, open] }, [], { status: "a" })).toEqual({ status: "a" });
  });

  it("follows schemas that hold themselves", () => {
    const schemas = {
      Unit: {
        type: "object",
        properties: {
          nama: text,
          kode: { ...text, "x-spl-open": true },
          bawahan: { type: "array", items: { $ref: "#/components/schemas/Unit" } },
        },
      },
    };
    const value = { nama: "a", kode: "1", bawahan: [{ nama: "b", kode: "2", bawahan: [{ nama: "c", kode: "3" }] }] };
    expect(left({ $ref: "#/components/schemas/Unit" }, ["/bawahan/*/nama"], value, schemas)).toEqual({
      kode: "1",
      bawahan: [{ nama: "b", kode: "2", bawahan: [{ kode: "3" }] }],
    });
  });

  it("is the provider's bytes if nothing is taken out, and canonical JSON if something is", () => {
    const whole = answer('{ "nama" : "Ani" }\n');
    expect(withinGrant(grant({ fields: grantedFields(["/nama"]) }), operationWith(person), whole)).toBe(whole);
    const cut = withinGrant(
      grant({ fields: grantedFields(["/nama", "/alamat"]) }),
      operationWith(person),
      answer('{ "nik":"1", "nama":"Ani", "alamat": {"rt":2.0,"jalan":"\\u004d"} }'),
    );
    expect(cut.content.toString()).toBe('{"alamat":{"jalan":"M","rt":2},"nama":"Ani"}');
  });

  it("is everything without fields, whatever it is", () => {
    const csv = answer("a,b\n", "text/csv");
    expect(withinGrant(grant(), operationWith(person), csv)).toBe(csv);
  });

  const signed = { field: "a.b.c", statement: Buffer.alloc(32), contentHash: Buffer.alloc(32) };
  const limited = (given: ReturnType<typeof answer>, signature?: typeof signed) =>
    withinGrant(grant({ fields: grantedFields(["/nama"]) }), operationWith(person), given, signature);
  it.each<[string, ReturnType<typeof answer>, typeof signed?]>([
    ["content that is not JSON: it has no fields to tell apart", answer("nik\n1\n", "text/csv")],
    ["JSON that cannot be read in one way, though answers are not judged", answer('{"nama":"a","nama":"b"}')],
    ["one bare value", answer('"1603010101909001"')],
    ["content without a type", { ...answer(ani), fields: [] }],
    ["a person who comes as a problem with status 200", answer("1", "application/problem+json")],
    ["what the provider signed and the grant does not cover", answer(ani), signed],
  ])("never is %s", (_, given, signature) =>
    expect(() => limited(given, signature)).toThrow(expect.objectContaining({ code: "response-invalid" }) as Problem),
  );

  it("is a provider's problem, whole; nothing, if it sent nothing; and signed content that keeps within", () => {
    for (const given of [
      answer({ title: "Tidak ada", nik: "1" }, "application/problem+json; charset=utf-8", 404),
      answer(""),
      answer({ nama: "Ani" }),
    ]) {
      for (const signature of [undefined, signed]) expect(limited(given, signature)).toBe(given);
    }
  });

  it("comes without the fields that vouch for the whole content", () => {
    const { fields } = limited(
      answer(ani, "application/json", 200, [
        "ETag",
        '"a"',
        "Repr-Digest",
        "sha-256=:AA==:",
        "X-Penyedia",
        "b",
        "Last-Modified",
        "Thu, 01 Jan 1970 00:00:00 GMT",
      ]),
    );
    expect(fields).toEqual(["Content-Type", "application/json", "X-Penyedia", "b"]);
  });
});

describe("an exchange under a grant with fields", () => {
  let w: GatewayFixture;
  beforeAll(async () => {
    w = await gatewayFixture();
    const contract = join(w.services, "disdukcapil/siak/warga/v1/openapi.yaml");
    const document = JSON.parse(readFileSync(contract, "utf8"), (name, value: unknown) => (name === "example" ? undefined : value)) as {
      components: { schemas: { Catatan: { properties: object; required: string[] } } };
    };
    document.components.schemas.Catatan.required = ["nama"];
    document.components.schemas.Catatan.properties = {
      nik: { type: "string", format: "nik" },
      nama: { type: "string" },
      versi: { type: "integer", "x-spl-open": true },
    };
    writeFileSync(contract, JSON.stringify(document));
    appendFileSync(join(w.services, "dinsos/bansos/subsystem.yaml"), "    fields: [/nama]\n");
    await w.apply();
  });
  afterAll(() => w.close());
  afterEach(() => w.respondWith(faithful));
  const says = (content: string, type = "application/json") =>
    w.respondWith(
      (_, __, response) =>
        void response
          .writeHead(type.includes("problem") ? 404 : 200, {
            "Content-Type": type,
            "Content-Length": Buffer.byteLength(content),
            ETag: '"a"',
          })
          .end(content),
    );
  const whole = '{"nik":"1603010101909001","versi":3,"nama":"Ani"}';

  it("delivers what is left with its own digest, and the receipt is good for it", async () => {
    says(whole);
    const sent = await w.call();
    expect([sent.status, sent.answer.toString(), sent.fields["content-digest"], sent.fields["etag"]]).toEqual([
      200,
      '{"nama":"Ani","versi":3}',
      formatDigest(sha256(sent.answer)),
      undefined,
    ]);
    const findings = checkReceipt(parseReceipt(sent.fields["spl-receipt"]!)!, {
      vkey: w.instance.vkey,
      consumer,
      service,
      htm: "GET",
      status: 200,
      exchange: sent.fields["spl-exchange"]!,
      responseContent: sent.answer,
    });
    expect(findings.filter(({ holds }) => holds === false)).toEqual([]);
  });

  it("leaves both commitments: to what the provider sent, and to what was delivered", async () => {
    says(whole);
    const { fields, answer: delivered } = await w.call();
    const { response } = (await leafOf(w, fields["spl-exchange"]!))!;
    const { ledger } = w.open.gateway;
    const { keys } = (await ledger.sealedRecord((await ledger.findExchange(fields["spl-exchange"]!))!.index))!;
    expect(response).toMatchObject({ provider: { status: 200, bytes: whole.length }, delivered: { status: 200, bytes: delivered.length } });
    expect([
      opens(response!.delivered!.commit, keys!.subarray(32, 64), delivered),
      opens(response!.provider!.commit, keys!.subarray(64, 96), Buffer.from(whole)),
    ]).toEqual([true, true]);
  });

  it("that covers all of an answer leaves it as it came, with one commitment", async () => {
    says('{ "nama": "Ani" }');
    const { fields, answer: delivered } = await w.call();
    expect(delivered.toString()).toBe('{ "nama": "Ani" }');
    expect((await leafOf(w, fields["spl-exchange"]!))!.response).not.toHaveProperty("provider");
  });

  it("is judged by the contract first, also in what would be taken out", async () => {
    says('{"nik":"1","nama":"Ani"}');
    expect((await w.call()).fields["spl-problem"]).toBe("response-invalid");
  });

  it("passes the provider's problem, and an answer without content", async () => {
    says('{"title":"Tidak ada"}', "application/problem+json");
    expect(await w.call()).toMatchObject({ status: 404, answer: Buffer.from('{"title":"Tidak ada"}') });
    w.respondWith(faithful);
    expect((await w.call({ method: "DELETE" })).status).toBe(204);
  });

  it("the ledger is sound after all that", async () => expect(await audit(w)).toMatchObject({ findings: [], openIntents: [] }));
});
