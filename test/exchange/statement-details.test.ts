import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { consumer, gatewayFixture, record, type GatewayFixture } from "../support/gateway-fixture.ts";
import { posting, shoot, sign, type RequestChange } from "../support/wire.ts";

let w: GatewayFixture;
beforeAll(async () => void (w = await gatewayFixture()));
afterAll(() => w.close());

const now = () => Math.floor(w.clock() / 1000);
/** The request as a library rewrote it after it was signed. */
const rewritten = (from: string, to: string, change: RequestChange = {}) => sign(w, change).head.replace(from, to);
const detailOf = async (head: string, language: "id" | "en"): Promise<string> => {
  const { fields, content } = await shoot(w, head.replace("\r\n\r\n", `\r\nAccept-Language: ${language}\r\n\r\n`));
  expect([fields["spl-problem"], fields["www-authenticate"]]).toEqual(["statement-invalid", `Spl realm="${w.publicOrigin}"`]);
  return (JSON.parse(content.toString()) as { detail: string }).detail;
};

/** What the request is, and the values that its refusal has to show: what the claim says, then what arrived or what is right. */
const mistakes: readonly (readonly [string, () => string, readonly string[]])[] = [
  [
    "a quote that URL escapes",
    () => rewritten("q=O'Brien", "q=O%27Brien", { below: "/catatan/1?q=O'Brien" }),
    [`"?q=O'Brien"`, `"?q=O%27Brien"`],
  ],
  ["an escape that aiohttp undoes", () => rewritten("a%2Cb", "a,b", { below: "/catatan/a%2Cb" }), ["/catatan/a%2Cb", "/catatan/a,b"]],
  ["an empty query that is dropped", () => rewritten("/1? HTTP", "/1 HTTP", { below: "/catatan/1?" }), ['"?"', '""']],
  [
    "a charset that OkHttp adds",
    () => rewritten("Content-Type: application/json", "Content-Type: application/json; charset=utf-8", posting),
    ['"application/json"', '"application/json; charset=utf-8"'],
  ],
  [
    "a type that PHP adds",
    () =>
      rewritten("Content-Length", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length", {
        ...posting,
        instead: { "Content-Type": undefined },
        claims: { ctype: undefined },
      }),
    ["none", '"application/x-www-form-urlencoded"'],
  ],
  ["a method that Tcl changes", () => sign(w, { method: "PUT", below: "/catatan/1" }).head.replace("PUT", "GET"), ['"PUT"', '"GET"']],
  [
    "another digest",
    () =>
      sign(w, { claims: { digest: `sha-256=:${"A".repeat(43)}=:` }, instead: { "Content-Digest": sign(w).claims["digest"] as string } })
        .head,
    [`"sha-256=:${"A".repeat(43)}=:"`, '"sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"'],
  ],
  ["a slash behind aud", () => sign(w, { claims: { aud: `${w.publicOrigin}/` } }).head, ['"{origin}/"', "aud must be {origin}."]],
  ["aud as an array", () => sign(w, { claims: { aud: [w.publicOrigin] } }).head, ['["{origin}"]', "one string, no array"]],
  ["htq without its ?", () => sign(w, { claims: { htq: "tahun=2026" } }).head, ['"tahun=2026"', "its ? first"]],
  ["htm in lower case", () => sign(w, { claims: { htm: "get" } }).head, ['"get"', "the method in capitals"]],
  ["a short jti", () => sign(w, { claims: { jti: "1" } }).head, ['"1"', "22 to 64 characters"]],
  [
    "iat in milliseconds",
    () => sign(w, { claims: { iat: now() * 1000, exp: now() * 1000 + 1 } }).head,
    ["{now}", "in seconds (Unix), not in milliseconds"],
  ],
  ["iat as a string", () => sign(w, { claims: { iat: String(now()) } }).head, ['"{now}', "an integer, in seconds"]],
  ["a statement for an hour", () => sign(w, { claims: { exp: now() + 3600 } }).head, ["It says: 36", "at most 300 seconds"]],
  ["a claim that nobody knows", () => sign(w, { claims: { nbf: 1 } }).head, ['"nbf"', "must begin with x_"]],
  ["no purpose", () => sign(w, { claims: { purpose: undefined } }).head, ["The claim purpose is missing", "the grant's purpose"]],
  [
    "a typ of JWT",
    () => sign(w).head.replace(/^Spl-Signature: [^.]+/m, `Spl-Signature: ${header({ typ: "JWT" })}`),
    ['"JWT"', "typ must be spl-req+jwt"],
  ],
  [
    "alg none",
    () => sign(w).head.replace(/^Spl-Signature: [^.]+/m, `Spl-Signature: ${header({ alg: "none" })}`),
    ['"alg":"none"', "ES256, PS256, RS256 or Ed25519"],
  ],
  [
    "a further member of the header",
    () => sign(w).head.replace(/^Spl-Signature: [^.]+/m, `Spl-Signature: ${header({ crit: [] })}`),
    ['"crit":[]', "exactly alg, kid"],
  ],
];

