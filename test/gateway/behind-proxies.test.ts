import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freePort } from "../../src/base/free-port.ts";
import { through } from "../../src/cli/doctor/through.ts";
import { gatewayFixture, record, service } from "../support/gateway-fixture.ts";
import { absent, startNginx, startProxy, type Program } from "./proxies.ts";

const deployed = join(import.meta.dirname, "../../deploy/proxies");

/** A configuration of `deploy/proxies` on other ports. */
const configuration = (file: string, port: number, gatewayPort: number): string =>
  readFileSync(join(deployed, file), "utf8")
    .replaceAll("8080", String(gatewayPort))
    .replace("listen 80;", `listen 127.0.0.1:${port};`)
    .replace("bind *:80", `bind 127.0.0.1:${port}`)
    .replace("<VirtualHost *:80>", `Listen 127.0.0.1:${port}\n<VirtualHost 127.0.0.1:${port}>`)
    .replace("server.port = 80", `server.bind = "127.0.0.1"\nserver.port = ${port}`)
    .replace("http://spl.kabupaten-contoh.go.id {", `http://127.0.0.1:${port} {`);

const apacheModules = ["mpm_event", "authz_core", "proxy", "proxy_http", "env"];

interface Proxy {
  readonly program: string;
  /** Prints something and ends. */
  readonly flag?: string;
  readonly file: string;
  readonly start?: (text: string, folder: string, port: number) => Omit<Program, "program">;
}

const proxies: Readonly<Record<string, Proxy>> = {
  nginx: { program: "nginx", file: "nginx.conf" },
  HAProxy: { program: "haproxy", file: "haproxy.cfg", start: (text) => ({ flags: ["-db", "-f"], text }) },
  Apache: {
    program: "apache2",
    file: "apache.conf",
    start: (text, folder) => {
      const modules = apacheModules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
      const own = [...modules, `ServerRoot ${folder}`, `PidFile ${folder}/pid`, `ErrorLog ${folder}/error.log`];
      return { flags: ["-DFOREGROUND", "-f"], text: [...own, text].join("\n") };
    },
  },
  Caddy: {
    program: "caddy",
    flag: "version",
    file: "Caddyfile",
    start: (text) => ({ flags: ["run", "--adapter", "caddyfile", "--config"], text: `{\n\tadmin off\n\tauto_https off\n}\n${text}` }),
  },
  lighttpd: { program: "lighttpd", file: "lighttpd.conf", start: (text) => ({ flags: ["-D", "-f"], text }) },
  Varnish: {
    program: "varnishd",
    flag: "-V",
    file: "varnish.vcl",
    start: (text, folder, port) => ({
      flags: ["-F", "-a", `127.0.0.1:${port}`, "-n", join(folder, "n"), "-s", "malloc,16m", "-T", "none", "-j", "none", "-f"],
      text,
    }),
  },
};

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

describe.each(Object.entries(proxies))("a gateway behind %s, as deploy/proxies has it", (_, { program, flag, file, start }) => {
  it.skipIf(absent(program, flag))("takes statements, and sees who called", async () => {
    const port = await freePort();
    const settings = { "public-origin": `http://127.0.0.1:${port}`, intra: "127.0.0.1/32", "trusted-proxies": "127.0.0.1/32" };
    const w = await gatewayFixture({ settings });
    const text = configuration(file, port, w.config.publicPort);
    if (start === undefined) await startNginx(port, text);
    else await startProxy(port, (folder) => ({ program, ...start(text, folder, port) }));
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
