import { letterOptionsFor, optionFor } from "../input-options.ts";
export const messages = {
  documentsPresent: (documents: string) => ({
    id: `Dokumen ada: ${documents}.`,
    en: `The documents are there: ${documents}.`,
  }),

  documentsMissing: (documents: string) => ({
    id: `Dokumen belum ada: ${documents}.`,
    en: `Documents are missing: ${documents}.`,
  }),

  appliedToDinas: {
    id: "Diajukan kepada Dinas, yang memutus lewat langkah approve atau reject.",
    en: "Applied for to the Dinas, which decides by approve or reject.",
  },

  ministerOpinion: (number: string) => ({
    id: `Pertimbangan menteri: ${number}.`,
    en: `The minister's opinion: ${number}.`,
  }),

  ministerOpinionNeeded: {
    id: "Pembangunan aplikasi memerlukan pertimbangan menteri.",
    en: "Building an application needs the minister's opinion.",
  },

  notKhusus: {
    id: "Bukan Aplikasi Khusus.",
    en: "Not a khusus application.",
  },

  builtByDinasOrMandiriTik: {
    id: "Dibangun Dinas atau PD Mandiri TIK.",
    en: "Built by the Dinas or a PD Mandiri TIK.",
  },

  khususBuiltByDinasOrMandiriTik: {
    id: "Aplikasi Khusus dibangun oleh Dinas atau PD Mandiri TIK.",
    en: "A khusus application is built by the Dinas or a PD Mandiri TIK.",
  },

  refersTo: (planEntry: string) => ({
    id: `Mengacu kepada: ${planEntry}.`,
    en: `Refers to: ${planEntry}.`,
  }),

  noPlanEntry: {
    id: "Keputusan belum mengacu kepada Rencana Induk.",
    en: "The decision does not refer to the master plan.",
  },

  namePlanEntry: {
    id: `Sebutkan pada langkah approve: ${optionFor("planEntry", "VALUE")}.`,
    en: `Name it with approve: ${optionFor("planEntry", "VALUE")}.`,
  },

  costAnalysisAttached: (number: string) => ({
    id: `Dilampirkan: ${number}.`,
    en: `Attached: ${number}.`,
  }),

  noCostAnalysis: {
    id: "Persetujuan belum dilampiri analisis beban biaya.",
    en: "The approval comes without a cost analysis.",
  },

  nameCostAnalysis: {
    id: `Sertakan suratnya pada langkah approve: ${letterOptionsFor("costAnalysis")}.`,
    en: `Name its letter with approve: ${letterOptionsFor("costAnalysis")}.`,
  },

  noAdvice: {
    id: "Penolakan tanpa saran.",
    en: "A rejection without advice.",
  },

  giveAdvice: {
    id: `Isi sarannya: ${optionFor("advice", "VALUE")}.`,
    en: `Give advice: ${optionFor("advice", "VALUE")}.`,
  },

  rejectedWithAdvice: {
    id: "Ditolak dengan saran; pemohon dapat mengajukan perbaikannya (service revise).",
    en: "Rejected with advice; the applicant may take it up (service revise).",
  },

  ownerConsented: (officer: string) => ({
    id: `PD pemilik menyetujui (${officer}).`,
    en: `The owner has consented (${officer}).`,
  }),

  ownerConsentMissing: {
    id: "PD pemilik data belum menyetujui.",
    en: "The agency that owns the data has not consented.",
  },

  ownerConsents: {
    id: "Petugas pemilik menyetujui (service consent).",
    en: "The owner's officer consents (service consent).",
  },

  report: (number: string) => ({
    id: `Berita acara: ${number}.`,
    en: `Its report: ${number}.`,
  }),

  trialReportMissing: {
    id: "Berita acara uji coba belum ada.",
    en: "The report of the trial is missing.",
  },

  nameTrialReport: {
    id: `Sertakan surat uji coba pada langkah activate: ${letterOptionsFor("trial")}.`,
    en: `Name the trial's letter with activate: ${letterOptionsFor("trial")}.`,
  },

  trialBeforeProposal: (number: string, date: string, proposed: string) => ({
    id: `Berita acara ${number} bertanggal ${date}, sebelum revisi ini diusulkan (${proposed}): yang diuji bukan revisi ini.`,
    en: `The report ${number} is of ${date}, before this revision was proposed (${proposed}): it is not this revision that was tried.`,
  }),

  stagesOnRecord: {
    id: "Tahap-tahapnya tercatat: usul, permohonan, keputusan, uji coba, penerapan; perubahan menjadi revisi.",
    en: "Its stages are on record: proposal, application, decision, trial, deployment; a change becomes a revision.",
  },

  stagesMissing: {
    id: "Tahap permohonan dan keputusan belum tercatat.",
    en: "Application and decision are not on record.",
  },

  takeTheRoad: {
    id: "Tempuh jalan layanan dari awal (service apply).",
    en: "Take the road from its beginning (service apply).",
  },

  notHandedOver: {
    id: "Kode sumber dan dokumentasi belum diserahkan ke repositori.",
    en: "Source and documentation are not handed over to the repository.",
  },

  nameHandover: {
    id: `Sertakan berita acara penyerahan pada langkah activate: ${letterOptionsFor("handover")}.`,
    en: `Name the letter of the hand-over with activate: ${letterOptionsFor("handover")}.`,
  },

  servedUntil: (sunset: string) => ({
    id: `Masih dilayani sampai ${sunset}.`,
    en: `Served until ${sunset}.`,
  }),

  graceEndsEarliest: (earliest: string) => ({
    id: `Masa peralihan berakhir paling cepat ${earliest}.`,
    en: `The grace period ends on ${earliest} at the earliest.`,
  }),

  giveSunset: (earliest: string) => ({
    id: `Isi hari terakhirnya, paling cepat ${earliest}: ${optionFor("sunset", "DATE")}.`,
    en: `Give its last day, ${earliest} at the earliest: ${optionFor("sunset", "DATE")}.`,
  }),

  noGracePeriod: {
    id: "Tidak ada masa peralihan yang berjalan.",
    en: "No grace period is running.",
  },

  gracePeriodRuns: (sunset: string) => ({
    id: `Masa peralihan berjalan sampai ${sunset}.`,
    en: `The grace period runs until ${sunset}.`,
  }),

  retireFrom: (sunset: string) => ({
    id: `Akhiri mulai ${sunset}.`,
    en: `Retire it from ${sunset}.`,
  }),

  succeededBy: (successor: string) => ({
    id: `Digantikan ${successor}.`,
    en: `Succeeded by ${successor}.`,
  }),

  successorNotServing: (successor: string) => ({
    id: `Pengganti ${successor} tidak dikenal atau tidak dilayani.`,
    en: `The successor ${successor} is not known or does not serve.`,
  }),

  nameSuccessor: {
    id: `Sebutkan versi layanan lain yang diuji coba atau aktif: ${optionFor("successor", "ID")}.`,
    en: `Name another service version that is on trial or active: ${optionFor("successor", "ID")}.`,
  },
} as const;
