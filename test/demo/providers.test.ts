import { existsSync, readFileSync, readdirSync } from "node:fs";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { providers, startProviders, type RunningProviders } from "../../src/demo/providers/index.ts";
import { addFormats } from "../../src/contract/formats/formats.ts";
import { loadManifests } from "../../src/registry/manifest/load.ts";

interface Media {
  readonly example?: unknown;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: { readonly format?: string };
  readonly example?: string | number;
}
interface Answer {
  readonly headers?: object;
  readonly content?: Readonly<Record<string, Media>>;
}
interface OperationObject {
  readonly operationId: string;
  readonly parameters?: readonly { readonly $ref: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Answer & { readonly $ref?: string }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: { readonly parameters?: Readonly<Record<string, Parameter>>; readonly responses: Readonly<Record<string, Answer>> };
}

const clock = () => Date.UTC(2026, 2, 2, 2, 30);
const folderOf = (service: string): string => join(import.meta.dirname, "../../services", ...service.split("/").slice(2));
const lastOf = (reference: string): string => reference.split("/").at(-1)!;

/** Every operation of every contract, with the call that its examples describe. */
const operations = Object.keys(providers).flatMap((service) => {
  const document = parse(readFileSync(join(folderOf(service), "openapi.yaml"), "utf8")) as Document;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const parameters = (operation.parameters ?? []).map(({ $ref }) => document.components.parameters![lastOf($ref)]!);
      return { service, document, path, method, operation, parameters, id: operation.operationId };
    }),
  );
});
type Described = (typeof operations)[number];
const operationCalled = (id: string): Described => operations.find((one) => one.id === id)!;

function example(one: Described, kind: "request" | "response"): unknown {
  const file = join(folderOf(one.service), "examples", `${one.id}.${kind}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** The faults that an ajv of its own finds in a value, by the schema at a place in the contract. */
function faults(one: Described, steps: readonly string[], value: unknown): unknown {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateSchema: false });
  ajv.addVocabulary(["example", ...Object.keys(one.document)]); // ajv compiles the root too, on its way down
  addFormats(ajv);
  ajv.addSchema(one.document, "contract:document", false, false);
  const judge = ajv.getSchema(
    `contract:document#${steps.map((step) => `/${encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("")}`,
  )!;
  return judge(value) === true ? [] : judge.errors;
}

function responseSteps(one: Described, status: number): { steps: string[]; response: Answer } {
  const key = Object.hasOwn(one.operation.responses, status) ? String(status) : "default";
  const response = one.operation.responses[key]!;
  if (response.$ref === undefined) return { steps: ["paths", one.path, one.method, "responses", key], response };
  return { steps: ["components", "responses", lastOf(response.$ref)], response: one.document.components.responses[lastOf(response.$ref)]! };
}

/** Sends the example call of an operation, or one that differs from it. */
async function send(
  running: RunningProviders,
  one: Described,
  change: { path?: string; content?: unknown; method?: string } = {},
): Promise<Response> {
  const query = new URLSearchParams();
  const headers = new Headers();
  let target = one.path;
  for (const { name, in: place, example } of one.parameters) {
    if (example === undefined) continue;
    if (place === "path") target = target.replace(`{${name}}`, String(example));
    if (place === "query") query.set(name, String(example));
    if (place === "header") headers.set(name, String(example));
  }
  const content = change.content ?? example(one, "request");
  if (content !== undefined) headers.set("Content-Type", "application/json");
  return fetch(`${running.origins.get(one.service)}${change.path ?? target}?${String(query)}`, {
    method: change.method ?? one.method.toUpperCase(),
    headers,
    ...(content !== undefined && { body: JSON.stringify(content) }),
  });
}

