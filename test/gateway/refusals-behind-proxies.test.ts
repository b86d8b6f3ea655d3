import { spawn } from "node:child_process";
import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { freePort } from "../../src/base/free-port.ts";
import { consumer, gatewayFixture } from "../support/gateway-fixture.ts";
import { generateSigningKey } from "../../src/trust/key-proof.ts";
import { posting, sign } from "../support/wire.ts";
import { deployedProxies, startDeployed } from "./deployed-proxies.ts";
import { absent, startHaproxy, startNginx, startSquid } from "./proxies.ts";

interface Front {
  readonly name: string;
  readonly program: string;
  /** Prints something and ends. */
  readonly flag?: string;
  start(port: number, gatewayPort: number): Promise<void>;
  /** Of the gateway behind it. */
  readonly settings?: Readonly<Record<string, string>>;
}

const nginx = (name: string, directives: string): Front => ({
  name,
  program: "nginx",
  start: (port, gatewayPort) =>
    startNginx(
      port,
      `server { listen 127.0.0.1:${port}; client_max_body_size 16m; ${directives}
        location / { proxy_pass http://127.0.0.1:${gatewayPort}; proxy_set_header Host $http_host; proxy_http_version 1.1; } }`,
    ),
});

const fronts: readonly Front[] = [
  nginx("nginx", ""),
  nginx("nginx that does not wait for the content", "proxy_request_buffering off;"),
  { name: "Squid", program: "squid", start: startSquid },
  { name: "HAProxy", program: "haproxy", start: startHaproxy },
  ...Object.entries(deployedProxies).map(([name, proxy]) => ({
    name: `${name} as deploy/proxies has it`,
    program: proxy.program,
    ...(proxy.flag === undefined ? {} : { flag: proxy.flag }),
    start: (port: number, gatewayPort: number) => startDeployed(proxy, port, gatewayPort),
    settings: { "trusted-proxies": "127.0.0.1/32" },
  })),
];

/** What curl gets for an upload: the status, and who refused. */
async function upload(origin: string, head: string, content: Buffer): Promise<string> {
  const [, ...lines] = head.trimEnd().split("\r\n");
  const flags = lines.filter((line) => !/^(?:Host|Content-Length):/.test(line)).flatMap((line) => ["-H", line]);
  const target = head.split(" ")[1]!;
  const curl = spawn("curl", ["-s", "-o", "-", "-D", "-", "-H", "Expect:", ...flags, "--data-binary", "@-", `${origin}${target}`]);
  let said = "";
  curl.stdout.on("data", (bytes) => (said += String(bytes)));
  curl.stdin.end(content);
  await once(curl, "close");
  return `${/^HTTP\/\S+ (\d+)/.exec(said)?.[1] ?? "no answer"} ${/^spl-problem: (\S+)/im.exec(said)?.[1] ?? "of the proxy"}`;
}

describe.each(fronts)("through $name", ({ program, flag, start, settings }) => {
  test.skipIf(absent(program, flag))("a refusal of an upload arrives", async () => {
    const port = await freePort();
    const w = await gatewayFixture({ settings: { "public-origin": `http://127.0.0.1:${port}`, ...settings } });
    await start(port, w.config.publicPort);
    const key = { ...generateSigningKey("ES256"), kid: w.keys[consumer]!.kid };
    const seen = new Set<string>();
    for (const bytes of [14, 20_000, 100_000, 300_000, 1_200_000, 3_000_000]) {
      const content = Buffer.alloc(bytes, 0x20);
      for (let i = 0; i < 3; i++) seen.add(`${bytes} ${await upload(w.publicOrigin, sign(w, { ...posting, key, content }).head, content)}`);
    }
    expect([...seen]).toEqual([14, 20_000, 100_000, 300_000, 1_200_000, 3_000_000].map((bytes) => `${bytes} 401 signature-invalid`));
    await w.close();
  });
});
