/**
 * What the bench's provider answers, and the contract that it promises: records of people, as most exchanges between
 * agencies carry them.
 */

/** Answers that the cells ask for, by the `nomor` in their path: kilobytes, exactly. */
export const sizes = [1, 10] as const;
export type Size = (typeof sizes)[number];

export const collectionPath = "/rekaman";
export const pathOf = (size: Size): string => `${collectionPath}/${size}`;

/** JSON of exactly so many kilobytes that conforms to the contract; synthetic throughout. */
export function recordsOf(size: Size): Buffer {
  const bytes = size * 1024;
  const people: object[] = [];
  const written = (note: string): Buffer => Buffer.from(JSON.stringify({ jumlah: people.length, rekaman: people, catatan: note }));
  for (let i = 1; written("").length + 200 < bytes; i++) {
    const day = String((i % 28) + 1).padStart(2, "0");
    people.push({
      nik: `160301${day}0190${String(i).padStart(4, "0")}`,
      nama: `Warga Contoh ${i}`,
      tanggalLahir: `1990-01-${day}`,
      kodeWilayah: "16.03.01",
      alamat: { jalan: `Jalan Merdeka ${i}`, rt: i % 10, rw: i % 5 },
      penghasilan: 1_000_000 + i * 1000,
      aktif: i % 2 === 0,
    });
  }
  return written("x".repeat(bytes - written("").length));
}

const person = {
  type: "object",
  required: ["nik", "nama", "tanggalLahir", "kodeWilayah", "alamat", "penghasilan", "aktif"],
  additionalProperties: false,
  properties: {
    nik: { type: "string", format: "nik" },
    nama: { type: "string", minLength: 1, maxLength: 100 },
    tanggalLahir: { type: "string", format: "date" },
    kodeWilayah: { type: "string", format: "kode-wilayah" },
    alamat: {
      type: "object",
      required: ["jalan", "rt", "rw"],
      additionalProperties: false,
      properties: { jalan: { type: "string", maxLength: 100 }, rt: { type: "integer", minimum: 0 }, rw: { type: "integer", minimum: 0 } },
    },
    penghasilan: { type: "integer", format: "rupiah", minimum: 0 },
    aktif: { type: "boolean" },
  },
};
const content = { "application/json": { schema: { $ref: "#/components/schemas/Rekaman" } } };
const answers = (status: number): object => ({
  [status]: { description: "Rekaman", content },
  default: { description: "Masalah", content: { "application/problem+json": { schema: { type: "object" } } } },
});

/** OpenAPI 3.1; both directions are judged by it. */
export const contract = {
  openapi: "3.1.0",
  info: {
    title: "Rekaman",
    version: "1.0.0",
    description: "Layanan pengukuran",
    contact: { name: "Pengukuran", email: "uji@example.go.id" },
  },
  paths: {
    [collectionPath]: { post: { operationId: "fileRekaman", requestBody: { required: true, content }, responses: answers(201) } },
    [`${collectionPath}/{nomor}`]: {
      get: {
        operationId: "getRekaman",
        parameters: [{ name: "nomor", in: "path", required: true, schema: { type: "integer", minimum: 1, maximum: 10 } }],
        responses: answers(200),
      },
    },
  },
  components: {
    schemas: {
      Warga: person,
      Rekaman: {
        type: "object",
        required: ["jumlah", "rekaman", "catatan"],
        additionalProperties: false,
        properties: {
          jumlah: { type: "integer", minimum: 0 },
          rekaman: { type: "array", maxItems: 100, items: { $ref: "#/components/schemas/Warga" } },
          catatan: { type: "string", maxLength: 1000 },
        },
      },
    },
  },
};
