import type { Text } from "../base/text.ts";

export const messages = {
  registryEmpty: {
    id: "Registri masih kosong.",
    en: "The registry is empty.",
  },

  nameRevision: (revisions: string) => ({
    id: `Sebutkan revisinya: ${revisions}.`,
    en: `Name the revision: ${revisions}.`,
  }),

  noRevisionYet: (service: string) => ({
    id: `${service} belum punya revisi; usulkan dengan service propose.`,
    en: `${service} has no revision yet; propose it by service propose.`,
  }),

  ofThisRevision: {
    id: "milik revisi ini",
    en: "this revision's own",
  },

  aboutTheApplication: {
    id: "tentang aplikasinya, bukan tentang satu revisi",
    en: "about the application, not about one revision",
  },

  unchanged: (aspects: Text) => ({
    id: `${aspects.id} tidak berubah`,
    en: `unchanged: ${aspects.en}`,
  }),

  noLongerServes: (aspects: Text) => ({
    id: `${aspects.id} berubah, jadi perlu yang baru`,
    en: `changed: ${aspects.en}; a new one is needed`,
  }),

  ranOut: (day: string) => ({
    id: `masa berlakunya habis ${day}, jadi perlu yang baru`,
    en: `its validity ended on ${day}; a new one is needed`,
  }),

  /** What a part of a dossier was about. */
  aspects: {
    host: { id: "host penyedia", en: "the provider's host" },
    contract: { id: "kontrak", en: "the contract" },
    basePath: { id: "jalur dasar", en: "the base path" },
    classification: { id: "klasifikasi", en: "the classification" },
    personalData: { id: "ada tidaknya data pribadi", en: "whether it has personal data" },
    open: { id: "keterbukaan tanpa izin akses", en: "being open without a grant" },
    limits: { id: "batas ukuran dan waktu", en: "the limits" },
    validateResponses: { id: "pemeriksaan jawaban", en: "the validation of answers" },
    validateOperations: { id: "pemeriksaan jawaban", en: "the validation of answers" },
    receipt: { id: "tanda terima", en: "the receipts" },
    providerSignature: { id: "tanda tangan penyedia", en: "the provider's signature" },
  },
} as const;
