import { freePort } from "../../src/base/free-port.ts";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../src/base/clock.ts";
import { applyManifests } from "../../src/cli/apply.ts";
import { send, type Sending, type Sent } from "../../src/agent/consumer.ts";
import { readConfig, type Config } from "../../src/config/config.ts";
import { openGateway, type GatewayOptions, type OpenGateway } from "../../src/gateway/gateway.ts";
import { createInstance, instanceExists, openInstance, type Instance } from "../../src/gateway/instance.ts";
import { createLog } from "../../src/telemetry/logs.ts";
import { generateSigningKey, proveKey } from "../../src/trust/key-proof.ts";
import { auditor, consumer, provider, purpose, service, stranger } from "./parties.ts";
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

/** What lies around a gateway, whoever serves it: the data directory, the manifests with their keys, a provider that answers. */
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

/** A land with a gateway in this process. `apply` waits until the manifests serve. */
export interface GatewayFixture extends Environment {
  readonly open: OpenGateway;
  /** Where `open.controlApp` listens. */
  readonly controlOrigin: string;
}

/** The provider's contract, which meets the standard: a record is read, filed, changed and withdrawn; `hdr` takes `Ringkas`. */
const contract = {
  openapi: "3.1.0",
  info: {
    title: "Warga",
    version: "1.0.0",
    description: "Layanan uji atas catatan yang dibuat-buat.",
    contact: { name: "Uji", email: "uji@example.go.id" },
    "x-visibilitas": "terbatas",
    "x-jenis": "transaksi",
  },
  paths: {
    "/catatan/{nomor}": {
      parameters: [{ name: "nomor", in: "path", required: true, description: "Nomor catatan.", schema: { type: "integer", minimum: 1 } }],
      get: {
        ...told("getCatatan", "Membaca catatan"),
        parameters: [
          { name: "tahun", in: "query", description: "Tahun catatan.", schema: { type: "integer", minimum: 2000, maximum: 2100 } },
          { name: "Ringkas", in: "header", description: "Hanya isi pokok.", schema: { type: "boolean" } },
        ],
        responses: answers(200),
      },
      put: { ...told("replaceCatatan", "Mengganti catatan"), requestBody: body(), responses: answers(200) },
      patch: { ...told("reviseCatatan", "Mengubah catatan"), requestBody: body(), responses: answers(200) },
      delete: { ...told("withdrawCatatan", "Menarik catatan"), responses: { "204": { description: "Ditarik" }, default: problemAnswer() } },
    },
    "/catatan": { post: { ...told("createCatatan", "Mencatat"), requestBody: body(), responses: answers(201) } },
    "/rahasia": { get: { ...told("getRahasia", "Membaca yang tidak diizinkan"), responses: answers(200) } },
  },
  components: {
    schemas: {
      Catatan: {
        type: "object",
        required: ["nik"],
        additionalProperties: false,
        properties: { nik: { type: "string", format: "nik" }, keterangan: { type: "string", maxLength: 20000 } },
      },
    },
  },
};

