import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { freePort } from "../../src/base/free-port.ts";
import { gatewayFixture, record, service } from "../support/gateway-fixture.ts";
import { eventually } from "../support/patience.ts";

const absent = spawnSync("nginx", ["-v"], { stdio: "ignore" }).status !== 0;

/** nginx with the server of `deploy/nginx.conf`, on other ports and for callers on this machine. */
async function startNginx(port: number, gatewayPort: number, allowed: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "simpul-nginx-"));
  const server = readFileSync(join(import.meta.dirname, "../../deploy/nginx.conf"), "utf8")
    .replace("listen 80;", `listen 127.0.0.1:${port};`)
    .replace("127.0.0.1:8080", `127.0.0.1:${gatewayPort}`)
    .replace("10.16.0.0/16", allowed);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`).join(" ");
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {} http { access_log off; ${paths}\n${server}\n}`,
  );
  const nginx = spawn("nginx", ["-p", folder, "-c", file], { stdio: "ignore" });
  onTestFinished(async () => {
    if (nginx.exitCode === null) {
      nginx.kill();
      await once(nginx, "exit");
    }
    rmSync(folder, { recursive: true });
  });
  await eventually(
    () =>
      new Promise<boolean>((resolve, reject) => {
        if (nginx.exitCode !== null) reject(new Error(readFileSync(join(folder, "error.log"), "utf8")));
        const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
        socket.on("connect", () => socket.destroy());
      }),
  );
}

describe.skipIf(absent)("a gateway behind deploy/nginx.conf", () => {
  it("takes statements over the proxy's origin, with content, with and without a query", async () => {
    const port = await freePort();
    const w = await gatewayFixture({ settings: { "public-origin": `http://127.0.0.1:${port}`, intra: "127.0.0.1/32" } });
    await startNginx(port, w.config.publicPort, "127.0.0.0/8");
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
    await startNginx(port, w.config.publicPort, "10.99.0.0/16");
    expect((await w.call()).status).toBe(403);
    expect(w.received).toEqual([]);
    await w.close();
  });
});
