import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSigningKey, proveKey } from "../../src/trust/key-proof.ts";
import type { SigningKey } from "../../src/trust/sign.ts";
import { auditor, consumer, provider, purpose, service, stranger } from "./parties.ts";

export interface ManifestOptions {
  /** Lines of the service's manifest over `classification: terbatas`. */
  readonly serviceManifest?: string;
  readonly rate?: { readonly perSecond: number; readonly burst: number };
  readonly dailyQuota?: number;
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

/** Writes the manifests of provider, consumer, stranger and auditor; gives the keys by subsystem. */
export function writeManifests(
  services: string,
  { serviceManifest = "", rate = { perSecond: 1000, burst: 2000 }, dailyQuota = 1_000_000 }: ManifestOptions,
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
