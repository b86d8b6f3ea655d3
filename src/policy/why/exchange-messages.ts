import type { Blame, ProblemCode } from "../../base/problem.ts";
import type { Text } from "../../base/text.ts";

export const messages = {
  called: (consumer: string, call: string, end: Text) => ({
    id: `${consumer} memanggil ${call}: ${end.id}.`,
    en: `${consumer} called ${call}: ${end.en}.`,
  }),

  refusedWith: (problem: string) => ({
    id: `ditolak (${problem})`,
    en: `refused (${problem})`,
  }),

  allowedWithoutOutcome: (grant: string) => ({
    id: `diizinkan oleh ${grant}; hasilnya belum tercatat`,
    en: `allowed by ${grant}; its outcome is not on record yet`,
  }),

  allowedAndAnswered: (grant: string, status: number | string) => ({
    id: `diizinkan oleh ${grant}, dijawab HTTP ${status}`,
    en: `allowed by ${grant}, answered HTTP ${status}`,
  }),

  statementSigned: (consumer: string, key: string, purpose: string) => ({
    id: `Pernyataan bertanda tangan ${consumer}, kunci ${key}, tujuan ${purpose}.`,
    en: `A statement signed by ${consumer}, key ${key}, purpose ${purpose}.`,
  }),

  registryOfNow: {
    id: "Registri saat itu tidak dibaca; dijelaskan dengan registri sekarang.",
    en: "The registry of that moment is not read; told by the registry of now.",
  },

  grantUsed: (grant: string, cover: Text) => ({
    id: `Izin ${grant}: ${cover.id}`,
    en: `Grant ${grant}: ${cover.en}`,
  }),

  openService: (purpose: string) => ({
    id: `Layanan terbuka bagi setiap subsistem terdaftar untuk tujuan ${purpose}.`,
    en: `The service is open to every registered subsystem for the purpose ${purpose}.`,
  }),

  refusalsAggregated: (consumer: string, counts: string) => ({
    id: `Penolakan terhadap ${consumer} yang dikumpulkan: ${counts}.`,
    en: `Refusals of ${consumer}, gathered: ${counts}.`,
  }),

  refusalsRecordedTogether: (since: string) => ({
    id: `Penolakan melebihi batas semenit, sejak ${since}; dicatat menjadi satu.`,
    en: `More refusals than the limit for a minute, from ${since} on; put on record as one.`,
  }),

  blames: {
    consumer: { id: "Yang dapat memperbaikinya: konsumen.", en: "The consumer can mend it." },
    provider: { id: "Yang dapat memperbaikinya: penyedia.", en: "The provider can mend it." },
    gateway: { id: "Yang dapat memperbaikinya: pengelola gerbang.", en: "The gateway's operator can mend it." },
  } satisfies Readonly<Record<Blame, Text>>,

  /** Where the remedy is more than that the party to blame can fix it. */
  remedies: {
    "rate-limited": {
      id: "Pelankan panggilan, atau perpanjang izin dengan laju yang lebih tinggi (grant renew).",
      en: "Slow down, or renew the grant with a higher rate (grant renew).",
    },

    "quota-exceeded": {
      id: "Tunggu hari berikutnya, atau perpanjang izin dengan kuota yang lebih besar (grant renew).",
      en: "Wait for the next day, or renew the grant with a larger quota (grant renew).",
    },

    "service-suspended": {
      id: "Pulihkan pertimbangannya atau lanjutkan layanannya; lihat rantai layanan ini.",
      en: "Restore its opinions or resume the service; see the chain of the service.",
    },
  } satisfies Partial<Record<ProblemCode, Text>>,

  refused: (title: Text) => ({
    id: `Ditolak: ${title.id}.`,
    en: `Refused: ${title.en}.`,
  }),

  stillOnTrial: (service: string, consumer: string) => ({
    id: `${service} masih dalam uji coba, dan ${consumer} bukan anggota uji.`,
    en: `${service} is still on trial, and ${consumer} is no test member.`,
  }),

  awaitActivation: {
    id: "Tunggu sampai layanannya aktif.",
    en: "Wait until the service is active.",
  },

  noGrant: (consumer: string, service: string) => ({
    id: `${consumer} tidak memiliki izin atas ${service}.`,
    en: `${consumer} has no grant for ${service}.`,
  }),

  askForGrant: {
    id: "Mintalah izin kepada pemiliknya (grant request).",
    en: "Ask its owner for one (grant request).",
  },

  otherPurpose: (grant: string, granted: string, asked: string) => ({
    id: `Izin ${grant} untuk tujuan ${granted}, bukan ${asked}.`,
    en: `The grant ${grant} is for the purpose ${granted}, not ${asked}.`,
  }),

  askForPurpose: (purpose: string) => ({
    id: `Mintalah izin dengan tujuan ${purpose} (grant request).`,
    en: `Ask for a grant with the purpose ${purpose} (grant request).`,
  }),

  replaced: (grant: string, by: string) => ({
    id: `Izin ${grant} saat itu sudah diganti oleh ${by}.`,
    en: `The grant ${grant} was replaced by ${by} by then.`,
  }),

  seeReplacement: (grant: string) => ({
    id: `Lihat rantai izin ${grant} (why grant ${grant}).`,
    en: `See the chain of the grant ${grant} (why grant ${grant}).`,
  }),

  operationNotCovered: (purpose: string, operation: string, grant: string, cover: Text) => ({
    id: `Tujuan ${purpose} tidak mencakup operasi ${operation}; izin ${grant}: ${cover.id}`,
    en: `The purpose ${purpose} does not cover the operation ${operation}; grant ${grant}: ${cover.en}`,
  }),

  widenGrant: (grant: string, operation: string) => ({
    id: `Perluas izin ${grant} dengan ${operation} (grant renew), bila tujuannya memang memerlukannya.`,
    en: `Widen the grant ${grant} by ${operation} (grant renew), if its purpose needs that.`,
  }),

  grantNotInForce: (grant: string, state: string) => ({
    id: `Izin ${grant} tidak berlaku: ${state}.`,
    en: `The grant ${grant} is not in force: ${state}.`,
  }),

  seeGrantChain: {
    id: "Lihat rantai izinnya.",
    en: "See the chain of the grant.",
  },

  outsidePeriod: (grant: string, cover: Text) => ({
    id: `Saat itu di luar masa izin ${grant}: ${cover.id}`,
    en: `Outside the period of the grant ${grant} then: ${cover.en}`,
  }),

  renewInTime: {
    id: "Perpanjang sebelum habis (grant renew).",
    en: "Renew before it runs out (grant renew).",
  },

  undecidedGrant: (grant: string) => ({
    id: `Izin ${grant} berasal dari manifes dan belum diputus pemilik; dalam produksi tidak berlaku.`,
    en: `The grant ${grant} comes from a manifest and was not decided by the owner; in production it does not hold.`,
  }),

  requestGrant: {
    id: "Mintalah izin (grant request).",
    en: "Ask for a grant (grant request).",
  },

  suspended: (reason: string) => ({
    id: `Dihentikan sementara: ${reason}`,
    en: `Suspended: ${reason}`,
  }),
} as const;
