import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttpServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { send, type Sending, type Sent } from "../../src/agent/consumer.ts";
import { systemClock, type Clock } from "../../src/base/clock.ts";
import type { SubsystemId } from "../../src/base/names.ts";
import { applyManifests } from "../../src/gateway/apply-manifests.ts";
import { readConfig, type Config } from "../../src/config/config.ts";
import { prepareKabupaten } from "../../src/demo/kabupaten.ts";
import { startProviders } from "../../src/demo/providers/index.ts";
import { openGateway, type OpenGateway } from "../../src/gateway/open.ts";
import { createInstance, type Instance } from "../../src/gateway/identity.ts";
import { createLog } from "../../src/telemetry/logs.ts";
import { freePort } from "../../src/base/free-port.ts";

/** The demo kabupaten around a gateway in this process, with everything that it writes within reach. */
export interface DemoKabupaten {
  readonly config: Config;
  readonly instance: Instance;
  readonly open: OpenGateway;
  readonly publicOrigin: string;
  readonly controlOrigin: string;
  /** Everything that was sent through `call`, and what came back. */
  readonly exchanged: Sent[];
  readonly clock: Clock;
  /** Signs as one of the demo's subsystems and sends. */
  call(sending: Omit<Sending, "aud" | "key">): Promise<Sent>;
  keyOf(subsystem: SubsystemId): Sending["key"];
  /** The next request to any provider is answered so, instead of by the provider. */
  answerNext(answer: (request: IncomingMessage, response: ServerResponse) => void): void;
  /** The structured log, at level debug, as far as it is written. */
  logText(): Buffer;
  /** Stops the gateway; its files stay. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, "../..");

/** What passes on the gateway's clock from call to call: no grant of the demo is used faster than its rate. */
const betweenCallsMs = 250;

export async function demoKabupaten(): Promise<DemoKabupaten> {
  const folder = mkdtempSync(join(tmpdir(), "simpul-content-free-"));
  const opened = new AsyncDisposableStack();
  opened.defer(() => rmSync(folder, { recursive: true, force: true }));
  try {
    return await compose(folder, opened);
  } catch (fault) {
    await opened.disposeAsync();
    throw fault;
  }
}

async function compose(folder: string, opened: AsyncDisposableStack): Promise<DemoKabupaten> {
  const providers = await startProviders();
  opened.defer(() => providers.close());
  let next: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  const fronts = await Promise.all(
    Array.from(providers.origins, async ([service, origin]) => {
      const front = createHttpServer((request, response) => {
        const answer = next ?? ((asked, answering) => pass(origin, asked, answering));
        next = undefined;
        answer(request, response);
      });
      await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
      opened.defer(() => {
        front.close();
        front.closeAllConnections();
      });
      return [service, `http://127.0.0.1:${(front.address() as AddressInfo).port}`] as const;
    }),
  );

  const data = join(folder, "data");
  const settings = {
    data,
    services: join(root, "services"),
    "public-port": String(await freePort()),
    "control-port": "0",
    "log-level": "debug",
    "registry-poll-ms": "50",
  };
  const { config } = readConfig({ flags: settings, env: {}, cwd: folder });
  const instance = createInstance(config, systemClock);
  const { services, keys } = prepareKabupaten({
    manifests: config.services,
    folder: join(folder, "demo"),
    profile: "muara-enim-52-2022",
    upstreams: new Map(fronts),
    nowSeconds: Math.floor(systemClock() / 1000),
  });
  const applied = await applyManifests({ ...config, services }, { by: "test" });
  if (applied.faults.length > 0) throw new Error(applied.faults.map(({ file, detail }) => `${file} ${detail.en}`).join("\n"));

  const logFile = join(folder, "gateway.log");
  // Never closed: what a log has in hand may be written after the last flush.
  const descriptor = openSync(logFile, "w");
  const { log, flush } = createLog({ level: config.logLevel, to: descriptor });
  let ahead = 0;
  const clock = (): number => Date.now() + ahead;
  const open = await openGateway({ config, instance, clock, log });
  opened.defer(() => open.close());
  await open.publicApp.listen({ host: "127.0.0.1", port: config.publicPort });
  const controlOrigin = await open.controlApp.listen({ host: "127.0.0.1", port: 0 });
  const { publicOrigin } = config;
  providers.stand({ gateway: publicOrigin, keys, clock });
  const exchanged: Sent[] = [];
  return {
    config,
    instance,
    open,
    publicOrigin,
    controlOrigin,
    exchanged,
    clock,
    keyOf: (subsystem) => keys.get(subsystem)!,
    async call(sending) {
      ahead += betweenCallsMs;
      const sent = await send({
        aud: publicOrigin,
        key: keys.get(sending.iss)!,
        fields: { Prefer: "receipt=full" },
        nowMs: clock(),
        ...sending,
      });
      exchanged.push(sent);
      return sent;
    },
    answerNext: (answer) => void (next = answer),
    logText() {
      flush();
      return readFileSync(logFile);
    },
    stop: () => open.close(),
    close: () => opened.disposeAsync(),
  };
}

/** Hands a request on to the demo's provider, and its answer back. */
function pass(origin: string, asked: IncomingMessage, answering: ServerResponse): void {
  const onward = httpRequest(`${origin}${asked.url}`, { method: asked.method, headers: asked.rawHeaders, agent: false }, (answer) => {
    answering.writeHead(answer.statusCode!, answer.rawHeaders);
    answer.pipe(answering);
  });
  onward.on("error", () => answering.destroy());
  asked.pipe(onward);
}
