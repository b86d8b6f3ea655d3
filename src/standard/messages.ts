import type { Text } from "../base/text.ts";

export const messages = {
  tooDeepToJudge: { id: "Dokumen bersarang terlalu dalam.", en: "The document is nested too deeply." },
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
