import { beforeAll, describe, expect, it } from "vitest";
import type { ContractDocument } from "../../src/contract/document.ts";
import { createServiceContract, type ServiceContract } from "../../src/contract/service-contract.ts";
import { loadTree } from "../support/manifest-tree.ts";

let contract: ServiceContract;
beforeAll(async () => {
  const { desired } = await loadTree();
  const service = desired!.entries.find((entry) => entry.kind === "service")!;
  contract = createServiceContract(JSON.parse(desired!.documents.get(service.content.contract)!.toString()) as ContractDocument);
});

const nop = "160301000100100010";
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const empty = Buffer.alloc(0);

interface Call {
  method?: string;
  path?: string;
  rawQuery?: string;
  hdr?: Record<string, string>;
  contentType?: string;
  content?: Buffer;
}
const judge = ({ method = "GET", path = "/objek", rawQuery = "", hdr = {}, contentType, content = empty }: Call): readonly string[] => {
  const { operation, pathParameters } = contract.findOperation(method, path)!;
  return operation.contract
    .judgeRequest({ pathParameters, rawQuery, hdr, contentType, content })
    .map((fault) => `${fault.in}${fault.pointer}`);
};
const post = (content: Buffer, contentType = "application/json"): readonly string[] => judge({ method: "POST", content, contentType });
const answer = (status: number, contentType: string | undefined, content: Buffer, method = "POST", path = "/objek"): readonly string[] =>
  contract
    .findOperation(method, path)!
    .operation.contract.validateResponse({ method, status, contentType, content })
    .map((fault) => `${fault.in}${fault.pointer}: ${fault.detail.en}`);

describe("the router", () => {
  it.each([
    ["GET", "/objek", "findObjects", []],
    ["HEAD", "/objek", "findObjects", []],
    ["POST", "/objek", "createObject", []],
    ["GET", "/objek/terbaru", "latestObject", []],
    ["GET", `/objek/${nop}`, "getObject", [nop]],
    ["GET", "/objek/terbar%75", "getObject", ["terbar%75"]],
    ["GET", "/objek/Terbaru", "getObject", ["Terbaru"]],
  ])("takes %s %s to %s", (method, path, id, pathParameters) => {
    expect(contract.findOperation(method, path)).toMatchObject({ operation: { id }, pathParameters });
  });

  it.each([
    ["PUT", "/objek"],
    ["get", "/objek"],
    ["HEAD", "/objek/x/y"],
    ["GET", ""],
    ["GET", "/"],
    ["GET", "/objek/"],
    ["GET", "//objek"],
    ["GET", "objek"],
    ["GET", "/objek/a/b"],
    ["POST", "/objek/terbaru"],
    ["GET", "/constructor"],
    ["constructor", "/objek"],
  ])("knows no %s %s", (method, path) => {
    expect(contract.findOperation(method, path)).toBeUndefined();
  });
});

describe("parameters", () => {
  it.each([
    "kelas=1",
    "kelas=50&aktif=true",
    "kelas=1&wilayah=16.03&wilayah=16.73",
    "kelas=1&urut=nop,pajak",
    "kelas=1&nama=B%C3%BCdi%20%2B",
    "kelas=1&nama=",
    "%6Belas=1",
    "kelas=1&nama=a=b",
  ])("take ?%s", (rawQuery) => {
    expect(judge({ rawQuery })).toEqual([]);
  });

  it.each([
    ["", ["query/kelas"]],
    ["kelas=0", ["query/kelas"]],
    ["kelas=01", ["query/kelas"]],
    ["kelas=1.0", ["query/kelas"]],
    ["kelas=1e1", ["query/kelas"]],
    ["kelas=", ["query/kelas"]],
    ["kelas=9007199254740993", ["query/kelas"]],
    ["kelas=1&kelas=1", ["query/kelas"]],
    ["kelas=1&nik=1603071212979001", ["query"]],
    ["kelas=1&&nama=a", ["query"]],
    ["kelas=1&nama", ["query"]],
    ["kelas=1&=a", ["query"]],
    ["kelas=1&", ["query"]],
    ["kelas=1&aktif=ya", ["query/aktif"]],
    ["kelas=1&nama=a+b", ["query/nama"]],
    ["kelas=1&nama=%ff", ["query/nama"]],
    ["kelas=1&nama=%2", ["query/nama"]],
    ["kelas=1&nama=%C0%AF", ["query/nama"]],
    ["kelas=1&nama=abcdefghijklmnopqrstu", ["query/nama"]],
    ["kelas=1&wilayah=16.03&wilayah=1674", ["query/wilayah/1"]],
    ["kelas=1&wilayah=16&wilayah=17&wilayah=18&wilayah=19", ["query/wilayah"]],
    ["kelas=1&urut=nop%2Cpajak", ["query/urut/0"]],
    ["kelas=1&urut=nop&urut=pajak", ["query/urut"]],
  ])("refuse ?%s", (rawQuery, faults) => {
    expect(judge({ rawQuery })).toEqual(faults);
  });

  it("in the path are decoded strictly and judged", () => {
    expect(judge({ path: `/objek/${nop}` })).toEqual([]);
    for (const segment of ["123", "%ff", "terbar%75"]) expect(judge({ path: `/objek/${segment}` })).toEqual(["path/nop"]);
  });

  it("of hdr are matched without case, declared, single, and clean", () => {
    const rawQuery = "kelas=1";
    expect(judge({ rawQuery, hdr: { "x-unit": "PBB" } })).toEqual([]);
    expect(judge({ rawQuery, hdr: { "X-Unit": "pbb" } })).toEqual(["hdr/X-Unit"]);
    expect(judge({ rawQuery, hdr: { "X-Unit": "PBB\r\nHost: x" } })).toEqual(["hdr/X-Unit"]);
    expect(judge({ rawQuery, hdr: { "X-Unit": "PBB", "x-unit": "PBB" } })).toEqual(["hdr/X-Unit"]);
    expect(judge({ rawQuery, hdr: { "X-Other": "a" } })).toEqual(["hdr"]);
  });
});