/** The content of an answer that keeps its contract in status, fields, media type and schema. */
async function contentKept(one: Described, answer: Response): Promise<unknown> {
  const { steps, response } = responseSteps(one, answer.status);
  const bytes = Buffer.from(await answer.arrayBuffer());
  for (const field of Object.keys(response.headers ?? {})) expect(answer.headers.get(field)).not.toBeNull();
  const [mediaType] = Object.keys(response.content ?? {});
  expect(answer.headers.get("content-type")).toBe(mediaType ?? null);
  if (mediaType === undefined) {
    expect(bytes).toHaveLength(0);
    return undefined;
  }
  expect(answer.headers.get("content-length")).toBe(String(bytes.length));
  const content: unknown = JSON.parse(bytes.toString());
  expect(faults(one, [...steps, "content", mediaType, "schema"], content)).toEqual([]);
  return content;
}

describe("the manifests of the demo", () => {
  it("load without a fault by the loader of everybody, and hold the services that have a provider", async () => {
    const root = join(import.meta.dirname, "../..");
    const { desired, faults } = await loadManifests({ services: join(root, "services"), policies: join(root, "policies") });
    expect(faults).toEqual([]);
    const services = desired!.entries.filter(({ kind }) => kind === "service");
    expect(services.map(({ id }) => id).sort()).toEqual(Object.keys(providers).sort());
    expect(new Set(services.map(({ content }) => (content as { upstream: string }).upstream)).size).toBe(services.length);
  });
});

describe("the contracts of the demo", () => {
  it("describe seven services with every method that changes something", () => {
    expect(new Set(operations.map(({ service }) => service)).size).toBe(7);
    expect(new Set(operations.map(({ method }) => method))).toEqual(new Set(["get", "post", "put", "patch", "delete"]));
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  });

  it("name no person in a path, a query or a header", () => {
    const personal = new Set(["nik", "nip", "nip-pppk", "nop", "npwp", "nomor-kk"]);
    const named = operations
      .flatMap(({ parameters }) => parameters)
      .filter(({ name, schema }) => personal.has(name) || personal.has(schema.format ?? ""));
    expect(named).toEqual([]);
  });

  it.each(operations)("hold the examples of $id, each valid and the same in the document and in its file", (one) => {
    const request = one.operation.requestBody?.content["application/json"];
    expect(example(one, "request")).toEqual(request?.example);
    if (request !== undefined)
      expect(faults(one, ["paths", one.path, one.method, "requestBody", "content", "application/json", "schema"], request.example)).toEqual(
        [],
      );
    const good = Object.keys(one.operation.responses).find((status) => status.startsWith("2"))!;
    expect(example(one, "response")).toEqual(one.operation.responses[good]!.content?.["application/json"]?.example);
  });

  it("have no example file of an operation that is not there", () => {
    const files = Object.keys(providers).flatMap((service) => readdirSync(join(folderOf(service), "examples")));
    expect(files.filter((file) => !operations.some(({ id }) => [`${id}.request.json`, `${id}.response.json`].includes(file)))).toEqual([]);
  });

  it("give problem documents that are valid examples of themselves", () => {
    for (const one of operations) {
      for (const [name, { content }] of Object.entries(one.document.components.responses)) {
        expect(
          faults(
            one,
            ["components", "responses", name, "content", "application/problem+json", "schema"],
            content!["application/problem+json"]!.example,
          ),
        ).toEqual([]);
      }
    }
  });
});

describe("a provider that has just started", () => {
  let running: RunningProviders;
  const fresh = async (): Promise<void> => {
    running = await startProviders({ clock });
  };

  it.each(operations)("answers the example request of $id with its example response", async (one) => {
    await fresh();
    try {
      const answer = await send(running, one);
      expect(String(answer.status)).toBe(Object.keys(one.operation.responses).find((status) => status.startsWith("2")));
      expect(await contentKept(one, answer)).toEqual(example(one, "response"));
    } finally {
      await running.close();
    }
  });
});

