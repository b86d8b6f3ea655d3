import type { EventKind } from "./log-words.ts";
import { trafficEvents } from "./traffic-events.ts";

/** Every line that the gateway writes. Names and words are an interface: alerts and runbook build on them. */
export const events = {
  started: {
    level: "info",
    words: ["publicOrigin", "controlOrigin", "log", "version"],
    means: { id: "Gerbang melayani, dengan registri versi ini", en: "The gateway serves, with this version of the registry" },
  },
  recovered: {
    level: "warn",
    words: ["leaves"],
    means: {
      id: "Proses sebelumnya mati, atau buku besar sempat menolak; sekian niat yang terbuka ditutup dengan `outcome-unknown`",
      en: "The process before died, or the ledger had refused; so many open intents were closed with `outcome-unknown`",
    },
  },
  ...trafficEvents,
  acted: {
    level: "info",
    words: ["officer", "act", "subject", "decision"],
    means: {
      id: "Petugas (nama samaran) melakukan sebuah langkah; keputusan lengkapnya ada di registri",
      en: "An officer (by pseudonym) carried out an act; the whole decision is in the registry",
    },
  },
  keyRegistered: {
    level: "info",
    words: ["kid", "subsystem", "state", "officer"],
    means: {
      id: "Kunci sebuah subsistem menunggu persetujuan (`requested`) atau mulai berlaku (`active`); tanpa `officer`: lewat manifes",
      en: "A subsystem's key waits for approval (`requested`) or is in force (`active`); without `officer`: by manifest",
    },
  },
  keyRevoked: {
    level: "warn",
    words: ["kid", "subsystem", "state", "officer"],
    means: {
      id: "Kunci sebuah subsistem dicabut atau ditolak (`refused`); sejak baris ini tidak ada yang diterima dengannya",
      en: "A subsystem's key was revoked or refused (`refused`); from this line on nobody is let in by it",
    },
  },
  registrySwapped: {
    level: "info",
    words: ["version"],
    means: { id: "Registri versi ini mulai melayani", en: "This version of the registry came to serve" },
  },
  registryFailed: {
    level: "error",
    words: ["version", "error"],
    means: {
      id: "Registri yang berubah tidak dapat dipakai; versi yang disebut tetap berlaku",
      en: "A changed registry cannot be used; the version named stays in force",
    },
  },
  ledgerFailed: {
    level: "error",
    words: ["leaves", "error"],
    means: { id: "Buku besar tidak dapat menulis sekian daun", en: "The ledger could not write so many leaves" },
  },
  ledgerWritesAgain: {
    level: "warn",
    words: [],
    means: { id: "Buku besar menulis lagi sesudah `ledgerFailed`", en: "The ledger writes again after `ledgerFailed`" },
  },
  logElsewhere: {
    level: "error",
    words: ["log", "file"],
    means: {
      id: "Berkas `remembered` menunjukkan bahwa sebuah salinan log ini berjalan di tempat lain; gerbang ini tidak menandatangani lagi",
      en: "The file of remembered checkpoints shows that a copy of this log goes on elsewhere; this gateway signs nothing more",
    },
  },
  fileGone: {
    level: "error",
    words: ["file"],
    means: {
      id: "Berkas buku besar atau registri dihapus atau diganti saat gerbang berjalan; tanpa buku besar gerbang tidak menandatangani",
      en: "The file of ledger or registry was removed or replaced under the gateway; without its ledger it signs nothing more",
    },
  },
  notRemembered: {
    level: "error",
    words: ["file", "error"],
    means: {
      id: "Titik periksa terbaru tidak dapat ditulis ke berkas yang mengingatnya; dicoba lagi",
      en: "The newest checkpoint cannot be written to the file that remembers it; it is tried again",
    },
  },
  adminTokenMade: {
    level: "warn",
    words: ["file", "until"],
    means: {
      id: "Token administrator yang lama berakhir; yang baru ada di berkas ini",
      en: "The administrator's token has ended; a new one is in this file",
    },
  },
  evidenceKeyMade: {
    level: "warn",
    words: ["file"],
    means: { id: "Berkas kunci induk bukti belum ada, jadi dibuat", en: "There was no file of master keys, so one was made" },
  },
  evidenceDestroyed: {
    level: "info",
    words: ["bucket", "log"],
    means: {
      id: "Masa simpan bukti sebulan berakhir, dan kuncinya dimusnahkan",
      en: "The retention of a month's evidence ended, and its key was destroyed",
    },
  },
  evidenceStays: {
    level: "error",
    words: ["error"],
    means: {
      id: "Bukti yang masa simpannya berakhir belum dapat dimusnahkan; dicoba lagi dalam satu jam",
      en: "Evidence whose retention has ended could not be destroyed; tried again within the hour",
    },
  },
  logKeyRotated: {
    level: "warn",
    words: ["log", "vkey"],
    means: {
      id: "Kunci log berganti; daun kendali dan serah terima mencatatnya. Tandatangani daftar log dan berikan kepada anggota",
      en: "The log's key changed, as a control leaf and a handover record. Sign the list of logs and hand it to the members",
    },
  },
  logKeyStays: {
    level: "error",
    words: ["error"],
    means: {
      id: "Kunci log yang menunggu belum dapat dipakai; dicoba lagi tiap lima detik, dengan kunci lama sampai itu",
      en: "The log key that waits could not be taken over; tried again every five seconds, under the old key until then",
    },
  },
  dataMigrated: {
    level: "warn",
    words: ["file", "version"],
    means: {
      id: "Berkas data dibawa ke format baru; `file` salinan sebelumnya, `version` formatnya sekarang",
      en: "A data file was brought to a new format; `file` is the copy from before, `version` its format now",
    },
  },
  backupRecorded: {
    level: "info",
    words: ["log", "leaves"],
    means: {
      id: "Cadangan dengan sekian daun log telah dibuat, diperiksa, dan dicatat",
      en: "A backup of so many leaves of the log was made, checked and recorded",
    },
  },
  stopRequested: {
    level: "info",
    words: ["reason"],
    means: {
      id: "Gerbang diminta berhenti: sinyal, atau proses yang memulainya sudah tidak ada (`parent-gone`)",
      en: "The gateway is asked to stop: a signal, or the process that started it is gone (`parent-gone`)",
    },
  },
  draining: {
    level: "info",
    words: ["exchanges"],
    means: {
      id: "Tidak menerima sambungan baru; sekian pertukaran diselesaikan",
      en: "No new connections; so many exchanges are finished",
    },
  },
  stopped: { level: "info", words: [], means: { id: "Selesai; berkas data tertutup", en: "Done; the data files are closed" } },
  stoppedLate: {
    level: "error",
    words: ["exchanges"],
    means: {
      id: "`drain-grace-ms` habis selagi sekian pertukaran belum selesai; proses berakhir dengan status 1",
      en: "`drain-grace-ms` was over while so many exchanges had not ended; the process ends with status 1",
    },
  },
} as const satisfies Record<string, EventKind>;

export type LogEvent = keyof typeof events;