describe("content of a request", () => {
  it("is accepted by media type, read in one way", () => {
    const { operation } = contract.findOperation("POST", "/objek")!;
    for (const type of [
      "application/json",
      "Application/JSON; charset=UTF-8",
      'application/json;charset="utf-8"',
      "application/json; profile=x",
      "application/json;",
      "application/json ;; charset=utf-8 ; ",
    ])
      expect([type, operation.contract.accepts(type)]).toEqual([type, true]);
    for (const type of [
      "application/problem+json",
      "text/json",
      "application/json; charset=utf-16",
      "application/json; charset=utf-8; charset=utf-8",
      "application/json; charset",
      "application/json;; charset=utf-16",
      `application/json${" ; ".repeat(80)}x`,
      "application/json, text/plain",
      "application /json",
      "application/json\n",
      "",
      undefined,
    ])
      expect([type, operation.contract.accepts(type)]).toEqual([type, false]);
    expect(contract.findOperation("GET", "/objek")!.operation.contract.accepts(undefined)).toBe(true);
    expect(contract.findOperation("GET", "/objek")!.operation.contract.accepts("application/json")).toBe(false);
  });

  it("that keeps to the contract passes", () => {
    expect(post(json({ nop, pajak: 125_000, pemilik: null, catatan: { a: "b" } }), "application/json; charset=utf-8")).toEqual([]);
  });

  it.each([
    ["no content", empty, ["content"]],
    ["a missing member", json({ nop }), ["content"]],
    ["an unknown member", json({ nop, pajak: 1, nik: "1603071212979001" }), ["content"]],
    ["several wrong members, all named", json({ nop: "1", pajak: -1, pemilik: 3 }), ["content/nop", "content/pajak", "content/pemilik"]],
    ["rupiah as text", json({ nop, pajak: "1.234,56" }), ["content/pajak"]],
    ["a member twice", Buffer.from(`{"nop":"${nop}","pajak":1,"pajak":2}`), ["content"]],
    ["a member twice, once escaped", Buffer.from(`{"nop":"${nop}","pajak":1,"pa\\u006aak":1}`), ["content"]],
    ["an integer beyond 2^53", Buffer.from(`{"nop":"${nop}","pajak":9007199254740993}`), ["content"]],
    ["1e400", Buffer.from(`{"nop":"${nop}","pajak":1e400}`), ["content"]],
    ["a BOM", Buffer.from(`\ufeff{"nop":"${nop}","pajak":1}`), ["content"]],
    [
      "bytes that are no UTF-8",
      Buffer.concat([Buffer.from(`{"nop":"${nop}","pajak":1,"pemilik":"`), Buffer.from([0xff]), Buffer.from('"}')]),
      ["content"],
    ],
    ["too many levels", Buffer.from(`${"[".repeat(33)}${"]".repeat(33)}`), ["content"]],
    ["very many levels", Buffer.alloc(1_000_000, "["), ["content"]],
    ["a comma too many", Buffer.from(`{"nop":"${nop}","pajak":1,}`), ["content"]],
    ["NaN", Buffer.from(`{"nop":"${nop}","pajak":NaN}`), ["content"]],
    ["__proto__", Buffer.from(`{"nop":"${nop}","pajak":1,"__proto__":{}}`), ["content"]],
  ])("with %s is refused", (_, content, faults) => {
    expect(post(content)).toEqual(faults);
  });

  it("whose strings hold colons and quotes is not taken for one that repeats a member", () => {
    expect(post(json({ nop, pajak: 1, pemilik: 'a:"b\\":{', catatan: { "x:y\\": ":" } }))).toEqual([]);
  });

  it("is refused where the operation takes none", () => {
    expect(judge({ rawQuery: "kelas=1", content: json({}), contentType: "application/json" })).toEqual(["content"]);
  });

  it("never comes back in a fault: neither values nor names of the sender's own", () => {
    const secret = "1603071212979001";
    const { operation } = contract.findOperation("POST", "/objek")!;
    const request = { pathParameters: [], hdr: { [secret]: secret }, rawQuery: `${secret}=${secret}`, contentType: "application/json" };
    for (const value of [{ [secret]: 1 }, { nop: secret, pajak: secret }, { nop, pajak: 1, catatan: { [secret]: 7 } }]) {
      const faults = operation.contract.judgeRequest({ ...request, content: json(value) });
      expect(faults.length).toBeGreaterThan(2);
      expect(JSON.stringify(faults)).not.toContain(secret);
    }
    expect(judge({ method: "POST", contentType: "application/json", content: json({ nop, pajak: 1, catatan: { [secret]: 7 } }) })).toEqual([
      "content/catatan/*",
    ]);
  });

  it("that is wrong everywhere names 16 faults, and one where it is large", () => {
    const many = (count: number): Buffer =>
      json({ nop, pajak: 1, catatan: Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 1])) });
    expect(post(many(100))).toHaveLength(16);
    expect(post(many(5_000))).toHaveLength(1);
  });

  it("is explained in Indonesian with English beside it", () => {
    const { operation } = contract.findOperation("POST", "/objek")!;
    const [fault] = operation.contract.judgeRequest({
      pathParameters: [],
      rawQuery: "",
      hdr: {},
      contentType: "application/json",
      content: json({ nop, pajak: -1 }),
    });
    expect(fault).toEqual({
      in: "content",
      pointer: "/pajak",
      detail: { id: "nilainya harus paling sedikit 0", en: "must be at least 0" },
    });
  });
});