const header = (over: object): string =>
  Buffer.from(JSON.stringify({ alg: "ES256", kid: w.keys[consumer]!.kid, typ: "spl-req+jwt", ...over })).toString("base64url");

describe("F4, E9: statement-invalid shows what the claim says and what arrived, or what is right", () => {
  it.each(mistakes)("%s", async (_, head, values) => {
    const detail = await detailOf(head(), "en");
    for (const value of values)
      expect(detail).toContain(value.replace("{origin}", w.publicOrigin).replace("{now}", String(now()).slice(0, 8)));
    expect(await detailOf(head(), "id")).not.toMatch(/undefined|(?:klaim|tiba) none/);
  });

  it("shows values that are too long where they differ, and no more than 200 characters of each", async () => {
    const long = `/catatan/1?a=${"x".repeat(900)}`;
    const detail = await detailOf(sign(w, { below: `${long}ini`, claims: { htq: `?a=${"x".repeat(900)}itu` } }).head, "en");
    expect(detail).toMatch(/…"x{39}itu".*…"x{39}ini"/);
    expect(detail.length).toBeLessThan(600);
    const listed = await detailOf(sign(w, { claims: { ack: Array.from({ length: 17 }, () => "A".repeat(43)) } }).head, "en");
    expect(listed).toMatch(/It says: \["A{43}","A{43}.*…\.$/);
    expect(listed.length).toBeLessThan(400);
  });

  it("shows them to the caller only: nothing of it in metrics", async () => {
    await detailOf(sign(w, { claims: { jti: "rahasia-kecil" } }).head, "id");
    expect(await (await fetch(`${w.controlOrigin}/metrics`)).text()).not.toContain("rahasia-kecil");
  });
});

describe("F5: content that is none", () => {
  const add = (head: string): string => head.replace("\r\n\r\n", "\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n");

  it.each<[string, RequestChange, number]>([
    ["GET", {}, 200],
    ["DELETE", { method: "DELETE" }, 204],
    ["DELETE with a length of 0", { method: "DELETE", lines: ["Content-Length: 0"] }, 204],
  ])("may have the type that a library adds, which goes no further: %s", async (_, change, status) => {
    expect(await shoot(w, add(sign(w, change).head), { bodiless: status === 204 })).toMatchObject({ status });
    expect(w.received.at(-1)!.rawHeaders.map((name) => name.toLowerCase())).not.toContain("content-type");
  });

  it("has no ctype: a statement that names one is told so", async () => {
    const detail = await detailOf(sign(w, { method: "DELETE", contentType: "application/json" }).head, "en");
    expect(detail).toBe(
      'This request has no content, so there is no claim ctype, also if your library adds a Content-Type. It says: "application/json".',
    );
  });

  it("is not what an operation that needs content asks for", async () => {
    const answer = await shoot(
      w,
      add(sign(w, { ...posting, content: undefined, contentType: undefined, lines: ["Content-Length: 0"] }).head),
    );
    expect(answer.fields["spl-problem"]).toBe("content-type-unsupported");
    expect(answer.content.toString()).toContain("menuntut isi");
  });

  it("of content that is there, the type is signed as ever", async () => {
    const change = { ...posting, instead: { "Content-Type": undefined }, claims: { ctype: undefined } };
    expect(await detailOf(add(sign(w, change).head) + record.toString(), "en")).toContain("none");
  });
});
