import { readDocument } from "../../src/standard/document.ts";
import { evaluateStandard } from "../../src/standard/evaluate.ts";
import { loadStandards } from "../../src/standard/load-standards.ts";
import type { LintFinding, LintReport } from "../../src/standard/report.ts";
import type { Standard } from "../../src/standard/standard.ts";
import { policiesFolder } from "../../src/base/project.ts";

const loaded = loadStandards(policiesFolder);
if (loaded.faults.length > 0) throw new Error(JSON.stringify(loaded.faults[0]));

export const standard: Standard = loaded.standards.get("lid-spl@1.0.0")!;

/** A document that anybody may change at will. */
export interface Doc {
  [name: string]: Doc;
}

const problem = {
  description: "Masalah.",
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Masalah" }, example: { title: "Salah", status: 500 } } },
};

/** A contract that meets the standard: a look-up by POST, a list in pages, and one of its items. */
export const sample = (): Doc =>
  structuredClone({
    openapi: "3.1.0",
    info: {
      title: "Data Warga",
      version: "1.2.0",
      description: "Penelusuran warga dan daftar rukun warga contoh.",
      contact: { name: "Meja Layanan", email: "tik@example.go.id" },
      "x-visibilitas": "terbatas",
      "x-jenis": "transaksi",
    },
    paths: {
      "/penelusuran": {
        post: {
          operationId: "lookupWarga",
          summary: "Telusuri",
          description: "Seorang warga menurut NIK.",
          requestBody: {
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/Penelusuran" }, example: { nik: "1603074512979001" } } },
          },
          responses: {
            "200": {
              description: "Warga.",
              content: {
                "application/json": {
                  schema: { $ref: "#/components/schemas/Warga" },
                  example: { nama: "Kartika Umpama", status: "aktif" },
                },
              },
            },
            default: problem,
          },
        },
      },
      "/rukun-warga": {
        get: {
          operationId: "listRukunWarga",
          summary: "Daftar",
          description: "Rukun warga, berhalaman.",
          parameters: [
            { name: "halaman", in: "query", description: "Mulai dari 1.", schema: { type: "integer", minimum: 1 }, example: 1 },
            { name: "jumlah", in: "query", description: "Tiap halaman.", schema: { type: "integer", minimum: 1, maximum: 100 } },
          ],
          responses: {
            "200": {
              description: "Daftar.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Daftar" }, example: { data: ["007"] } } },
            },
            default: problem,
          },
        },
      },
      "/rukun-warga/{kode}": {
        get: {
          operationId: "getRukunWarga",
          summary: "Satu",
          description: "Satu rukun warga.",
          parameters: [
            { name: "kode", in: "path", required: true, description: "Kodenya.", schema: { type: "string", maxLength: 3 }, example: "007" },
          ],
          responses: {
            "200": {
              description: "Satu.",
              content: {
                "application/json": { schema: { $ref: "#/components/schemas/Warga" }, example: { nama: "Tujuh", status: "aktif" } },
              },
            },
            default: problem,
          },
        },
      },
    },
    components: {
      schemas: {
        Penelusuran: {
          type: "object",
          additionalProperties: false,
          required: ["nik"],
          properties: {
            nik: { type: "string", format: "nik" },
            catatan: { type: "string", maxLength: 100 },
            sejak: { type: "string", format: "date" },
          },
        },
        Warga: {
          type: "object",
          additionalProperties: false,
          required: ["nama", "status"],
          properties: { nama: { type: "string", maxLength: 100 }, status: { type: "string", enum: ["aktif", "pindah"] } },
        },
        Daftar: {
          type: "object",
          additionalProperties: false,
          required: ["data"],
          properties: { data: { type: "array", maxItems: 100, items: { type: "string" } } },
        },
        Masalah: { type: "object", required: ["title", "status"], properties: { title: { type: "string" }, status: { type: "integer" } } },
      },
    },
  }) as unknown as Doc;

export const lookup = (doc: Doc): Doc => doc["paths"]!["/penelusuran"]!["post"]!;
export const list = (doc: Doc): Doc => doc["paths"]!["/rukun-warga"]!["get"]!;
export const schemas = (doc: Doc): Doc => doc["components"]!["schemas"]!;

/** Puts a value where a test wants it. */
export const put = (holder: Doc | undefined, name: string, value: unknown): void => void Object.assign(holder!, { [name]: value });

/** Indented, so that lines mean something. */
export const textOf = (doc: Doc): string => JSON.stringify(doc, null, 2);

/** Judges a document here, without a worker. */
export function judged(doc: Doc, { previous, by = standard }: { readonly previous?: Doc; readonly by?: Standard } = {}): LintReport {
  const text = textOf(doc);
  const before = previous === undefined ? undefined : readDocument("lama.json", JSON.stringify(previous));
  return evaluateStandard({ document: readDocument("baru.json", text), text, previous: before }, by);
}

export const changed = (change: (doc: Doc) => void): Doc => {
  const doc = sample();
  change(doc);
  return doc;
};

export const findingsOf = (report: LintReport, rule: string): readonly LintFinding[] =>
  report.findings.filter((finding) => finding.rule === rule);
