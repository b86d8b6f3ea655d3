import { createServer } from "node:net";
import type { Config } from "../../config/config.ts";
import { doubtful, good, wrong, type DoctorCheck, type Diagnosis } from "./diagnosis.ts";
import { readableInstance } from "./identity.ts";
import { isHeld } from "./stores.ts";
import { messages } from "./messages.ts";

interface Door {
  readonly host: string;
  readonly port: number;
  readonly flag: string;
}

/** If a gateway runs, it answers on its ports; if none runs, the ports are free. */
export const ports: DoctorCheck = async ({ config }) => {
  const open: Door = { host: config.publicHost, port: config.publicPort, flag: "--public-port" };
  const control: Door = { host: config.controlHost, port: config.controlPort, flag: "--control-port" };
  if (isHeld(config)) return [await answersHealth(control), await answersConsumers(open, config)].flat();
  return (await Promise.all([open, control].map(isFree))).flat();
};

async function answersHealth(door: Door): Promise<readonly Diagnosis[]> {
  if (door.port === 0) return [];
  const where = `${door.host}:${door.port}`;
  if ((await ask(door, "/livez"))?.status !== 200) return [wrong(messages.controlPortSilent(where))];
  return [(await ask(door, "/readyz"))?.status === 200 ? good(messages.gatewayReady(where)) : doubtful(messages.gatewayNotReady(where))];
}

/** Only the gateway of this instance answers with its list of logs. */
async function answersConsumers({ port, ...door }: Door, config: Config): Promise<readonly Diagnosis[]> {
  const list = readableInstance(config)?.logList;
  if (port === 0 || list === undefined) return [];
  const answer = await ask({ port, ...door }, "/logs");
  if (answer?.text === list) return [good(messages.publicPortAnswers(port))];
  if (answer?.status === 403) return [doubtful(messages.publicPortRefusesUs(port))];
  return [wrong(messages.publicPortIsAnothers(port, door.flag))];
}

async function ask({ host, port }: Door, path: string): Promise<{ readonly status: number; readonly text: string } | undefined> {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host.includes(":") ? `[${host}]` : host;
  try {
    const response = await fetch(`http://${reachable}:${port}${path}`, { signal: AbortSignal.timeout(2000), redirect: "manual" });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

function isFree({ host, port, flag }: Door): Promise<readonly Diagnosis[]> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", ({ code }: NodeJS.ErrnoException) =>
      resolve([wrong(code === "EADDRINUSE" ? messages.portTaken(port, host, flag) : messages.cannotListen(port, host, code))]),
    );
    server.listen({ host, port, exclusive: true }, () =>
      server.close(() => resolve([good(messages.portFree(port === 0 ? flag : String(port), host))])),
    );
  });
}
