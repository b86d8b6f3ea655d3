import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { readContract } from "../../src/contract/check/read-contract.ts";
import { policiesFolder } from "../../src/base/project.ts";
import { loadPolicies } from "../../src/registry/manifest/load-policies.ts";
import { readSource } from "../../src/source/source.ts";
import { judged, textOf, type Doc } from "../standard/sample.ts";
import { here } from "./here.ts";
import type { Run } from "./simpul.ts";
import { gatewayFixture, service, type Behaviour, type GatewayFixture } from "./gateway-fixture.ts";

/** A small contract that meets the standard and loads: one record by its code, and one that is filed. */
export const berkas = (): Doc =>
  structuredClone({
    openapi: "3.1.0",
    info: {
      title: "Berkas",
      version: "1.0.0",
      description: "Berkas contoh yang dibuat-buat.",
      contact: { name: "Meja Layanan", email: "tik@example.go.id" },
      "x-visibilitas": "terbatas",
      "x-jenis": "transaksi",
    },
    paths: {
      "/berkas/{kode}": {
        get: {
          operationId: "getBerkas",
          summary: "Satu berkas",
          description: "Satu berkas menurut kodenya.",
          parameters: [
            { name: "kode", in: "path", required: true, description: "Kodenya.", schema: { type: "string", maxLength: 40 }, example: "A1" },
          ],
          responses: { "200": shown("Berkas."), default: problem() },
        },
      },
      "/berkas": {
        post: {
          operationId: "createBerkas",
          summary: "Berkas baru",
          description: "Mencatat satu berkas.",
          requestBody: { required: true, content: { "application/json": media() } },
          responses: { "201": shown("Tercatat."), default: problem() },
        },
      },
    },
    components: {
      schemas: {
        Berkas: {
          type: "object",
          additionalProperties: false,
          required: ["kode"],
          properties: { kode: { type: "string", maxLength: 40 }, lembar: { type: "integer" } },
        },
        Masalah: { type: "object", required: ["title", "status"], properties: { title: { type: "string" }, status: { type: "integer" } } },
      },
    },
  }) as unknown as Doc;

function media(): object {
  return { schema: { $ref: "#/components/schemas/Berkas" }, example: { kode: "A1", lembar: 3 } };
}
function shown(description: string): object {
  return { description, content: { "application/json": media() } };
}
function problem(): object {
  return {
    description: "Masalah.",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Masalah" }, example: { title: "Salah", status: 500 } } },
  };
}

export const getBerkas = (doc: Doc): Doc => doc["paths"]!["/berkas/{kode}"]!["get"]!;
export const createBerkas = (doc: Doc): Doc => doc["paths"]!["/berkas"]!["post"]!;

/** The contract with a change. */
export const berkasWith = (change: (doc: Doc) => void): Doc => {
  const doc = berkas();
  change(doc);
  return doc;
};

/** The contract whose GET has these parameters besides `kode`, each with a description. */
export const withParameters = (...parameters: readonly object[]): Doc =>
  berkasWith((doc) => {
    (getBerkas(doc)["parameters"] as unknown as object[]).push(...parameters.map((one) => ({ description: "Parameter.", ...one })));
  });

const { check } = loadPolicies(policiesFolder);

/** What `lint` finds, as `SEVERITY RULE line: message`, and what the registry refuses, as `CODE line: detail`; English. */
export function bothOn(doc: Doc): { readonly lint: readonly string[]; readonly load: readonly string[] } {
  const { source, faults } = readSource("baru.json", textOf(doc));
  return {
    lint: judged(doc).findings.map(({ severity, rule, line, message }) => `${severity} ${rule} ${line}: ${message.en}`),
    load: [...faults, ...readContract(source!, check!).faults].map(({ code, line, detail }) => `${code} ${line}: ${detail.en}`),
  };
}

/** A gateway with a provider behind this contract, and a consumer with a grant for all of its operations. */
export async function wired(doc: Doc, behaviour?: Behaviour): Promise<GatewayFixture> {
  const w = await gatewayFixture();
  const consumers = join(w.services, "dinsos/bansos/subsystem.yaml");
  const manifest = parse(readFileSync(consumers, "utf8")) as { grants: { operations: string[] }[] };
  manifest.grants[0]!.operations = Object.values(doc["paths"]!).flatMap((item) =>
    Object.values(item).flatMap(({ operationId }) => (operationId === undefined ? [] : [operationId as unknown as string])),
  );
  writeFileSync(consumers, stringify(manifest));
  writeFileSync(join(w.services, "disdukcapil/siak/warga/v1/openapi.yaml"), textOf(doc));
  if (behaviour !== undefined) w.respondWith(behaviour);
  await w.apply();
  return w;
}

/** The path of a service's operation at the gateway. */
export const at = (rest: string): string => `/r1/${service}${rest}`;

/** `simpul try --once`: a real gateway between the contract's own examples and a mock that answers with them. */
export async function tried(doc: Doc): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "simpul-real-"));
  try {
    writeFileSync(join(folder, "openapi.yaml"), textOf(doc));
    return await here(["try", "--once", join(folder, "openapi.yaml")]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