function told(operationId: string, summary: string): object {
  return { operationId, summary, description: `${summary} dalam layanan uji.` };
}
function content(): object {
  return { "application/json": { schema: { $ref: "#/components/schemas/Catatan" }, example: { nik: "1603010101909001" } } };
}
function body(): object {
  return { required: true, content: content() };
}
function problemAnswer(): object {
  return {
    description: "Masalah",
    content: {
      "application/problem+json": { schema: { type: "object" }, example: { type: "about:blank", title: "Masalah", status: 500 } },
    },
  };
}
function answers(status: number): object {
  return { [String(status)]: { description: "Ada", content: content() }, default: problemAnswer() };
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

export interface FixtureOptions {
  /** Settings over those of a test, by kebab-case name. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Lines of the service's manifest over `classification: terbatas`. */
  readonly serviceManifest?: string;
  readonly rate?: { readonly perSecond: number; readonly burst: number };
  readonly dailyQuota?: number;
  readonly openLedger?: GatewayOptions["openLedger"];
  /** The clock stands until it is turned, however long the machine takes: for the seconds after a start, and for minutes that are counted. */
  readonly stopped?: boolean;
  /** A data directory that goes on from an earlier world, with its `services` and keys. */
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
  const { log } = createLog({ level: "silent", to: 2 });
  const open = await openGateway({
    config,
    instance,
    clock,
    log,
    ...(options.openLedger === undefined ? {} : { openLedger: options.openLedger }),
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
    ...options.settings,
  };
  const { config } = readConfig({ flags: settings, env: {}, cwd: directory });
  const keys = continues?.keys ?? writeManifests(services, options);
  writeFileSync(join(services, "disdukcapil/siak/subsystem.yaml"), `name: SIAK\nupstream: ${upstreamOrigin}\n`);

  const instance = instanceExists(config) ? openInstance(config) : createInstance(config, Date.now);
  await applyOrThrow(config);
  let ahead = 0;
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

async function applyOrThrow(config: Config): Promise<void> {
  const applied = await applyManifests(config, { by: "test" });
  if ("faults" in applied)
    throw new Error(applied.faults.map(({ file, line, code, detail }) => `${file}:${line} ${code} ${detail.en}`).join("\n"));
}

function writeManifests(
  services: string,
  { serviceManifest = "", rate = { perSecond: 1000, burst: 2000 }, dailyQuota = 1_000_000 }: FixtureOptions,
): Record<string, SigningKey> {
  const keys: Record<string, SigningKey> = {};
  const write = (path: string, text: string): void => {
    const file = join(services, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text);
  };
  const member = (id: string, name: string): void => {
    const [, , code] = id.split("/");
    write(
      `${code}/member.yaml`,
      `class: GOV\nname: ${name}\ncontact: { name: Meja Layanan, email: tik@example.go.id, phone: "+62-711-1" }\ntest: true\n`,
    );
  };
  const subsystem = (id: string, alg: SigningKey["alg"], manifest: string): void => {
    const [, , code, name] = id.split("/");
    const key = (keys[id] = generateSigningKey(alg));
    write(`${code}/${name}/subsystem.yaml`, manifest);
    write(`${code}/${name}/keys/uji.jwt`, `${proveKey(key, id, "ID-16.03", Math.floor(Date.now() / 1000))}\n`);
  };
  write(
    "instance.yaml",
    `instance: ID-16.03\nname: Kabupaten Uji\nprofile: muara-enim-52-2022\ntimeZone: Asia/Jakarta\nauditors: [${auditor}]\n`,
  );
  member(provider, "Disdukcapil");
  member(consumer, "Dinas Sosial");
  member(stranger, "RSUD");
  member(auditor, "Inspektorat");
  subsystem(provider, "ES256", "name: SIAK\nupstream: http://127.0.0.1:1\n");
  subsystem(stranger, "Ed25519", "name: SIMRS\n");
  subsystem(auditor, "ES256", "name: Audit\n");
  subsystem(
    consumer,
    "ES256",
    `name: Bansos
grants:
  - id: uji-baca-tulis
    service: ${service}
    operations: [getCatatan, createCatatan, replaceCatatan, reviseCatatan, withdrawCatatan]
    purpose: ${purpose}
    legalBasis: Perbup Uji 1/2026
    from: 2026-01-01
    rate: { perSecond: ${rate.perSecond}, burst: ${rate.burst} }
    dailyQuota: ${dailyQuota}
`,
  );
  write("disdukcapil/siak/warga/v1/service.yaml", `title: Warga\ndescription: Layanan uji\nclassification: terbatas\n${serviceManifest}`);
  write("disdukcapil/siak/warga/v1/openapi.yaml", JSON.stringify(contract, undefined, 2));
  return keys;
}
