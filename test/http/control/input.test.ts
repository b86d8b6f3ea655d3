import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dinasMember, officeFixture, type OfficeFixture, type OpenApi, type Reply } from "./office-fixture.ts";
import { letter } from "../../support/letter.ts";

let w: OfficeFixture;
let token: string;
beforeAll(async () => {
  w = await officeFixture();
  token = await w.officer("registrar-1", dinasMember, ["registrar"]);
});
afterAll(() => w.close());

const record = (body: unknown, fields: Readonly<Record<string, string>> = {}): Promise<Reply> =>
  w.ask("POST", "/v1/evidence", { token, body, fields });
const splp = (document: object) => ({ type: "splp", documents: { "tabel-ip": document } });
const pointers = ({ body }: Reply) => (body["errors"] as readonly { pointer: string }[]).map(({ pointer }) => pointer);

describe("input", () => {
  it.each(["2026-02-30", "2025-02-29", "2026-13-01", "2026-1-31", "31-01-2026", "0000-00-00"])(
    "with the date %s, which does not exist, is refused",
    async (date) => {
      const refused = await record(splp({ ...letter("1"), date }));
      expect(refused).toMatchObject({ status: 400, body: { code: "input-invalid" } });
      expect(pointers(refused)).toEqual(["/documents/tabel-ip/date"]);
    },
  );

  it("is told all its faults at once, each where it is", async () => {
    const refused = await record({ documents: { "tabel-ip": { number: 7, sha256: "x", tambahan: 1 } }, "a/b": 1 });
    expect(pointers(refused).sort()).toEqual([
      "/a~1b",
      "/documents/tabel-ip/date",
      "/documents/tabel-ip/number",
      "/documents/tabel-ip/sha256",
      "/documents/tabel-ip/tambahan",
      "/type",
    ]);
  });

  it("is judged by every route: each has schemas that compile", async () => {
    const { paths } = (await w.ask("GET", "/v1/openapi.json")).body as unknown as OpenApi;
    const asked = Object.entries(paths).flatMap(([path, item]) => Object.keys(item).map((method) => ({ path, method })));
    expect(asked.length).toBeGreaterThan(40);
    for (const { path, method } of asked) {
      const content = method === "get" ? {} : { body: { "tidak ada": 1 } };
      const query = method === "get" ? "?tidak-ada=1" : "";
      const { body } = await w.ask(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, "x") + query, { token, ...content });
      expect([method, path, body.code]).not.toEqual([method, path, "internal"]);
    }
  });

  it("of a grant takes quota and load up to a thousand million calls a day", async () => {
    const over = async (calls: number): Promise<string[]> => {
      const { body } = await w.ask("POST", "/v1/grants", { token, body: { dailyQuota: calls, expectedLoad: calls } });
      return (body["errors"] as readonly { pointer: string }[])
        .map(({ pointer }) => pointer)
        .filter((pointer) => /Quota|Load/.test(pointer));
    };
    expect(await over(1_000_000_000)).toEqual([]);
    expect((await over(1_000_000_001)).sort()).toEqual(["/dailyQuota", "/expectedLoad"]);
    expect((await over(0)).sort()).toEqual(["/dailyQuota", "/expectedLoad"]);
  });

  it("with a member twice is refused, whatever the two say", async () => {
    expect(await record('{"type":"splp","type":"splp","documents":{}}')).toMatchObject({
      status: 400,
      body: { code: "input-invalid", detail: expect.stringContaining("dua kali") as string },
    });
  });

  it.each([
    ["no JSON", "{", 400, "input-invalid"],
    ["an array", "[]", 400, "input-invalid"],
    ["null", "null", 400, "input-invalid"],
    ["not UTF-8", Buffer.from('{"type":"\xff"}', "latin1"), 400, "input-invalid"],
    ["a prototype", '{"__proto__":{"type":"splp"},"documents":{}}', 400, "input-invalid"],
    ["too much", JSON.stringify({ type: "x".repeat(262_144) }), 413, "content-too-large"],
  ])("that is %s is refused", async (_, body, status, code) => {
    expect(await record(body)).toMatchObject({ status, body: { code } });
  });

  it("of exactly as much as is read is judged by what it says", async () => {
    const full = JSON.stringify({ documents: {} }).padEnd(262_144);
    expect(await record(full)).toMatchObject({ status: 400, body: { code: "input-invalid" } });
    expect(await record(`${full} `)).toMatchObject({ status: 413, body: { code: "content-too-large" } });
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/xml"])("as %s is refused", async (type) => {
    expect(await record("{}", { "Content-Type": type })).toMatchObject({ status: 415, body: { code: "content-type-unsupported" } });
  });

  it("is not read from whoever is not known", async () => {
    expect(await w.ask("POST", "/v1/evidence", { body: "{" })).toMatchObject({ status: 401, body: { code: "token-missing" } });
  });

  it("may be left away where nothing has to be said", async () => {
    expect(await w.act(w.admin, "instance", "ID-16.03", "publish")).toMatchObject({ status: 409, body: { code: "guard-unmet" } });
  });
});

describe("a problem document", () => {
  it("speaks Indonesian, or English where that is asked for, and holds both", async () => {
    const missing = "/v1/grants/tidak-ada";
    const indonesian = await w.ask("GET", missing, { token });
    const english = await w.ask("GET", missing, { token, fields: { "Accept-Language": "en-GB" } });
    expect(indonesian.fields.get("content-type")).toMatch(/^application\/problem\+json/);
    expect(indonesian.body).toMatchObject({
      title: "Tidak ditemukan",
      status: 404,
      code: "not-found",
      texts: { detail: { id: "Tidak ditemukan", en: "Not found" } },
    });
    expect(english.body).toMatchObject({ title: "Not found", detail: "Not found" });
    expect([indonesian, english].map(({ fields }) => fields.get("content-language"))).toEqual(["id", "en"]);
    const faulty = await w.ask("POST", "/v1/evidence", {
      token,
      body: splp({ ...letter("1"), date: "2026-02-30" }),
      fields: { "Accept-Language": "en" },
    });
    expect(faulty.body["errors"]).toEqual([
      { pointer: "/documents/tabel-ip/date", detail: expect.stringContaining("is not in the calendar") as string },
    ]);
  });

  it("names a page that the public port serves", async () => {
    const { body } = await w.ask("GET", "/v1/grants/tidak-ada", { token });
    const page = await fetch(body["type"] as string);
    expect({ status: page.status, text: await page.text() }).toMatchObject({
      status: 200,
      text: expect.stringContaining("<code>not-found</code>, HTTP 404.") as string,
    });
  });

  it("is also what an unknown path gets", async () => {
    expect(await w.ask("GET", "/v1/tidak-ada", { token })).toMatchObject({ status: 404, body: { code: "not-found" } });
    expect(await w.ask("DELETE", "/v1/grants/x", { token })).toMatchObject({ status: 404, body: { code: "not-found" } });
  });
});
