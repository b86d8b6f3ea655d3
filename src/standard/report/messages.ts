import type { Text } from "../../base/text.ts";

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
};
