import { countOf, type Text } from "../../base/text.ts";
import type { StatefulKind } from "../context.ts";

export const messages = {
  noProfileChosen: {
    id: "Instansi belum memilih profil peraturan (profile dalam instance.yaml).",
    en: "The instance has not chosen a policy profile (profile in instance.yaml).",
  },

  /** `allowed`, `own`: roles; `party`: the member whose officers may take the step, if it is one's alone. */
  roleMissing: (allowed: string, party: string | undefined, own: string, member: string) => ({
    id:
      `Langkah ini untuk peran ${allowed}${party === undefined ? "" : ` dari ${party}`}; ` +
      `token Anda dari ${member} berperan ${own || "–"}.`,
    en:
      `This step is for the roles ${allowed}${party === undefined ? "" : ` of ${party}`}; ` +
      `your token, of ${member}, has ${own || "none"}.`,
  }),

  illegalTransition: (state: string, legal: string) => ({
    id: `Sekarang "${state}"; langkah ini hanya dari: ${legal}.`,
    en: `It is "${state}" now; this step is taken from: ${legal}.`,
  }),

  otherMembersStep: (member: string) => ({
    id: `Langkah ini wewenang petugas ${member}.`,
    en: `This step is for officers of ${member}.`,
  }),

  letterLiesAhead: (number: string) => ({
    id: `Tanggal surat ${number} belum tiba.`,
    en: `The date of the letter ${number} lies ahead.`,
  }),

  /** The profile's own sentence on four eyes, with the officers who asked or recorded. */
  fourEyes: (answer: Text, officers: string) => ({
    id: `${answer.id} (${officers})`,
    en: `${answer.en} (${officers})`,
  }),

  grantExists: (grant: string) => ({
    id: `Izin ${grant} sudah ada.`,
    en: `The grant ${grant} exists already.`,
  }),

  periodEndsBeforeBegin: {
    id: "Masa izin berakhir sebelum dimulai.",
    en: "The period ends before it begins.",
  },

  periodPassed: {
    id: "Masa izin sudah lewat.",
    en: "The period has passed.",
  },

  subsystemUnknown: (subsystem: string) => ({
    id: `Subsistem ${subsystem} tidak terdaftar.`,
    en: `The subsystem ${subsystem} is not registered.`,
  }),

  grantReplaced: (grant: string, by: string) => ({
    id: `Izin ${grant} sudah diganti oleh ${by}; ambil langkah ini atas ${by}.`,
    en: `The grant ${grant} was replaced by ${by}; take this step on ${by}.`,
  }),

  grantRanOut: {
    id: "Izin sudah habis; mintalah yang baru.",
    en: "The grant has run out; ask for a new one.",
  },

  fieldsOrWholeAnswers: {
    id: "Mintalah kolom tertentu atau jawaban utuh, tidak keduanya.",
    en: "Ask for certain fields or for whole answers, not for both.",
  },

  alreadySuspended: {
    id: "Pihak Anda sudah menghentikan izin ini.",
    en: "Your party has suspended this grant already.",
  },

  notSuspended: {
    id: "Pihak Anda tidak sedang menghentikan izin ini.",
    en: "Your party has not suspended this grant.",
  },

  keyExists: (kid: string, state: string) => ({
    id: `Kunci ${kid} sudah ada (${state}); satu kunci didaftarkan satu kali. Buat kunci baru (keygen).`,
    en: `The key ${kid} exists already (${state}); a key is registered once. Make a new one (keygen).`,
  }),

  momentUnknown: (text: string) => ({
    id: `${text} bukan waktu yang ada; tulis tanggal (2026-01-31), jam setempat (2026-01-31T21:30), atau jam dengan selisih zonanya.`,
    en: `${text} is no moment that exists; write a day (2026-01-31), a local time (2026-01-31T21:30), or a time with its offset.`,
  }),

  momentAhead: (text: string, timeZone: string) => ({
    id: `${text} (${timeZone}) belum tiba; sebutkan sejak kapan kunci itu tidak dipercaya lagi.`,
    en: `${text} (${timeZone}) lies ahead; say from when on the key is not trusted any more.`,
  }),

  sameFileTwice: {
    id: "Berkas yang sama dipakai dua kali.",
    en: "The same file stands for two documents.",
  },

  officerExists: (officer: string) => ({
    id: `Petugas ${officer} sudah ada.`,
    en: `The officer ${officer} exists already.`,
  }),

  memberUnknown: (member: string) => ({
    id: `${member} tidak terdaftar.`,
    en: `${member} is not registered.`,
  }),

  noOfficer: (officer: string) => ({
    id: `Petugas ${officer} tidak ada.`,
    en: `There is no officer ${officer}.`,
  }),

  rolesBeyond: (roles: string) => ({
    id: `Petugas ini tidak memiliki peran ${roles}.`,
    en: `This officer does not have the roles ${roles}.`,
  }),

  tokenTooLong: (days: number) => ({
    id: `Token berlaku paling lama ${days} hari.`,
    en: `A token lasts ${countOf(days, "day")} at most.`,
  }),

  nameService: (type: string) => ({
    id: `Pertimbangan ${type} diminta atas layanan: sebutkan service.`,
    en: `The opinion on ${type} is asked for on a service: name service.`,
  }),

  opinionNotRequired: (regulation: string, type: string, ofService: boolean) => ({
    id:
      `${regulation} tidak meminta pertimbangan ${type}${ofService ? " atas layanan" : ""}; ` +
      "yang sukarela dicatat dengan letter dan authority.",
    en:
      `${regulation} asks for no opinion on ${type}${ofService ? " of a service" : ""}; ` +
      "a voluntary one is recorded with letter and authority.",
  }),

  sameFileOtherNumber: (opinion: string, number: string, authority: string) => ({
    id:
      `Berkas ini sudah tercatat pada ${opinion} sebagai surat nomor ${number} dari ${authority}: satu surat mempunyai satu nomor. ` +
      "Periksa nomor dan pihaknya, atau pilih berkas surat yang benar.",
    en:
      `This file is recorded in ${opinion} as the letter number ${number} of ${authority}: one letter has one number. ` +
      "Check the number and the authority, or choose the right letter's file.",
  }),
  sameNumberOtherFile: (opinion: string, number: string, sha256: string) => ({
    id:
      `Surat nomor ${number} dari pihak ini sudah tercatat pada ${opinion} dengan berkas lain (sha256 ${sha256}). ` +
      "Periksa nomornya, atau pilih berkas yang sama.",
    en:
      `The letter number ${number} of this authority is recorded in ${opinion} with another file (sha256 ${sha256}). ` +
      "Check the number, or choose the same file.",
  }),

  letterRecorded: (opinion: string) => ({
    id: `Surat ini sudah dicatat pada ${opinion}.`,
    en: `This letter is recorded in ${opinion}.`,
  }),

  oneSubjectOneAuthority: {
    id: "Satu catatan memuat pertimbangan atas satu hal dan dari satu pihak.",
    en: "One record carries opinions on one subject from one authority.",
  },

  authoritiesAre: (authorities: string) => ({
    id: `Yang berwenang: ${authorities} (authority).`,
    en: `The authorities are: ${authorities} (authority).`,
  }),

  recordedByVerifier: (types: string) => ({
    id: `Pertimbangan ${types} dicatat oleh verifikatornya.`,
    en: `An opinion on ${types} is recorded by its verifier.`,
  }),

  externalNeedsLetter: {
    id: "Pertimbangan dari luar dicatat dengan suratnya (letter).",
    en: "An opinion from outside is recorded with its letter (letter).",
  },

  refusalNeedsAdvice: {
    id: "Penolakan disertai saran (advice).",
    en: "A refusal comes with advice (advice).",
  },

  validityEndsBeforeBegin: {
    id: "Masa berlaku berakhir sebelum dimulai.",
    en: "The validity ends before it begins.",
  },

  opinionExpired: (day: string) => ({
    id: `Pertimbangan sudah tidak berlaku sejak ${day}.`,
    en: `The opinion has not stood since ${day}.`,
  }),

  serviceUnknown: (service: string) => ({
    id: `Layanan ${service} tidak dikenal.`,
    en: `The service ${service} is not known.`,
  }),

  dinasRetiresSuspended: {
    id: "Layanan produksi yang dihentikan diakhiri oleh Dinas; atau lanjutkan, lalu umumkan penggantinya.",
    en: "A suspended service of production is retired by the Dinas; or resume it, then deprecate it.",
  },

  nothingToCorrect: (service: string) => ({
    id: `${service} belum punya kontrak yang berlaku; ubah saja usulannya.`,
    en: `${service} has no contract in force yet; just change the proposal.`,
  }),

  notACorrection: (revision: string) => ({
    id: `${revision} bukan pembetulan; hanya pembetulan kontrak yang disetujui konsumen.`,
    en: `${revision} is no correction; consumers agree to corrections only.`,
  }),

  holdsNoGrant: (member: string, service: string) => ({
    id: `${member} tidak memegang izin yang berlaku atas ${service}; yang menyetujui adalah konsumennya.`,
    en: `${member} holds no grant in force on ${service}; its consumers are those who agree.`,
  }),

  agreedAlready: (member: string) => ({
    id: `${member} sudah setuju.`,
    en: `${member} has agreed already.`,
  }),

  notWithdrawnFromProduction: {
    id: "Yang ditarik hanya revisi yang belum masuk produksi; yang sudah, diakhiri (service retire).",
    en: "Only a revision that was never in production is withdrawn; one that was is retired (service retire).",
  },

  serviceNotApplied: (service: string) => ({
    id: `Layanan ${service} belum diusulkan dengan simpul apply.`,
    en: `The service ${service} has not been brought in by simpul apply.`,
  }),

  revisionUndecided: (revision: string, state: string) => ({
    id: `${revision} masih berjalan (${state}); tunggu keputusannya, atau tarik dahulu (service withdraw).`,
    en: `${revision} is still on its way (${state}); wait for the decision, or withdraw it first (service withdraw).`,
  }),

  sameFileFor: (other: string, slot: string) => ({
    id: `Berkas yang sama dipakai untuk ${other} dan ${slot}.`,
    en: `The same file stands for ${other} and ${slot}.`,
  }),

  /** In the order of `docs/state-machines.md`. */
  kinds: {
    revision: { id: "Revisi layanan", en: "Revisions of a service" },
    opinion: { id: "Pertimbangan", en: "Opinions" },
    grant: { id: "Izin akses", en: "Grants" },
    key: { id: "Kunci", en: "Keys" },
    instance: { id: "Instansi", en: "The instance" },
    evidence: { id: "Bukti", en: "Evidence" },
    exemption: { id: "Pembebasan masa peralihan", en: "Transition exemptions" },
    member: { id: "Anggota", en: "Members" },
    subsystem: { id: "Subsistem", en: "Subsystems" },
    officer: { id: "Petugas", en: "Officers" },
    token: { id: "Token", en: "Tokens" },
  } satisfies Readonly<Record<StatefulKind, Text>>,
} as const;
