import { request } from "node:http";
import { connect } from "node:net";
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { gatewayFixture, type GatewayFixture } from "../../support/gateway-fixture.ts";

let w: GatewayFixture;
beforeAll(async () => void (w = await gatewayFixture({ settings: { "control-names": "spl.example.go.id" } })));
afterAll(() => w.close());

interface Reply {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly text: string;
}

function get(path: string, headers: Readonly<Record<string, string>> = {}, hostname = "127.0.0.1"): Promise<Reply> {
  return new Promise((resolve, reject) => {
    request({ hostname, port: new URL(w.controlOrigin).port, path, headers, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode, type: response.headers["content-type"], text }));
    })
      .on("error", reject)
      .end();
  });
}
const port = (): string => new URL(w.controlOrigin).port;
const pages = ["/metrics", "/livez", "/readyz", "/v1/catalogue", "/v1/openapi.json", "/v1/grants", "/nothing"];

it.each(["evil.example", "evil.example:9090", "127.0.0.1.evil.example", "10.1.2.3", "[2001:db8::1]", "a b"])(
  "The control port does not answer to the name %j",
  async (Host) => {
    for (const path of pages) {
      const { status, type, text } = await get(path, { Host });
      expect({ status, type, code: (JSON.parse(text) as { code: string }).code }).toEqual({
        status: 421,
        type: "application/problem+json; charset=utf-8",
        code: "misdirected",
      });
    }
  },
);

it.each(["localhost", "LOCALHOST:9090", "127.0.0.1", "127.9.9.9:1", "[::1]:9090", "spl.example.go.id", "SPL.example.go.id:443"])(
  "It answers to %s",
  async (Host) => {
    expect((await get("/livez", { Host })).status).toBe(200);
    expect((await get("/v1/catalogue", { Host })).status).toBe(200);
  },
);

it("It serves its own origin, and no page of another", async () => {
  const Host = `127.0.0.1:${port()}`;
  expect((await get("/metrics", { Host, Origin: `http://${Host}` })).status).toBe(200);
  for (const Origin of ["http://evil.example", "null", "http://127.0.0.1:1", `http://localhost:${port()}`, "file://"]) {
    const { status, text } = await get("/metrics", { Host, Origin });
    expect({ Origin, status, code: (JSON.parse(text) as { code: string }).code }).toEqual({ Origin, status: 403, code: "origin-foreign" });
  }
});

it("Metrics want a token as soon as there is one, an empty file lets nobody in, and health stays open", async () => {
  expect((await get("/metrics")).status).toBe(200);
  writeFileSync(w.config.metricsToken, "rahasia-prometheus\n");
  expect(await get("/metrics")).toMatchObject({ status: 401, type: "application/problem+json; charset=utf-8" });
  expect((await get("/metrics", { Authorization: "Bearer salah" })).status).toBe(401);
  expect((await get("/metrics", { Authorization: "Bearer rahasia-prometheus" })).status).toBe(200);
  expect((await get("/livez")).status).toBe(200);
  writeFileSync(w.config.metricsToken, "");
  expect((await get("/metrics", { Authorization: "Bearer x" })).status).toBe(401);
});

it.each(["/v1/grants/%ff", `/v1/grants/${"a".repeat(700)}`, "/%", "/v1/why/%E0%A4%A"])(
  "Nothing but problem documents answers what has no route: %s",
  async (path) => {
    const { status, type, text } = await get(path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(type).toMatch(/^application\/problem\+json/);
    expect(text).not.toMatch(/FST_|fastify/i);
  },
);

it("What is no HTTP is refused with a problem document", async () => {
  const text = await new Promise<string>((resolve, reject) => {
    let all = "";
    const socket = connect(Number(port()), "127.0.0.1");
    socket.on("data", (chunk: Buffer) => (all += chunk.toString()));
    socket.on("end", () => resolve(all)).on("error", reject);
    socket.write("no http\r\n\r\n");
  });
  expect(text).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json\r\n/);
  expect(JSON.parse(text.slice(text.indexOf("\r\n\r\n")))).toMatchObject({ status: 400, code: "input-invalid" });
});
