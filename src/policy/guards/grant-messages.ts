import { optionFor } from "../input-options.ts";
import { countOf } from "../../base/text.ts";
const processingOptions = [optionFor("personalData.ground", "VALUE"), optionFor("personalData.processingRecord", "VALUE")].join(" ");

export const messages = {
  onlyGrant: {
    id: "Tidak ada izin lain yang berlaku bagi konsumen, layanan, dan tujuan ini pada masa itu.",
    en: "No other grant is in force for this consumer, service and purpose in that period.",
  },

  otherGrant: (grant: string, operations: string) => ({
    id: `Izin ${grant} sudah berlaku bagi konsumen, layanan, dan tujuan ini (operasi ${operations}).`,
    en: `The grant ${grant} is in force for this consumer, service and purpose already (operations ${operations}).`,
  }),

  renewOther: (grant: string) => ({
    id: `Perpanjang atau perluas izin itu: grant renew ${grant}, dengan semua operasi yang diperlukan.`,
    en: `Renew or widen that one: grant renew ${grant}, with all the operations that are needed.`,
  }),

  replacedAlready: (grant: string, by: string) => ({
    id: `Izin ${grant} sudah diganti oleh ${by}.`,
    en: `The grant ${grant} is replaced by ${by} already.`,
  }),

  beginsBefore: (grant: string, day: string) => ({
    id: `Perpanjangan mulai sebelum izin ${grant} sendiri, yang mulai ${day}.`,
    en: `The renewal begins before the grant ${grant} itself, which begins on ${day}.`,
  }),

  beginFrom: (day: string) => ({
    id: `Mulai paling awal ${day} (--from).`,
    en: `Begin on ${day} at the earliest (--from).`,
  }),

  suspendedGrant: (grant: string) => ({
    id: `Izin ${grant} sedang dihentikan sementara.`,
    en: `The grant ${grant} is suspended.`,
  }),

  resumeFirst: (grant: string) => ({
    id: `Lanjutkan dahulu (grant resume ${grant}), atau cabut (grant revoke ${grant}).`,
    en: `Resume it first (grant resume ${grant}), or revoke it (grant revoke ${grant}).`,
  }),

  replaces: (grants: string, day: string) => ({
    id: `Mengganti izin ${grants} sejak ${day}: sesudah itu hanya izin ini yang berlaku, dengan kuota dan lajunya.`,
    en: `Replaces the grant ${grants} from ${day}: after that only this one is in force, with its quota and rate.`,
  }),

  serviceNotUsable: {
    id: "Layanan itu belum dapat dipakai.",
    en: "That service cannot be used yet.",
  },

  awaitService: {
    id: "Tunggu sampai layanan diuji coba atau aktif.",
    en: "Wait until the service is on trial or active.",
  },

  operationsUnknown: (operations: string) => ({
    id: `Operasi tidak ada dalam kontrak: ${operations}.`,
    en: `Operations are not in the contract: ${operations}.`,
  }),

  chooseFrom: (choice: string) => ({
    id: `Pilih dari: ${choice}.`,
    en: `Choose from: ${choice}.`,
  }),

  withinContract: {
    id: "Semua operasi dan kolom ada dalam kontrak.",
    en: "Every operation and field is in the contract.",
  },

  widenedToWholeAnswers: (before: readonly string[]) => ({
    id: `Izin diperluas dari kolom ${before.join(", ") || "terbuka saja"} menjadi seluruh isi jawaban.`,
    en: `The grant is widened from the fields ${before.join(", ") || "that are open"} to whole answers.`,
  }),

  fieldsUnknown: (fields: string) => ({
    id: `Kolom tidak ada dalam jawaban operasi yang diminta: ${fields}.`,
    en: `Fields are not in the answers of these operations: ${fields}.`,
  }),

  writeFieldsAsPointers: {
    id: "Tulis setiap kolom sebagai JSON Pointer menurut skema jawaban, dengan * untuk setiap unsur array, seperti /data/*/nama.",
    en: "Write each field as a JSON Pointer by the schema of the answer, with * for every item of an array, such as /data/*/nama.",
  },

  periodUnlimited: {
    id: "Masa tidak dibatasi.",
    en: "The period is not limited.",
  },

  monthsAtMost: (months: number) => ({
    id: `Paling lama ${months} bulan.`,
    en: `${countOf(months, "month")} at most.`,
  }),

  periodTooLong: (months: number) => ({
    id: `Masa izin melebihi ${months} bulan.`,
    en: `The period is longer than ${countOf(months, "month")}.`,
  }),

  endBy: (day: string) => ({
    id: `Akhiri paling lambat ${day}; perpanjang sebelum habis.`,
    en: `End it on ${day} at the latest; renew before it runs out.`,
  }),

  quotaHoldsLoad: {
    id: "Kuota menampung perkiraan beban.",
    en: "The quota holds the expected load.",
  },

  loadAboveQuota: (expectedLoad: number | undefined, dailyQuota: number) => ({
    id: `Perkiraan beban ${expectedLoad} melebihi kuota ${dailyQuota}.`,
    en: `The expected load of ${expectedLoad} is above the quota of ${dailyQuota}.`,
  }),

  askFittingQuota: {
    id: "Mintalah kuota yang sesuai.",
    en: "Ask for a quota that fits.",
  },

  serviceIsOpen: {
    id: "Layanan terbuka.",
    en: "The service is open.",
  },

  serviceIsAboutNobody: {
    id: "Layanan tidak memuat data pribadi (personalData: false dalam service.yaml).",
    en: "The service has no personal data (personalData: false in service.yaml).",
  },

  processingGround: (ground: string) => ({
    id: `Dasar pemrosesan: ${ground}.`,
    en: `Ground of processing: ${ground}.`,
  }),

  processingGroundMissing: {
    id: "Dasar pemrosesan data pribadi dan nomor catatan pemrosesan belum dinyatakan.",
    en: "The ground for processing personal data and the record of processing are not named.",
  },

  giveProcessingGround: {
    id: `Isi dasar pemrosesan menurut UU 27/2022 Pasal 20 dan nomor catatannya: ${processingOptions}.`,
    en: `Give the ground of processing under UU 27/2022 Pasal 20 and the number of its record: ${processingOptions}.`,
  },

  connected: {
    id: "Penyedia terhubung dan layanannya terbuka bagi pemohon lewat gerbang ini.",
    en: "The provider is connected, and its service open to the consumer, through this gateway.",
  },

  providerNotConnected: {
    id: "Layanan penyedia belum terhubung ke gerbang.",
    en: "The provider's service is not connected to the gateway.",
  },

  takeRoadToTrial: {
    id: "Tempuh jalan layanan sampai uji coba (service try).",
    en: "Take the service's road up to its trial (service try).",
  },

  sameAgency: {
    id: "Pemohon dan pemilik adalah Perangkat Daerah yang sama.",
    en: "Consumer and owner are one agency.",
  },

  coordinated: (officer: string) => ({
    id: `Dikoordinasikan oleh Dinas (${officer}).`,
    en: `Coordinated by the Dinas (${officer}).`,
  }),

  notCoordinated: {
    id: "Dinas belum mengoordinasikan.",
    en: "The Dinas has not coordinated it.",
  },

  registrarCoordinates: {
    id: "Registrar: grant coordinate.",
    en: "The registrar: grant coordinate.",
  },

  consumerIsOwnAgency: {
    id: "Pemohon adalah Perangkat Daerah sendiri.",
    en: "The consumer is one of the region's own agencies.",
  },

  dinasConsents: (officer: string) => ({
    id: `Dinas menyetujui pihak luar (${officer}).`,
    en: `The Dinas consents to the outside party (${officer}).`,
  }),

  outsiderNeedsConsent: {
    id: "Pihak luar memerlukan persetujuan Dinas.",
    en: "An outside party needs the Dinas's consent.",
  },

  outsiderOnBasis: (legalBasis: string) => ({
    id: `Pihak luar, atas dasar: ${legalBasis}.`,
    en: `An outside party, on the basis of: ${legalBasis}.`,
  }),

  outsideParty: (kinds: string) => ({
    id: `Pihak luar; peraturan menyebut ${kinds}.`,
    en: `An outside party; the regulation names ${kinds}.`,
  }),

  sharingComesFirst: {
    id: "Bagi pakai data diutamakan: penolakan ini tercatat dengan sarannya.",
    en: "Sharing data comes first: this refusal is on record, with its advice.",
  },
} as const;
