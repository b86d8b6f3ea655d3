import { countOf, type Text } from "../../base/text.ts";

export const messages = {
  betterFixed: { id: "Yang sebaiknya dibetulkan", en: "What had better be mended" },
  mustBeFixed: { id: "Yang perlu dibetulkan", en: "What has to be mended" },
  howToFix: { id: "Cara membetulkan", en: "How to mend" },
  moreFindings: (count: number): Text => ({ id: `${count} lagi`, en: "(more)" }),
  rulesMet: { id: "kaidah terpenuhi", en: "rules met" },
  digests: {
    id: "Sidik SHA-256 dari apa yang dinilai dan dengan apa; dokumen dan standar yang sama selalu memberi laporan yang sama.",
    en: "SHA-256 of what was judged and by what; the same document and standard always give the same report.",
  },
  report: { id: "Laporan", en: "Report" },
  document: { id: "Dokumen", en: "Document" },
  standard: (name: string): Text => ({ id: `Standar ${name}`, en: "" }),
  list: (name: string): Text => ({ id: `Daftar ${name}`, en: "" }),

  error: { id: "salah", en: "error" },
  warn: { id: "peringatan", en: "warning" },
  info: { id: "catatan", en: "note" },
  /** Regulations keep their names in both languages. */
  basis: (basis: string): Text => ({
    id: basis.replace("project rule", "kaidah proyek"),
    en: basis.includes("project rule") ? "project rule" : "",
  }),
  setBy: ({ id, en }: Text, ground: string): Text => ({ id: `${id} (${ground})`, en: `${en} (${ground})` }),
  passed: (warnings: number): Text => ({
    id: warnings === 0 ? "Memenuhi standar." : `Memenuhi standar, dengan ${warnings} peringatan.`,
    en: warnings === 0 ? "Meets the standard." : `Meets the standard, with ${countOf(warnings, "warning")}.`,
  }),
  failed: (errors: number, warnings: number): Text => ({
    id: `Belum memenuhi standar: ${errors} kesalahan, ${warnings} peringatan.`,
    en: `Does not meet the standard yet: ${countOf(errors, "error")}, ${countOf(warnings, "warning")}.`,
  }),
} as const;
