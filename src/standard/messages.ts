import type { Text } from "../base/text.ts";

const mebibytes = (bytes: number): number => bytes / 1_048_576;

export const messages = {
  referenceElsewhere: {
    id: "$ref ke berkas lain atau ke internet tidak diikuti; gabungkan semuanya dalam satu dokumen (#/…).",
    en: "a $ref to another file or to the internet is not followed; bring everything into one document (#/…).",
  },
  referenceCircular: {
    id: "$ref ini berputar tanpa pernah sampai pada isi.",
    en: "this $ref goes round without ever reaching content.",
  },
  notAnObject: {
    id: "Bukan dokumen OpenAPI: isinya bukan objek.",
    en: "no OpenAPI document: it is not an object.",
  },
  notOpenapi: {
    id: "Bukan dokumen OpenAPI: anggota “openapi” tidak ada.",
    en: "no OpenAPI document: there is no member “openapi”.",
  },
  otherVersion: {
    id: "Hanya OpenAPI 3.0 dan 3.1 yang dapat dinilai; ubah dokumen ini ke 3.1.",
    en: "only OpenAPI 3.0 and 3.1 can be judged; convert this document to 3.1.",
  },
  tooDeepToJudge: { id: "Dokumen bersarang terlalu dalam.", en: "The document is nested too deeply." },
  tooLarge: (maxBytes: number): Text => ({
    id: `Dokumen lebih besar dari ${mebibytes(maxBytes)} MiB.`,
    en: `The document is larger than ${mebibytes(maxBytes)} MiB.`,
  }),
  tooMuchMemory: {
    id: "Dokumen memerlukan terlalu banyak memori untuk dinilai.",
    en: "Judging the document takes too much memory.",
  },
  tooLong: (milliseconds: number, about: string | undefined): Text => ({
    id: `Penilaian dihentikan, karena belum selesai dalam ${milliseconds / 1000} detik${about === undefined ? "" : `, pada ${about}`}.`,
    en: `Judging was broken off: it had not ended within ${milliseconds / 1000} seconds${about === undefined ? "" : `, at ${about}`}.`,
  }),
  notUtf8: {
    id: "Dokumen harus UTF-8 tanpa BOM (LID-ENC, Permenkominfo 1/2023).",
    en: "The document must be UTF-8 without a BOM (LID-ENC, Permenkominfo 1/2023).",
  },
  unreadable: { id: "tidak dapat dibaca", en: "cannot be read" },
  unexplained: { id: "?", en: "?" },
} as const;
