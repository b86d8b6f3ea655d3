import type { Text } from "../base/text.ts";

/** What the demo shows of its five exchanges, and around them. */
export const messages = {
  notOfDemo: (directory: string): Text => ({
    id:
      `${directory} berisi data yang tidak dibuat demo; demo tidak menyentuhnya. ` +
      `Pakai folder lain dengan --data, misalnya --data data-demo.`,
    en:
      `${directory} holds data that no demo made, and the demo does not touch it. ` +
      `Use another directory with --data, such as --data data-demo.`,
  }),
  portsKept: (first: number): Text => ({
    id: `Layanan dalam data ini sudah disetujui dengan port mulai ${first}; hapus --provider-port, atau pakai data lain (--data).`,
    en: `The services in this data were approved with ports from ${first} on; leave --provider-port out, or use other data (--data).`,
  }),
  demoMark: {
    id: "Folder ini dibuat demo Simpul dan boleh dihapus. Kunci di dalamnya bukan rahasia.",
    en: "A demo of Simpul made this directory, and it may be removed. The keys in it are no secrets.",
  },
  exchanges: {
    read: {
      tried: { id: "Portal membaca tarif pajak bumi dan bangunan", en: "The portal reads the land tax rates" },
      proves: {
        id: "konsumen dikenal, izin mencakup, jawaban sesuai kontrak, tanda terima di tangan",
        en: "the consumer is known, a grant covers it, the answer keeps its contract, a receipt is in hand",
      },
    },
    write: {
      tried: { id: "Portal mengajukan permohonan izin", en: "The portal files a permit application" },
      proves: {
        id: "niat tercatat sebelum penyedia menerima, hasil tercatat sebelum jawaban keluar",
        en: "the intent was on record before the provider saw it, the outcome before the answer left",
      },
    },
    notGranted: {
      tried: {
        id: "Dinsos mencoba menelusuri penduduk; izinnya hanya mencocokkan",
        en: "Dinsos tries to look a resident up; its grant only covers matching",
      },
      proves: {
        id: "tanpa izin isi bahkan tidak dibaca, dan penolakan pun bertanda terima",
        en: "without a grant the content is not even read, and a refusal has a receipt, too",
      },
    },
    changed: {
      tried: {
        id: "Isi permintaan Dinsos diubah di jalan, setelah ditandatangani",
        en: "The content of Dinsos's request is changed on the way, after it was signed",
      },
      proves: {
        id: "satu angka yang berubah ketahuan, penyedia tidak menerimanya",
        en: "one changed digit is found, and the provider never sees it",
      },
    },
    replayed: {
      tried: { id: "Permohonan izin tadi dikirim ulang oleh penyadap", en: "An eavesdropper sends the permit application again" },
      proves: {
        id: "satu pernyataan dilaksanakan satu kali; jawabannya menunjuk tanda terima yang pertama",
        en: "a statement is executed once; the answer points to the first receipt",
      },
    },
  },

  profile: { id: "Profil peraturan", en: "policy profile" },
  providerSigned: {
    id: "jawaban ditandatangani penyedia, diperiksa gerbang",
    en: "the provider signed the answer, the gateway checked it",
  },
  whyAllowed: { id: "Mengapa panggilan pertama diizinkan?", en: "Why was the first call allowed?" },
  noNewReceipt: { id: "tanpa tanda terima baru", en: "no new receipt" },
  receiptBroken: { id: "tanda terima RUSAK", en: "receipt BROKEN" },
  receiptVerified: (leaf: number): Text => ({ id: `tanda terima sah, daun ${leaf}`, en: `receipt verified, leaf ${leaf}` }),
  tryIt: { id: "Coba sendiri", en: "try it yourself" },
  ctrlC: {
    id: "Ctrl-C menghentikan gerbang; start berikutnya melanjutkan data dan log yang sama.",
    en: "Ctrl-C stops it; the next start goes on with the same data and log.",
  },
};
