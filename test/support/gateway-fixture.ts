import { freePort } from "../../src/base/free-port.ts";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../src/base/clock.ts";
import { applyManifests } from "../../src/gateway/apply-manifests.ts";
import { send, type Sending, type Sent } from "../../src/agent/consumer.ts";
import { readConfig, type Config } from "../../src/config/config.ts";
import { openGateway, type OpenGateway } from "../../src/gateway/open.ts";
import type { GatewayOptions } from "../../src/gateway/options.ts";
import { createInstance, instanceExists, openInstance, type Instance } from "../../src/gateway/identity.ts";
import { createLog } from "../../src/telemetry/logs.ts";
import { writeManifests, type ManifestOptions } from "./gateway-manifests.ts";
import { consumer, purpose, service } from "./parties.ts";
import type { SigningKey } from "../../src/trust/sign.ts";

export { auditor, consumer, provider, purpose, service, stranger } from "./parties.ts";

/** A request as the provider saw it. */
export interface ReceivedCall {
  readonly method: string;
  readonly target: string;
  readonly rawHeaders: readonly string[];
  readonly content: Buffer;
}

export type Behaviour = (seen: ReceivedCall, request: IncomingMessage, response: ServerResponse) => void;

/** What a gateway needs, in this process or in its own: the data directory, the manifests with their keys, a provider that answers. */
export interface Environment {
  readonly config: Config;
  readonly instance: Instance;
  readonly publicOrigin: string;
  /** Folder of the manifests; change them and `apply`. */
  readonly services: string;
  readonly keys: Readonly<Record<string, SigningKey>>;
  /** What reached the provider, in order. */
  readonly received: ReceivedCall[];
  /** What the provider does next and from then on. */
  respondWith(behaviour: Behaviour): void;
  /** Applies the manifests. */
  apply(): Promise<void>;
  /** Signs and sends; by default GET of one record by the consumer with a grant. */
  call(over?: Partial<Sending>): Promise<Sent>;
  readonly clock: Clock;
  /** Milliseconds that the clock is ahead of the machine's, or of the moment at which it stopped. */
  turnClock(ms: number): void;
  close(): Promise<void>;
}

/** An environment with a gateway in this process. `apply` waits until the manifests serve. */
export interface GatewayFixture extends Environment {
  readonly open: OpenGateway;
  /** Where `open.controlApp` listens. */
  readonly controlOrigin: string;
}

/** Content that the contract takes; the NIK is synthetic. */
export const record = Buffer.from('{"nik":"1603010101909001"}');

/** Answers as the contract promises: what was sent comes back, or the record. */
export const faithful: Behaviour = (seen, _, response) => {
  if (seen.method === "DELETE") return void response.writeHead(204).end();
  const content = seen.content.length > 0 ? seen.content : record;
  response
    .writeHead(seen.method === "POST" ? 201 : 200, { "Content-Type": "application/json", "Content-Length": content.length })
    .end(content);
};

export interface FixtureOptions extends ManifestOptions {
  /** Settings over those of a test, by kebab-case name. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly storesAt?: GatewayOptions["storesAt"];
  readonly wrap?: GatewayOptions["wrap"];
  /** Where its lines go; nowhere unless given. */
  readonly log?: GatewayOptions["log"];
  /**
   * The clock is stopped until a test turns it, however long the machine takes: for the seconds after a start and for minutes
   * that are counted.
   */
  readonly stopped?: boolean;
  /** Milliseconds that the clock is ahead at the start; 0 unless given. */
  readonly ahead?: number;
  /** A data directory that goes on from an earlier environment, with its `services` and keys. */
  readonly continues?: Environment;
}

/** Settings under which a log of another origin begins beside the data of `before`, under its registry. */
export const anotherLog = ({ config }: Pick<GatewayFixture, "config">): Record<string, string> => ({
  data: join(config.data, "log-2"),
  registry: `sqlite:${config.data}`,
  "log-name": "log-2",
});

