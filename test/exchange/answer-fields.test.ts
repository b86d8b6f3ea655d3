import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faithful, gatewayFixture, record, service, type GatewayFixture } from "../support/gateway-fixture.ts";
import { audit, posting, shoot, sign, type RequestChange, type WireAnswer } from "../support/wire.ts";
import { rawProvider, type RawProvider } from "../http/upstream/raw-provider.ts";

let w: GatewayFixture;
let provider: RawProvider;
beforeAll(async () => {
  provider = await rawProvider();
  w = await gatewayFixture();
  const contract = join(w.services, "disdukcapil/siak/warga/v1/openapi.yaml");
  const document = JSON.parse(readFileSync(contract, "utf8")) as {
    paths: Record<string, Record<string, { responses: Record<string, object> }>>;
  };
  const header = { description: "Kolom uji.", schema: { type: "string" } };
  const declared = [
    "X-Nomor-Berkas",
    "Set-Cookie",
    "Server",
    "Alt-Svc",
    "Access-Control-Allow-Origin",
    "Strict-Transport-Security",
    "Host",
  ];
  Object.assign(document.paths["/catatan/{nomor}"]!["get"]!.responses["200"]!, {
    headers: Object.fromEntries([...declared, "Spl-Problem", "Cache-Control", "Content-Security-Policy"].map((name) => [name, header])),
  });
  writeFileSync(contract, JSON.stringify(document, undefined, 2));
  await w.apply();
});
afterAll(async () => {
  await w.close();
  await provider.close();
});

/** The fields of the answer that are not the gateway's own on every answer. */
const own = ["cache-control", "connection", "content-digest", "content-length", "date", "keep-alive", "spl-exchange"];
const toRaw = (over: object = {}): (() => void) => {
  const version = w.open.gateway.snapshot().services.get(service)!;
  const before = { ...version };
  Object.assign(version, { upstream: provider.origin, ...over });
  return () => void Object.assign(version, before);
};
async function answered(lines: readonly string[], { over = {}, signing = {} }: { over?: object; signing?: RequestChange } = {}) {
  const undo = toRaw(over);
  provider.answer(
    (socket) =>
      void socket.write(
        `HTTP/1.1 ${signing.method === "POST" ? "201 Created" : "200 OK"}\r\nContent-Type: application/json\r\n` +
          `${lines.map((line) => `${line}\r\n`).join("")}Content-Length: ${record.length}\r\n\r\n${record.toString()}`,
      ),
  );
  const { head } = sign(w, signing);
  const answer = await shoot(w, Buffer.concat([Buffer.from(head), signing.content ?? Buffer.alloc(0)]));
  undo();
  return answer;
}
const beyond = ({ fields }: WireAnswer): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !own.includes(name)));
/** Without the gateway's link to the receipt. */
const linksOf = ({ fields }: WireAnswer): string => fields["link"]!.replace(/(?:, )?<\/receipts\/[^>]*>; rel="[^"]*"$/, "");

