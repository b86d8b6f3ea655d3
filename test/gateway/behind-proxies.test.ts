import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { freePort } from "../../src/base/free-port.ts";
import { through } from "../../src/cli/doctor/through.ts";
import { gatewayFixture, record, service } from "../support/gateway-fixture.ts";
import { deployedProxies, startDeployed } from "./deployed-proxies.ts";
import { absent } from "./proxies.ts";

/** The status of a GET from another address of this machine. */
function statusFrom(localAddress: string, port: number, headers: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path: "/logs", localAddress, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });
}

describe.each(Object.entries(deployedProxies))("a gateway behind %s, as deploy/proxies has it", (_, proxy) => {
  it.skipIf(absent(proxy.program, proxy.flag))("takes statements, and sees who called", async () => {
    const port = await freePort();
    const settings = { "public-origin": `http://127.0.0.1:${port}`, intra: "127.0.0.1/32", "trusted-proxies": "127.0.0.1/32" };
    const w = await gatewayFixture({ settings });
    await startDeployed(proxy, port, w.config.publicPort);
    const path = `/r1/${service}/catatan`;
    expect((await w.call({ target: `${path}/1?tahun=2026` })).status).toBe(200);
    const posted = await w.call({ method: "POST", target: path, content: record, contentType: "application/json" });
    expect(posted).toMatchObject({ status: 201, claims: expect.anything() as unknown });
    expect(w.received.map(({ method }) => method)).toEqual(["GET", "POST"]);

    expect(await statusFrom("127.0.0.1", port)).toBe(200);
    expect(await statusFrom("127.0.0.9", port)).toBe(403);
    const claimed = { "X-Forwarded-For": "127.0.0.1", Forwarded: "for=127.0.0.1" };
    expect(await statusFrom("127.0.0.9", port, claimed)).toBe(403);

    const found = await Array.fromAsync(through(`http://127.0.0.1:${port}`, w.config));
    expect(found.filter(({ state }) => state !== "good").map(({ text }) => text.en)).toEqual([]);
    await w.close();
  });
});
