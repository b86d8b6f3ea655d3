import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generateSigningKey } from "../../src/trust/key-proof.ts";
import { consumer, gatewayFixture, service, type GatewayFixture } from "../support/gateway-fixture.ts";
import { shoot, sign, type RequestChange } from "../support/wire.ts";

let w: GatewayFixture;
beforeAll(async () => void (w = await gatewayFixture()));
afterAll(() => w.close());

const unregistered = generateSigningKey("ES256");
const nik = "1603017777779999";
const now = () => Math.floor(w.clock() / 1000);

/** Mistakes of developers, as they are made, and what the refusal has to tell them. */
const mistakes: readonly (readonly [string, () => RequestChange, code: string, told: RegExp])[] = [
  ["a key that is not registered", () => ({ key: unregistered }), "key-unknown", new RegExp(`Kunci ${unregistered.kid} belum didaftarkan`)],
  [
    "a signature by another key",
    () => ({ key: { ...unregistered, kid: w.keys[consumer]!.kid } }),
    "signature-invalid",
    /ES256.*r‖s 64 bita, bukan DER/,
  ],
  ["a slash at the end", () => ({ below: "/catatan/1/" }), "operation-unknown", /Garis miring di akhir/],
  ["another method", () => ({ method: "POST", below: "/catatan/1" }), "operation-unknown", /diterima: GET, HEAD, PUT, PATCH, DELETE\./],
  ["a path that is not there", () => ({ below: `/warga/${nik}` }), "operation-unknown", /Kontrak layanan tidak memuat jalur ini/],
  ["another version", () => ({ target: `/r1/${service.replace(/v1$/, "v3")}/catatan/1` }), "service-unknown", /yang ada: v1\./],
  ["another service", () => ({ target: `/r1/${service.replace("warga", nik)}/catatan/1` }), "service-unknown", /Tidak ada layanan/],
  ["a path without /r1", () => ({ target: `/${service}/catatan/1` }), "service-unknown", /\/r1\/<instansi>/],
  ["no statement", () => ({ instead: { "Spl-Signature": undefined } }), "statement-missing", /Spl-Signature: pernyataan JWS/],
  ["milliseconds", () => ({ claims: { iat: now() * 1000, exp: now() * 1000 + 60_000 } }), "statement-invalid", /dalam detik/],
  ["a short jti", () => ({ claims: { jti: "1" } }), "statement-invalid", /Klaim jti salah bentuk; yang benar: 22 sampai 64 karakter/],
  ["htq without its ?", () => ({ claims: { htq: "a=1" } }), "statement-invalid", /Klaim htq salah bentuk; yang benar: kosong, atau kueri/],
  ["no Content-Digest", () => ({ instead: { "Content-Digest": undefined } }), "request-malformed", /Content-Digest harus ada.*buka \//],
];

describe("a refusal tells the developer what would be right", () => {
  it.each(mistakes)("%s", async (_, change, code, told) => {
    const { fields, content } = await shoot(w, sign(w, change()).head);
    const { detail } = JSON.parse(content.toString()) as { detail: string };
    expect([fields["spl-problem"], detail]).toEqual([code, expect.stringMatching(told)]);
    expect(detail).not.toContain(nik);
  });
});
