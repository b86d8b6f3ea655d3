import type { Text } from "../../base/text.ts";

/** What `audit` says of its options and of the files that the auditor brings. */
export const messages = {
  dataOrLog: { id: "Pilih salah satu: --data atau --log.", en: "Choose one of --data and --log." },
  notALogUrl: (text: string): Text => ({ id: `${text} bukan URL log.`, en: `${text} is not the URL of a log.` }),
  evidenceKeyForDataOnly: { id: "--evidence-key hanya untuk --data.", en: "--evidence-key is for --data only." },
  jsonOrHtml: { id: "Pilih salah satu: --json atau --html.", en: "Choose one of --json and --html." },
  logNeedsKey: {
    id: "--log memerlukan --subsystem dan --key seorang auditor.",
    en: "--log needs an auditor's --subsystem and --key.",
  },
  entriesRefused: (status: number, problem: string, subsystem: string): Text => ({
    id: `Gerbang menolak entri (HTTP ${status} ${problem}): apakah ${subsystem} terdaftar sebagai auditor, dengan kunci ini?`,
    en: `The gateway refused the entries (HTTP ${status} ${problem}): is ${subsystem} registered as an auditor, with this key?`,
  }),
  notACheckpoint: (file: string, line: number): Text => ({
    id: `${file} baris ${line}: bukan titik periksa bertanda tangan. Kembalikan isinya dari salinan; jangan dihapus begitu saja.`,
    en: `${file} line ${line}: not a signed checkpoint. Restore it from a copy; do not simply delete it.`,
  }),
  noMetrics: (place: string): Text => ({ id: `${place} tidak memberikan metrik.`, en: `${place} gives no metrics.` }),
  leaves: { id: "daun", en: "leaves" },
};
