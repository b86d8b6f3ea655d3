import { freePort } from "../../src/base/free-port.ts";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { prepareKabupaten } from "../../src/demo/kabupaten.ts";
import { startProviders } from "../../src/demo/providers/index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = join(root, "src/simpul.mjs");

export interface RealGateway {
  readonly origin: string;
  /** As `init` printed it. */
  readonly vkey: string;
  /** Where the keys of the demo's members are, `<member>-<subsystem>.pem`. */
  readonly keys: string;
  close(): Promise<void>;
}

/**
 * The product as an operator runs it (init, apply, serve) on temporary data, before the demo's providers; `proofs` are
 * further keys by folder of the manifests.
 */
export async function realGateway(proofs: Readonly<Record<string, string>>): Promise<RealGateway> {
  const data = mkdtempSync(join(tmpdir(), "simpul-gateway-"));
  const providers = await startProviders();
  const { services, keys } = prepareKabupaten({
    manifests: join(root, "services"),
    folder: join(data, "demo"),
    profile: "muara-enim-52-2022",
    upstreams: providers.origins,
    nowSeconds: Math.floor(Date.now() / 1000),
  });
  for (const [owner, proof] of Object.entries(proofs)) copyFileSync(proof, join(services, owner, "keys/extra.jwt"));

  const publicPort = await freePort();
  const flags = [
    "--data",
    join(data, "data"),
    "--services",
    services,
    "--public-port",
    String(publicPort),
    "--control-port",
    String(await freePort()),
  ];
  const simpul = (...verb: string[]): string => execFileSync(process.execPath, [program, ...verb, ...flags], { encoding: "utf8" });
  const vkey = /^vkey\s+(\S+)$/m.exec(simpul("init", "--development"))![1]!;
  simpul("apply");

  const gateway = spawn(process.execPath, [program, "serve", ...flags], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(gateway, "exit");
  await new Promise<void>((resolve, reject) => {
    let printed = "";
    gateway.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('"event":"started"')) resolve();
    });
    gateway.on("exit", () => reject(new Error(`the gateway did not start: ${printed}`)));
  });
  providers.stand({ gateway: `http://127.0.0.1:${publicPort}`, keys });
  return {
    origin: `http://127.0.0.1:${publicPort}`,
    vkey,
    keys: join(data, "demo/keys"),
    close: async () => {
      gateway.kill("SIGTERM");
      await ended;
      await providers.close();
      rmSync(data, { recursive: true });
    },
  };
}