describe("of a provider's fields", () => {
  it("those about the answer and its content pass as they are", async () => {
    const fields = {
      "Content-Language": "id",
      "Content-Disposition": 'attachment; filename="a.json"',
      ETag: '"a"',
      "Last-Modified": "Tue, 01 Dec 2026 00:00:00 GMT",
      Vary: "Accept",
      Allow: "GET, PUT",
      "Retry-After": "9",
      "RateLimit-Policy": '"a";q=9;w=60',
      RateLimit: '"a";r=1;t=5',
      "X-RateLimit-Remaining": "3",
      "Repr-Digest": "sha-256=:AA==:",
    };
    const answer = await answered(Object.entries(fields).map(([name, value]) => `${name}: ${value}`));
    const { link, ...rest } = beyond(answer);
    expect(rest).toEqual({
      "content-type": "application/json",
      ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value])),
    });
    expect(link).toMatch(/^<\/receipts\//);
  });

  it.each([
    ["of one connection", ["Keep-Alive: timeout=5", "Proxy-Authenticate: Basic", "Upgrade: h2c", "Trailer: a", "TE: trailers"]],
    ["of the gateway", ["Spl-Problem: internal", "Spl_Receipt: a", "Cache-Control: public", "Date: a", "Content-Digest: sha-256=:AA==:"]],
    ["that a response has not", ["Host: 127.0.0.1:18341", "X-Forwarded-For: 10.0.0.1", "X-Real-IP: 10.0.0.1"]],
    ["of the server", ["Server: inside-10.1.2.3", "X-Powered-By: PHP/8.2", "X-AspNet-Version: 4", "Via: 1.1 dalam", "Server-Timing: db"]],
    ["of caches", ["Age: 9", "Expires: 0", "Pragma: no-cache", "Warning: 199 - a", "Content-Range: bytes 0-1/2", "Accept-Ranges: bytes"]],
    ["of the whole origin", ["Alt-Svc: h2=evil:443", "Strict-Transport-Security: max-age=9", 'Clear-Site-Data: "*"', "Refresh: 0; url=/"]],
    ["of its pages", ["Content-Security-Policy: sandbox", "Access-Control-Allow-Origin: *", "Permissions-Policy: a=()", 'NEL: {"a":1}']],
    ["of logins", ["Set-Cookie: a=b; Domain=go.id", "Set-Cookie2: a", "WWW-Authenticate: Basic", "Authentication-Info: a"]],
    ["that nobody declared", ["X-Penyedia: b", "X-Request-Id: 10.1.2.3", "Content-MD5: AA==", `X-Large: ${"a".repeat(12_000)}`]],
    ["that Connection names", ["Connection: keep-alive, ETag", 'ETag: "a"']],
  ])("those %s do not", async (_, lines) => {
    const { link, ...rest } = beyond(await answered(lines));
    expect([rest, link]).toEqual([{ "content-type": "application/json" }, expect.stringMatching(/^<\/receipts\//)]);
  });

  it("those that the contract declares for this answer pass, unless they are not a provider's to set", async () => {
    const lines = [
      "X-Nomor-Berkas: 474/12",
      "X-Nomor: a",
      "Set-Cookie: a=b",
      "Server: a",
      "Alt-Svc: a",
      "Host: a",
      "Cache-Control: public",
    ];
    const more = ["Access-Control-Allow-Origin: *", "Strict-Transport-Security: max-age=9", "Spl-Problem: a", "Content-Security-Policy: a"];
    const { link: _, ...rest } = beyond(await answered([...lines, ...more]));
    expect(rest).toEqual({ "content-type": "application/json", "x-nomor-berkas": "474/12" });
    const { link: __, ...other } = beyond(await answered(["X-Nomor-Berkas: 474/12"], { signing: { ...posting, below: "/catatan" } }));
    expect(other).toEqual({ "content-type": "application/json" });
  });

  it("those that pass have a bound, and what does not pass does not count", async () => {
    const max = w.config.maxAnswerFieldBytes;
    const room = max - ("content-type".length + "application/json".length + 4) - ("etag".length + 4);
    const [full, over] = [await answered([`ETag: ${"a".repeat(room)}`, "X-A: b"]), await answered([`ETag: ${"a".repeat(room + 1)}`])];
    expect([full.status, full.fields["etag"]!.length]).toEqual([200, room]);
    expect([over.status, over.fields["spl-problem"], over.fields["etag"]]).toEqual([502, "response-invalid", undefined]);
    expect(over.content.toString()).toContain(String(max));
  });
});

describe("a reference of the provider", () => {
  const at = `/r1/${service}`;
  const origin = (): string => provider.origin;
  const rows: readonly [string, () => string, string | undefined][] = [
    ["relative", () => "catatan/9", `${at}/catatan/9`],
    ["relative with dots", () => "./catatan/../catatan/9", `${at}/catatan/9`],
    ["from the root", () => "/catatan/9", `${at}/catatan/9`],
    ["absolute, on the upstream", () => `${origin()}/catatan/9`, `${at}/catatan/9`],
    ["absolute, in capitals", () => `${origin().replace("http", "HTTP")}/catatan/9?a='b'#c`, `${at}/catatan/9?a='b'#c`],
    ["without a scheme, on the upstream", () => `${origin().slice(5)}/catatan/9`, `${at}/catatan/9`],
    ["a query alone", () => "?tahun=2021", `${at}/catatan?tahun=2021`],
    ["a fragment alone", () => "#a", `${at}/catatan#a`],
    ["with lower-case escapes", () => "/catatan/%c3%a9", `${at}/catatan/%C3%A9`],
    ["of the gateway itself", () => `${w.publicOrigin}${at}/catatan/9`, undefined],
    ["another host", () => "http://10.1.2.3/catatan/9", ""],
    ["a host of the same name on another port", () => "http://127.0.0.1:1/catatan/9", ""],
    ["https of the upstream", () => `${origin().replace("http", "https")}/catatan/9`, ""],
    ["a name of the inside without a scheme", () => "//siak-db/catatan/9", ""],
    ["another scheme", () => "file:///etc/passwd", ""],
    ["with a password", () => `http://a:b@${origin().slice(7)}/catatan/9`, ""],
    ["a path that nobody can call", () => "/catatan//9", ""],
    ["an escaped slash", () => "/catatan/a%2Fb", ""],
    ["what is no reference", () => "/catatan/9 dan lainnya", ""],
    ["backslashes", () => "\\\\siak-db\\catatan", ""],
  ];

  it.each(rows)("in Location: %s", async (_, given, expected) => {
    const { fields } = await answered([`Location: ${given()}`], { signing: { ...posting, below: "/catatan" } });
    expect(fields["location"] ?? "").toBe(expected ?? given());
  });

  it("in Location below a base path is mapped without it, and what lies beside it is dropped", async () => {
    const ask = async (location: string) =>
      (await answered([`Location: ${location}`], { over: { basePath: "/v2" }, signing: { ...posting, below: "/catatan" } })).fields[
        "location"
      ];
    expect([await ask("/v2/catatan/9"), await ask("catatan/9"), await ask(`${origin()}/v2/catatan/9`)]).toEqual(
      Array(3).fill(`${at}/catatan/9`),
    );
    expect([await ask("/catatan/9"), await ask("../catatan/9"), await ask("/v22/catatan/9"), await ask("/v2/../admin")]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it("in Link is mapped link by link, and a link of another place or in the gateway's name is left out", async () => {
    const link = [
      '</catatan/2?tahun=2020>; rel="next"; title="a, b"',
      "<3>;rel=last",
      "<http://10.1.2.3/a>; rel=up",
      '</catatan/4>; rel="https://simpul.id/rel/receipt"',
      '</catatan/5>; rel=next; anchor="http://10.1.2.3/"',
      "bukan tautan",
    ].join(", ");
    expect(linksOf(await answered([`Link: ${link}`]))).toBe(
      `<${at}/catatan/2?tahun=2020>; rel="next"; title="a, b", <${at}/catatan/3>;rel=last`,
    );
    expect(linksOf(await answered(["Link: <http://10.1.2.3/a>; rel=up"]))).toBe("");
  });

  it("in Content-Location is mapped", async () =>
    expect((await answered(["Content-Location: 7"])).fields["content-location"]).toBe(`${at}/catatan/7`));
});

describe("what a provider hears of the consumer's wishes", () => {
  const heard = async (...lines: string[]): Promise<[string | undefined, string | undefined]> => {
    w.respondWith(faithful);
    await shoot(w, sign(w, { lines }).head);
    const { rawHeaders } = w.received.at(-1)!;
    const valueOf = (name: string): string | undefined =>
      rawHeaders.find((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === name);
    return [valueOf("accept"), valueOf("accept-language")];
  };
  it.each([
    "application/json",
    "*/*",
    "text/html, image/gif, image/jpeg, */*; q=0.2",
    'application/json;profile="a, \\"b\\"";q=0.5 , text/*;',
    `a/${"b".repeat(254)}`,
  ])("an Accept by its form is handed on: %s", async (accept) => expect(await heard(`Accept: ${accept}`)).toEqual([accept, undefined]));
  it.each(["id", "id-ID, en;q=0.8, *;q=0.1"])("an Accept-Language by its form is handed on: %s", async (language) =>
    expect(await heard(`Accept-Language: ${language}`)).toEqual([undefined, language]),
  );
  it.each([
    ["Accept", `a/${"b".repeat(255)}`],
    ["Accept", "json"],
    ["Accept", "application/json; drop table"],
    ["Accept", "application/jsön"],
    ["Accept", `a/b${";  ".repeat(80)}!`],
    ["Accept-Language", "bahasa Indonesia"],
    ["Accept-Language", `id${", id".repeat(100)}`],
    ["Accept-Language", "${jndi:ldap://10.1.2.3/a}"],
  ])("another is not: %s: %s", async (name, value) => expect(await heard(`${name}: ${value}`)).toEqual([undefined, undefined]));
});

it("the ledger is sound after all that", async () => expect(await audit(w)).toMatchObject({ findings: [], openIntents: [] }));
