import type { Text } from "../base/text.ts";

const mebibytes = (bytes: number): number => bytes / 1_048_576;

export const messages = {
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
  nothingMore: { id: "", en: "" },
  unexplained: { id: "?", en: "?" },
} as const;
