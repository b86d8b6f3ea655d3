import type { Text } from "../base/text.ts";
import type { ReadState } from "../registry/entry.ts";

/** The name of each state in both languages; the registry has a word of its own. */
export const states: Readonly<Record<ReadState, Text>> = {
  persiapan: { id: "persiapan", en: "preparation" },
  produksi: { id: "produksi", en: "production" },
  draft: { id: "rancangan", en: "draft" },
  applied: { id: "diajukan", en: "applied for" },
  rejected: { id: "ditolak dengan saran", en: "rejected with advice" },
  approved: { id: "disetujui", en: "approved" },
  trial: { id: "uji coba", en: "on trial" },
  active: { id: "aktif", en: "active" },
  suspended: { id: "dihentikan sementara", en: "suspended" },
  deprecated: { id: "akan digantikan", en: "deprecated" },
  retired: { id: "berakhir", en: "retired" },
  recorded: { id: "tercatat", en: "recorded" },
  confirmed: { id: "ditegaskan", en: "confirmed" },
  refused: { id: "ditolak", en: "refused" },
  withdrawn: { id: "ditarik", en: "withdrawn" },
  revoked: { id: "dicabut", en: "revoked" },
  requested: { id: "diminta", en: "requested" },
  coordinated: { id: "dikoordinasikan", en: "coordinated" },
  removed: { id: "diberhentikan", en: "removed" },
  ended: { id: "sudah berakhir", en: "ended" },
  final: { id: "tetap", en: "final" },
};