describe("an answer", () => {
  it.each([
    ["201 with its object", 201, "application/json", json({ nop, pajak: 1 }), "POST", "/objek"],
    ["204 without content", 204, undefined, empty, "POST", "/objek"],
    ["a status of the 4XX range", 409, "application/problem+json; charset=utf-8", json({ title: "Sudah ada" }), "POST", "/objek"],
    ["any other status by default", 503, "application/problem+json", json({ title: "Sibuk" }), "GET", "/objek/terbaru"],
    ["content that is not JSON, as it is", 200, "text/csv", Buffer.from("a,b\n"), "GET", "/objek/terbaru"],
    ["HEAD, which has no content", 200, "application/json", empty, "HEAD", "/objek"],
  ] as const)("passes: %s", (_, status, contentType, content, method, path) => {
    expect(answer(status, contentType, content, method, path)).toEqual([]);
  });

  it.each([
    ["a status that is not declared", 200, "application/json", json({ nop, pajak: 1 }), /status 200/],
    ["another media type", 201, "text/html", Buffer.from("<p>"), /Content-Type/],
    ["no media type", 201, undefined, json({}), /Content-Type/],
    ["broken JSON", 201, "application/json", Buffer.from("{"), /well-formed/],
    ["a member too many", 201, "application/json", json({ nop, pajak: 1, x: 1 }), /is not known/],
    ["a wrong member", 201, "application/json", json({ nop, pajak: 0.5 }), /content\/pajak/],
    ["no content where it is due", 201, "application/json", empty, /no answer 201 without content/],
    ["content where none is due", 204, "application/json", json({}), /must have no content/],
  ] as const)("is refused for %s", (_, status, contentType, content, says) => {
    expect(answer(status, contentType, content).join()).toMatch(says);
  });

  it.each([204, 205])("%i is none of the contract where only an answer with content fits it", (status) => {
    expect(answer(status, undefined, empty, "GET", "/objek/terbaru").join()).toMatch(`the status ${status} is not in the contract`);
  });
});
