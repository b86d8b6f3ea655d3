import { get } from "node:http";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import type { Config } from "../../config/config.ts";
import { doubtful, good, wrong, type DoctorCheck, type Diagnosis } from "./diagnosis.ts";
import { readableInstance } from "./identity.ts";
import { isHeld, withLedger } from "./stores.ts";
import { messages } from "./machine-messages.ts";

interface Door {
  readonly host: string;
  readonly port: number;
  readonly flag: string;
}

/**
 * If a gateway runs, it answers on its ports; if none runs, the ports are free, and data that a gateway has written is out of service.
 * Also a user who cannot read the data recognises the gateway, by its list of logs.
 */
export const ports: DoctorCheck = async ({ config }) => {
  const open: Door = { host: config.publicHost, port: config.publicPort, flag: "--public-port" };
  const control: Door = { host: config.controlHost, port: config.controlPort, flag: "--control-port" };
  if (isHeld(config) || (await isInstance(open, config)))
    return [await answersHealth(control), await answersConsumers(open, config)].flat();
  const free = (await Promise.all([open, control].map(isFree))).flat();
  const hasServed = await withLedger(config, async (store) => (await store.head()) !== undefined).catch(() => true);
  return hasServed === true ? [{ ...doubtful(messages.gatewayStopped), isStopped: true }, ...free] : free;
};

/** Whether the first line of the list of logs is that of this public origin. */
async function isInstance({ port, ...door }: Door, { publicOrigin }: Config): Promise<boolean> {
  if (port === 0) return false;
  const { host } = new URL(publicOrigin);
  return (await ask({ port, ...door }, "/logs", host))?.text.startsWith(`${host}/logs\n`) === true;
}

async function answersHealth(door: Door): Promise<readonly Diagnosis[]> {
  if (door.port === 0) return [];
  const where = `${door.host}:${door.port}`;
  if ((await ask(door, "/livez"))?.status !== 200) return [wrong(messages.controlPortSilent(where))];
  const ready = await ask(door, "/readyz");
  if (ready?.status === 200) return [good(messages.gatewayReady(where))];
  if (ready?.text.includes("ledger") === true) return [wrong(messages.gatewayCannotWrite(where))];
  return [doubtful(messages.gatewayNotReady(where))];
}

/** Only the gateway of this instance answers with its list of logs. */
async function answersConsumers({ port, ...door }: Door, config: Config): Promise<readonly Diagnosis[]> {
  const list = readableInstance(config)?.logList;
  if (port === 0) return [];
  if (list === undefined) return (await isInstance({ port, ...door }, config)) ? [good(messages.publicPortAnswers(port))] : [];
  const answer = await ask({ port, ...door }, "/logs", new URL(config.publicOrigin).host);
  if (answer?.text === list) return [good(messages.publicPortAnswers(port))];
  if (answer?.status === 403) return [doubtful(messages.publicPortRefusesUs(port))];
  return [wrong(messages.publicPortIsAnothers(port, door.flag))];
}

/** `authority`: what the public port answers to. */
function ask(
  { host, port }: Door,
  path: string,
  authority?: string,
): Promise<{ readonly status: number; readonly text: string } | undefined> {
  const hostname = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  const headers = authority === undefined ? {} : { Host: authority };
  return new Promise((resolve) => {
    const asked = get({ hostname, port, path, headers, agent: false, signal: AbortSignal.timeout(2000) }, (answer) => {
      text(answer).then(
        (content) => resolve({ status: answer.statusCode!, text: content }),
        () => resolve(undefined),
      );
    });
    asked.on("error", () => resolve(undefined));
  });
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
