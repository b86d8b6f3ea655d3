import type { Text } from "../../base/text.ts";

/** What `--help` says of every verb. */
export const messages = {
  settings: { id: "Semua pengaturan ada di docs/configuration.md.", en: "All settings are in docs/configuration.md." },
  default: { id: "bawaan", en: "default" },
  repeatable: { id: "boleh berulang", en: "may be repeated" },
  /** Where a verb states nothing else. */
  exit: {
    0: { id: "berhasil", en: "done" },
    1: { id: "tidak", en: "not done" },
    2: { id: "perintah salah", en: "misused" },
  },
  exitStatuses: (statuses: Text): Text => ({ id: `Status keluar: ${statuses.id}.`, en: `Exit status: ${statuses.en}.` }),
};
