import { createServer, type AddressInfo } from "node:net";
import { readConfig, type Config } from "../config/config.ts";

/** A configuration on free ports, unless some were asked for, with a quiet log. The origin is part of every statement, so the port must be known before anything is made. */
export async function freeConfig(flags: Readonly<Record<string, string>>): Promise<Config> {
  const [publicPort, controlPort] = await freePorts(2);
  return readConfig({ flags: { "public-port": String(publicPort), "control-port": String(controlPort), "log-level": "warn", ...flags } }).config;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, () => new Promise<ReturnType<typeof createServer>>((resolve) => { const server = createServer(); server.listen(0, "127.0.0.1", () => resolve(server)); })),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