/** A gateway with one provider, a consumer with a grant, a stranger without, and an auditor: real sockets, keys and databases. */
export async function gatewayFixture(options: FixtureOptions = {}): Promise<GatewayFixture> {
  const around = await environment(options);
  const { config, instance, clock } = around;
  const { log = createLog({ level: "silent", to: 2 }).log } = options;
  const open = await openGateway({
    config,
    instance,
    clock,
    log,
    ...(options.storesAt === undefined ? {} : { storesAt: options.storesAt }),
    ...(options.wrap === undefined ? {} : { wrap: options.wrap }),
  });
  await open.publicApp.listen({ host: "127.0.0.1", port: config.publicPort });
  const controlOrigin = await open.controlApp.listen({ host: "127.0.0.1", port: 0 });
  return {
    ...around,
    open,
    controlOrigin,
    async apply() {
      await around.apply();
      await open.reconcile();
    },
    async close() {
      await open.close();
      await around.close();
    },
  };
}

/** The same without a gateway, applied and ready for one to be started on it. */
export async function environment(options: FixtureOptions = {}): Promise<Environment> {
  const { continues } = options;
  const directory = continues?.config.data ?? mkdtempSync(join(tmpdir(), "simpul-test-"));
  const received: ReceivedCall[] = [];
  let behaviour: Behaviour = faithful;
  const upstream = createHttpServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const saw = { method: request.method!, target: request.url!, rawHeaders: request.rawHeaders, content: Buffer.concat(chunks) };
      received.push(saw);
      behaviour(saw, request, response);
    });
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const upstreamOrigin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;

  const publicPort = continues?.config.publicPort ?? (await freePort());
  const services = join(directory, "services");
  const settings = {
    data: directory,
    services,
    "public-port": String(publicPort),
    "control-port": "0",
    "log-level": "silent",
    "registry-poll-ms": "50",
    // Whatever else keeps this process from its work: no verdict depends on the machine's speed.
    "max-delay-ms": "60000",
    ...options.settings,
  };
  const { config } = readConfig({ flags: settings, env: {}, cwd: directory });
  const keys = continues?.keys ?? writeManifests(services, options);
  writeFileSync(join(services, "disdukcapil/siak/subsystem.yaml"), `name: SIAK\nupstream: ${upstreamOrigin}\n`);

  const instance = instanceExists(config) ? openInstance(config) : createInstance(config, Date.now);
  await applyOrThrow(config);
  let { ahead = 0 } = options;
  const stoppedAt = options.stopped === true ? Date.now() : undefined;
  const clock: Clock = () => (stoppedAt ?? Date.now()) + ahead;
  const { publicOrigin } = config;

  return {
    config,
    instance,
    publicOrigin,
    services,
    keys,
    received,
    clock,
    respondWith: (next) => void (behaviour = next),
    apply: () => applyOrThrow(config),
    call: (over = {}) =>
      send({
        iss: consumer,
        aud: publicOrigin,
        method: "GET",
        target: `/r1/${service}/catatan/1`,
        purpose,
        key: keys[over.iss ?? consumer]!,
        fields: { Prefer: "receipt=full" },
        nowMs: clock(),
        ...over,
      }),
    turnClock: (ms) => void (ahead = ms),
    async close() {
      upstream.closeAllConnections();
      await new Promise((resolve) => upstream.close(resolve));
      if (continues === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Whatever networks the gateway permits: it has to guard itself also where the registry holds another address. */
async function applyOrThrow(config: Config): Promise<void> {
  const applied = await applyManifests({ ...config, upstreamNetworks: ["0.0.0.0/0", "::/0"] }, { by: "test" });
  if (applied.faults.length > 0)
    throw new Error(applied.faults.map(({ file, line, code, detail }) => `${file}:${line} ${code} ${detail.en}`).join("\n"));
}
