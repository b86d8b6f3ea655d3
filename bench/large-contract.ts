/** A contract of about so many lines of YAML: services of one kind, each with its schemas, as a large agency writes them. */
export function largeContract(lines: number): object {
  const paths: Record<string, object> = {};
  const schemas: Record<string, object> = { Masalah: problem };
  for (let n = 1; n <= Math.round(lines / linesOfOne); n++) {
    const name = `Berkas${n}`;
    const content = { "application/json": { schema: { $ref: `#/components/schemas/${name}` }, example: record } };
    paths[`/berkas-${n}/{nomor}`] = {
      parameters: [{ name: "nomor", in: "path", required: true, description: "Nomor berkas.", schema: { type: "integer", minimum: 1 } }],
      get: { operationId: `get${name}`, ...told, responses: { "200": { description: "Ada", content }, default: failure } },
      put: {
        operationId: `replace${name}`,
        ...told,
        requestBody: { required: true, content },
        responses: { "200": { description: "Diganti", content }, default: failure },
      },
    };
    schemas[name] = {
      type: "object",
      required: ["kode", "nama"],
      additionalProperties: false,
      properties: {
        kode: { type: "string", pattern: "^[A-Z]{2}-[0-9]{4}$", description: "Kode berkas." },
        nama: { type: "string", maxLength: 100, description: "Nama pemohon." },
        tanggal: { type: "string", format: "date", description: "Hari diajukan." },
        wilayah: { type: "string", format: "kode-wilayah", description: "Wilayah usaha." },
        lampiran: { type: "array", maxItems: 20, description: "Lampiran.", items: { type: "string", maxLength: 40 } },
      },
    };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Berkas",
      description: "Berkas permohonan dari banyak layanan.",
      version: "1.0.0",
      contact: { name: "Meja Layanan", email: "tik@example.go.id" },
      "x-visibilitas": "terbatas",
      "x-jenis": "transaksi",
    },
    paths,
    components: { schemas },
  };
}

/** What one path and its schema are in YAML. */
const linesOfOne = 111;

const told = { summary: "Membaca berkas", description: "Membaca atau mengganti satu berkas permohonan." };
const record = { kode: "AB-0001", nama: "Warung Bu Sri", tanggal: "2026-01-31", wilayah: "16.03.07", lampiran: ["ktp", "npwp"] };
const problem = {
  type: "object",
  properties: {
    type: { type: "string", format: "uri-reference" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
  },
};
const failure = {
  description: "Masalah",
  content: {
    "application/problem+json": {
      schema: { $ref: "#/components/schemas/Masalah" },
      example: { type: "about:blank", title: "Masalah", status: 500 },
    },
  },
};
