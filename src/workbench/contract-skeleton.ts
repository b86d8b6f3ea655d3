import type { AnswersTo, serviceQuestions } from "./questions.ts";

/** What the skeleton is about. */
export interface Outline extends Pick<
  AnswersTo<typeof serviceQuestions>,
  "title" | "description" | "kind" | "classification" | "contact" | "email"
> {
  /** The service's code: `akta`. */
  readonly code: string;
  readonly major: number;
  /** A region of the instance, for the examples: `16.03`. */
  readonly region: string;
}

/** YAML reads a JSON string as it is. */
const text = (value: string): string => JSON.stringify(value);

/** The five fields of Standar Data, to be filled in with the walidata. */
const sdi = (title: string): string => `  x-sdi:
    konsep: ${text(title)}
    definisi: ${text(`${title} menurut metadata baku walidata.`)}
    klasifikasi: Menurut kode wilayah Kemendagri
    ukuran: Jumlah catatan
    satuan: catatan
`;

/**
 * An OpenAPI 3.1 contract to begin from, which the loader and the interoperability standard accept as it is: a list in pages, one item
 * by its code, and a look-up that carries a personal identifier in the content. Its examples are valid, so that `simpul try` can answer
 * with them.
 */
export function contractSkeleton({ code, major, region, title, description, kind, classification, contact, email }: Outline): string {
  const path = `/${code.toLowerCase()}`;
  const name = code.charAt(0).toUpperCase() + code.slice(1);
  const district = `${region}.01`;
  const nik = `${district.replaceAll(".", "")}5212979001`;
  return `openapi: 3.1.0
info:
  title: ${text(title)}
  version: ${major}.0.0
  description: ${text(description)}
  contact: { name: ${text(contact)}, email: ${text(email)} }
  x-visibilitas: ${classification === "terbuka" ? "terbuka" : "terbatas"}
  x-jenis: ${kind}
${kind === "data" ? sdi(title) : ""}paths:
  ${path}:
    get:
      operationId: list${name}
      summary: Daftar, berhalaman
      description: Catatan yang ada, dapat disaring menurut wilayah.
      parameters:
        - { $ref: "#/components/parameters/Wilayah" }
        - { $ref: "#/components/parameters/Halaman" }
        - { $ref: "#/components/parameters/Jumlah" }
      responses:
        "200":
          description: Berhasil.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Daftar" }
              example:
                data:
                  - { kode: A-001, nama: Contoh pertama, kodeWilayah: "${district}", diperbaruiPada: "2026-01-31T08:00:00+07:00" }
                halaman: 1
                jumlah: 10
                total: 1
        default: { $ref: "#/components/responses/Masalah" }
  ${path}/{kode}:
    get:
      operationId: get${name}
      summary: Satu catatan menurut kodenya
      description: Kode bukan nomor identitas orang, jadi boleh ada di jalur.
      parameters:
        - { $ref: "#/components/parameters/Kode" }
      responses:
        "200":
          description: Berhasil.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Catatan" }
              example: { kode: A-001, nama: Contoh pertama, kodeWilayah: "${district}", diperbaruiPada: "2026-01-31T08:00:00+07:00" }
        "404": { $ref: "#/components/responses/TidakDitemukan" }
        default: { $ref: "#/components/responses/Masalah" }
  /penelusuran:
    post:
      operationId: lookup${name}
      summary: Catatan milik seseorang
      description: NIK menunjuk pada orang, jadi dikirim di dalam isi, tidak di jalur atau kueri.
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Permintaan" }
            example: { nik: "${nik}" }
      responses:
        "200":
          description: Berhasil.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Catatan" }
              example: { kode: A-001, nama: Contoh pertama, kodeWilayah: "${district}", diperbaruiPada: "2026-01-31T08:00:00+07:00" }
        "404": { $ref: "#/components/responses/TidakDitemukan" }
        default: { $ref: "#/components/responses/Masalah" }
components:
  parameters:
    Wilayah:
      name: kodeWilayah
      in: query
      description: Kode wilayah Kemendagri, bertitik.
      schema: { type: string, format: kode-wilayah }
      example: "${district}"
    Halaman:
      name: halaman
      in: query
      description: Nomor halaman, mulai dari 1.
      schema: { type: integer, minimum: 1, maximum: 10000, default: 1 }
      example: 1
    Jumlah:
      name: jumlah
      in: query
      description: Banyaknya data tiap halaman.
      schema: { type: integer, minimum: 1, maximum: 100, default: 10 }
      example: 10
    Kode:
      name: kode
      in: path
      required: true
      description: Kode catatan.
      schema: { type: string, pattern: "^[A-Z]-[0-9]{3}$" }
      example: A-001
  responses:
    TidakDitemukan:
      description: Yang dicari tidak ada.
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Masalah" }
          example: { title: Tidak ditemukan, status: 404, detail: Catatan ini tidak ada. }
    Masalah:
      description: Masalah lain pada penyedia.
      content:
        application/problem+json:
          schema: { $ref: "#/components/schemas/Masalah" }
          example: { title: Kesalahan penyedia, status: 500, detail: Penyedia gagal memproses permintaan. }
  schemas:
    Permintaan:
      type: object
      additionalProperties: false
      required: [nik]
      properties:
        nik: { type: string, format: nik }
    Catatan:
      type: object
      additionalProperties: false
      required: [kode, nama, kodeWilayah, diperbaruiPada]
      properties:
        kode: { type: string, pattern: "^[A-Z]-[0-9]{3}$" }
        nama: { type: string, maxLength: 100 }
        kodeWilayah: { type: string, format: kode-wilayah }
        diperbaruiPada: { type: string, format: date-time }
    Daftar:
      type: object
      additionalProperties: false
      required: [data, halaman, jumlah, total]
      properties:
        data: { type: array, maxItems: 100, items: { $ref: "#/components/schemas/Catatan" } }
        halaman: { type: integer, minimum: 1 }
        jumlah: { type: integer, minimum: 1, maximum: 100 }
        total: { type: integer, minimum: 0, description: Banyaknya data di semua halaman. }
    Masalah:
      description: Keterangan masalah dari penyedia (RFC 9457).
      type: object
      additionalProperties: false
      required: [title, status, detail]
      properties:
        title: { type: string, maxLength: 100 }
        status: { type: integer, minimum: 400, maximum: 599 }
        detail: { type: string, maxLength: 500 }
`;
}
