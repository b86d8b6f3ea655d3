import type { Text } from "../../base/text.ts";

/** What `--help` says of every verb. */
export const messages = {
  settings: { id: "Semua pengaturan ada di docs/configuration.md.", en: "All settings are in docs/configuration.md." },
  audiences: {
    everybody: { id: "Untuk mengenalnya", en: "To get to know it" },
    operator: { id: "Pengelola gerbang, Dinas", en: "The gateway's operator" },
    developer: { id: "Pengembang Perangkat Daerah", en: "Developers of the agencies" },
    officer: { id: "Petugas", en: "Officers" },
    auditor: { id: "Auditor, pihak dalam sengketa, dan hakim", en: "Auditors, parties in a dispute, and judges" },
  },
  asksControlApi: {
    id: "Bertanya kepada API kendali, dengan token petugas.",
    en: "Asks the control API, with an officer's token.",
  },
  exitStatuses: (statuses: Text): Text => ({ id: `Status keluar: ${statuses.id}.`, en: `Exit status: ${statuses.en}.` }),
};
