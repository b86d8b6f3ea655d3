import { countOf } from "../../base/text.ts";

/** What an explanation of an instance says. */
export const messages = {
  inProduction: (instance: string, regulation: string) => ({
    id: `Instansi ${instance} dalam produksi menurut ${regulation}.`,
    en: `The instance ${instance} is in production under ${regulation}.`,
  }),

  inPreparation: (instance: string, regulation: string, unmet: number) => ({
    id: `Instansi ${instance} dalam persiapan menurut ${regulation}; ${unmet} syarat produksi belum terpenuhi.`,
    en: `The instance ${instance} is in preparation under ${regulation}; production still lacks ${countOf(unmet, "condition")}.`,
  }),

  /** Headings of an explanation of an instance. */
  parts: {
    regulation: { id: "Peraturan yang berlaku", en: "The regulation in force" },
    decisions: { id: "Keputusan dan surat yang mendasarinya", en: "Decisions, and the letters behind them" },
    conditions: { id: "Syarat produksi, menurut keadaan sekarang", en: "Conditions of production, as things are now" },
    opinions: { id: "Pertimbangan", en: "Opinions" },
    proofs: { id: "Bukti pelaksanaan kewajiban", en: "Proofs of duty" },
    next: { id: "Langkah berikutnya, dan yang masih kurang", en: "The next step, and what it lacks" },
  },
} as const;
