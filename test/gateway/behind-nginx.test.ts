import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freePort } from "../../src/base/free-port.ts";
import { gatewayFixture, record, service } from "../support/gateway-fixture.ts";
import { absent, startNginx } from "./proxies.ts";

/** nginx with the server of `deploy/nginx.conf`, on other ports and for callers on this machine. */
const startDeployed = (port: number, gatewayPort: number, allowed: string): Promise<void> =>
  startNginx(
    port,
    readFileSync(join(import.meta.dirname, "../../deploy/nginx.conf"), "utf8")
      .replace("listen 80;", `listen 127.0.0.1:${port};`)
      .replace("127.0.0.1:8080", `127.0.0.1:${gatewayPort}`)
      .replace("10.16.0.0/16", allowed),
  );

describe.skipIf(absent("nginx"))("a gateway behind deploy/nginx.conf", () => {
  it("takes statements over the proxy's origin, with content, with and without a query", async () => {
    const port = await freePort();
    const w = await gatewayFixture({ settings: { "public-origin": `http://127.0.0.1:${port}`, intra: "127.0.0.1/32" } });
    await startDeployed(port, w.config.publicPort, "127.0.0.0/8");
    const path = `/r1/${service}/catatan`;
    expect((await w.call({ target: `${path}/1?tahun=2026` })).status).toBe(200);
    const posted = await w.call({ method: "POST", target: path, content: record, contentType: "application/json" });
    expect(posted).toMatchObject({ status: 201, claims: expect.anything() as unknown });
    expect(w.received.map(({ method }) => method)).toEqual(["GET", "POST"]);
    await w.close();
  });

  it("does not see callers whom the proxy refuses", async () => {
    const port = await freePort();
    const w = await gatewayFixture({ settings: { "public-origin": `http://127.0.0.1:${port}`, intra: "127.0.0.1/32" } });
    await startDeployed(port, w.config.publicPort, "10.99.0.0/16");
    expect((await w.call()).status).toBe(403);
    expect(w.received).toEqual([]);
    await w.close();
  });
});