describe("a running provider", () => {
  let running: RunningProviders;
  beforeAll(async () => {
    running = await startProviders({ clock });
  });
  afterAll(() => running.close());
  const origin = (one: Described): string => running.origins.get(one.service)!;

  it.each(["createPermohonan", "createRujukan"])("finds at Location what %s created", async (id) => {
    const one = operationCalled(id);
    const created = await send(running, one);
    const found = await fetch(new URL(created.headers.get("location")!, `${origin(one)}${one.path}`));
    expect(found.status).toBe(200);
    expect(await found.json()).toEqual(await created.json());
  });

  it("counts a created application in the list", async () => {
    const total = async (): Promise<number> =>
      ((await (await fetch(`${origin(operationCalled("listPermohonan"))}/permohonan`)).json()) as { total: number }).total;
    const before = await total();
    await send(running, operationCalled("createPermohonan"));
    expect(await total()).toBe(before + 1);
  });

  it("keeps what a PATCH and a PUT changed, and no longer finds what a DELETE withdrew", async () => {
    const created = await send(running, operationCalled("createRujukan"));
    const path = `/rujukan/${((await created.json()) as { id: string }).id}`;
    const revised = await contentKept(operationCalled("reviseRujukan"), await send(running, operationCalled("reviseRujukan"), { path }));
    expect(revised).toMatchObject(example(operationCalled("reviseRujukan"), "request") as object);
    const accepted = await contentKept(
      operationCalled("replaceStatusRujukan"),
      await send(running, operationCalled("replaceStatusRujukan"), { path: `${path}/status` }),
    );
    expect(accepted).toEqual({ ...(revised as object), status: "diterima" });
    expect(await contentKept(operationCalled("getRujukan"), await send(running, operationCalled("getRujukan"), { path }))).toEqual(
      accepted,
    );
    expect((await send(running, operationCalled("withdrawRujukan"), { path })).status).toBe(204);
    expect((await send(running, operationCalled("getRujukan"), { path })).status).toBe(404);
  });

  it("says of a person only what does not match, and nothing at all of a stranger", async () => {
    const one = operationCalled("matchPenduduk");
    const right = example(one, "request") as Record<string, string>;
    const ask = async (change: object) => contentKept(one, await send(running, one, { content: { ...right, ...change } }));
    expect(await ask({ nama: `  ${right["nama"]!.toLowerCase().replace(" ", "   ")}` })).toEqual({
      nik: "ya",
      nama: "ya",
      tanggalLahir: "ya",
    });
    expect(await ask({ tanggalLahir: "2001-01-01" })).toEqual({ nik: "ya", nama: "ya", tanggalLahir: "tidak" });
    expect(await ask({ nik: "1603020101019999" })).toEqual({ nik: "tidak", nama: "tidak", tanggalLahir: "tidak" });
  });

  it.each([
    ["lookupPenduduk", 404, { content: { nik: "1603020101019999", unsur: ["nama"] } }],
    ["lookupObjekPajak", 404, { content: { nop: "160302000100199990" } }],
    ["checkPelunasan", 404, { content: { nop: "160302000100199990", tahun: 2025 } }],
    ["listTagihan", 422, { content: { ...(example(operationCalled("listTagihan"), "request") as object), tahunAwal: 2027 } }],
    ["getTarif", 404, { path: "/tarif/16.03.99" }],
    ["getPermohonan", 404, { path: "/permohonan/IZN-999999" }],
    [
      "createPermohonan",
      422,
      {
        content: {
          ...(example(operationCalled("createPermohonan"), "request") as object),
          lokasi: { kodeWilayah: "35.14.01", alamat: "Jalan" },
        },
      },
    ],
    ["lookupPegawai", 404, { content: { nip: "199001012015011999" } }],
    ["getUnit", 404, { path: "/unit/9.99" }],
    ["createRujukan", 422, { content: { ...(example(operationCalled("createRujukan"), "request") as object), faskesTujuan: "F0000000" } }],
    ["getRujukan", 404, { path: "/rujukan/RJK-999999" }],
    ["replaceStatusRujukan", 409, { content: { status: "selesai" } }],
    ["reviseRujukan", 409, { path: "/rujukan/RJK-000004" }],
    ["withdrawRujukan", 409, { path: "/rujukan/RJK-000004" }],
    ["getIndikator", 404, { path: "/indikator/XXX-999" }],
    ["checkPenerima", 422, { content: {} }],
  ])("refuses a %s that it cannot serve with %i and a problem document of its contract", async (id, status, change) => {
    const one = operationCalled(id);
    expect(one.operation.responses).toHaveProperty(String(status));
    const answer = await send(running, one, change);
    expect(answer.status).toBe(status);
    expect(await contentKept(one, answer)).toMatchObject({ status });
  });

  it("survives JSON that is none, content that is no object and paths that it does not have", async () => {
    const one = operationCalled("checkPenerima");
    const post = (path: string, body: string) => fetch(origin(one) + path, { method: "POST", body });
    expect((await post("/pengecekan", "{")).status).toBe(400);
    expect((await post("/pengecekan", "null")).status).toBe(422);
    expect((await post("/pengecekan", " ".repeat(300_000))).status).toBe(413);
    expect((await post("/nirwana", "{}")).status).toBe(404);
    expect((await fetch(`${origin(operationCalled("getIndikator"))}/indikator/%FF`)).status).toBe(404);
    expect((await send(running, one)).status).toBe(200);
  });

  it("answers HEAD as GET without content", async () => {
    const one = operationCalled("getIndikator");
    const [head, get] = [await send(running, one, { method: "HEAD" }), await send(running, one)];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    expect(head.headers.get("content-length")).toBe(get.headers.get("content-length"));
  });

  it("gives about 1 KB for one indicator and about 10 KB for the list", async () => {
    const size = async (path: string) => (await (await fetch(origin(operationCalled("getIndikator")) + path)).arrayBuffer()).byteLength;
    expect(Math.abs((await size("/indikator/KES-002?tahun=2025")) - 1000)).toBeLessThan(100);
    expect(Math.abs((await size("/indikator")) - 10_000)).toBeLessThan(1000);
  });

  it("turns pages without losing or repeating anything", async () => {
    const list = async (query: string) =>
      (await (await fetch(`${origin(operationCalled("listPermohonan"))}/permohonan${query}`)).json()) as {
        data: { id: string }[];
        total: number;
      };
    const { total } = await list("");
    const pages = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((halaman) => list(`?halaman=${halaman}&jumlah=10`)));
    const ids = pages.flatMap(({ data }) => data.map(({ id }) => id));
    expect(ids).toHaveLength(total);
    expect(new Set(ids).size).toBe(total);
  });
});

describe("startProviders", () => {
  it("gives the same data at every start", async () => {
    const read = async (): Promise<string[]> => {
      const running = await startProviders();
      const lists = operations.filter(({ method, path }) => method === "get" && !path.includes("{"));
      const texts = await Promise.all(
        lists.map(async ({ service, path }) => (await fetch(`${running.origins.get(service)}${path}?jumlah=100`)).text()),
      );
      await running.close();
      return texts;
    };
    expect(await read()).toEqual(await read());
  });

  it("takes the port that it was given, and frees it when closed", async () => {
    const [service] = Object.keys(providers) as [string];
    const first = await startProviders();
    const port = Number(new URL(first.origins.get(service)!).port);
    await first.close();
    const second = await startProviders({ ports: { [service]: port } });
    expect(second.origins.get(service)).toBe(`http://127.0.0.1:${port}`);
    await second.close();
  });

  it("rejects with the service, the port and the reason when a port is taken, and leaves nothing running", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const [first, last] = [Object.keys(providers)[0]!, Object.keys(providers).at(-1)!];
    const reserve = await startProviders();
    const free = Number(new URL(reserve.origins.get(first)!).port);
    await reserve.close();
    await expect(startProviders({ ports: { [first]: free, [last]: port } })).rejects.toThrow(
      `${last} cannot listen on 127.0.0.1 port ${port}: the port is taken`,
    );
    await expect(fetch(`http://127.0.0.1:${free}/`)).rejects.toThrow();
    taken.close();
  });

  it("rejects a service that is not of the demo", async () => {
    await expect(startProviders({ ports: { "ID-16.03/GOV/bukan/ini/itu/v1": 0 } })).rejects.toThrow("not a service of the demo");
  });
});
