import { countOf, type Text } from "../../base/text.ts";
import type { GrantParty } from "../../registry/entry.ts";

export const messages = {
  grantSummary: (grant: string, state: string, cover: Text) => ({
    id: `Izin ${grant} (${state}): ${cover.id}`,
    en: `The grant ${grant} (${state}): ${cover.en}`,
  }),

  legalBasisGiven: (legalBasis: string) => ({
    id: `Dasar hukum yang diajukan pemohon: ${legalBasis}.`,
    en: `The legal basis that the consumer gave: ${legalBasis}.`,
  }),

  withoutEnd: {
    id: "tanpa akhir",
    en: "without end",
  },

  through: (day: string) => ({
    id: `sampai dengan ${day}`,
    en: `through ${day}`,
  }),

  grantCover: (consumer: string, operations: string, service: string, purpose: string, begin: string, end: Text, dailyQuota: number) => ({
    id:
      `${consumer} boleh memakai ${operations} pada ${service} untuk tujuan ${purpose}, sejak ${begin} ${end.id}, ${dailyQuota} ` +
      "panggilan sehari.",
    en:
      `${consumer} may use ${operations} of ${service} for the purpose ${purpose}, ` +
      `from ${begin} ${end.en}, ${countOf(dailyQuota, "call")} a day.`,
  }),

  limitedToFields: (fields: readonly string[]) => ({
    id: `Terbatas pada kolom terbuka${fields.length === 0 ? "" : ` dan ${fields.join(", ")}`}.`,
    en: `Limited to the open fields${fields.length === 0 ? "" : ` and ${fields.join(", ")}`}.`,
  }),

  fieldsGone: (fields: string) => ({
    id: `Tidak ada lagi dalam kontrak, jadi tidak diterima: ${fields}.`,
    en: `In the contract no more, and so not delivered: ${fields}.`,
  }),

  renewWithFields: {
    id: "Perbarui izin dengan kolom yang ada (grant renew), atau mintalah pemiliknya mengembalikan kolom itu.",
    en: "Renew the grant with the fields that there are (grant renew), or ask the owner to put them back.",
  },

  personalData: (ground: string, processingRecord: string) => ({
    id: `Data pribadi: ${ground}; catatan pemrosesan ${processingRecord}.`,
    en: `Personal data: ${ground}; record of processing ${processingRecord}.`,
  }),

  renews: (grant: string) => ({
    id: `Memperpanjang izin ${grant}.`,
    en: `Renews the grant ${grant}.`,
  }),

  replacedBy: (grant: string, day: string) => ({
    id: `Diganti oleh izin ${grant} sejak ${day}, dan tidak berlaku lagi sesudah itu.`,
    en: `Replaced by the grant ${grant} from ${day}, and not in force after that.`,
  }),

  renewedBy: (grant: string, state: string) => ({
    id: `Diperpanjang dengan izin ${grant} (${state}).`,
    en: `Renewed by the grant ${grant} (${state}).`,
  }),

  fromManifestUndecided: {
    id: "Dari manifes, tanpa keputusan pemilik: hanya berlaku bagi layanan dalam uji coba.",
    en: "From a manifest, without the owner's decision: it holds for services on trial only.",
  },

  parties: {
    consumer: { id: "konsumen", en: "the consumer" },
    owner: { id: "pemilik", en: "the owner" },
    dinas: { id: "Dinas", en: "the Dinas" },
  } satisfies Readonly<Record<GrantParty, Text>>,

  suspendedBy: (party: Text, reason: string) => ({
    id: `Dihentikan oleh ${party.id}: ${reason}`,
    en: `Suspended by ${party.en}: ${reason}`,
  }),

  onlyPartyResumes: (party: Text) => ({
    id: `Hanya ${party.id} yang melanjutkannya (grant resume).`,
    en: `Only ${party.en} resumes it (grant resume).`,
  }),

  isMissing: {
    id: "belum ada",
    en: "is missing",
  },

  isRecorded: (id: string): Text => ({
    id: `tercatat, menunggu penegasan orang kedua: opinion confirm ${id}`,
    en: `is recorded, and a second person has to confirm it: opinion confirm ${id}`,
  }),

  opinionLapsed: (name: Text, since: Text) => ({
    id: `${name.id} ${since.id}.`,
    en: `${name.en} ${since.en}.`,
  }),

  record: (opinion: string) => ({
    id: `catatan ${opinion}`,
    en: `record ${opinion}`,
  }),

  letter: (number: string, date: string) => ({
    id: `surat ${number} tanggal ${date}`,
    en: `letter ${number} of ${date}`,
  }),

  letterAndPeriod: (name: Text, letter: Text, period: Text) => ({
    id: `${name.id}: ${letter.id}, ${period.id}.`,
    en: `${name.en}: ${letter.en}, ${period.en}.`,
  }),

  wasRevoked: (day: string, officer: string, reason: string) => ({
    id: `dicabut ${day} oleh ${officer}: ${reason}`,
    en: `was revoked on ${day} by ${officer}: ${reason}`,
  }),

  ranOut: (day: string) => ({
    id: `berakhir pada ${day}`,
    en: `ended on ${day}`,
  }),

  inForceFrom: (from: string) => ({
    id: `berlaku sejak ${from} sampai dicabut`,
    en: `in force from ${from} until revoked`,
  }),

  inForceBetween: (from: string, lastDay: string) => ({
    id: `berlaku sejak ${from} sampai dengan ${lastDay}`,
    en: `in force from ${from} through ${lastDay}`,
  }),

  evidence: (type: string, document: string, number: string, date: string) => ({
    id: `Bukti ${type}: ${document}, ${number}, ${date}.`,
    en: `Evidence ${type}: ${document}, ${number}, ${date}.`,
  }),

  /** What an opinion may be on, besides a service. */
  subjects: {
    instance: { id: "SPL secara keseluruhan", en: "the SPL as a whole" },
    network: { id: "Jaringan Intra", en: "the intra network" },
  },

  opinionSummary: (types: string, authority: string, subject: Text, standing: Text) => ({
    id: `Pertimbangan ${types} dari ${authority} atas ${subject.id}: ${standing.id}.`,
    en: `The opinion on ${types} from ${authority} about ${subject.en}: ${standing.en}.`,
  }),

  itsForm: {
    id: "Bentuknya",
    en: "Its form",
  },

  recordedOnly: {
    id: "dicatat, belum ditegaskan orang kedua",
    en: "recorded, not confirmed by a second person yet",
  },

  refusedWithAdvice: (advice: string) => ({
    id: `ditolak dengan saran “${advice}”`,
    en: `refused with advice “${advice}”`,
  }),

  recordWithdrawn: {
    id: "catatannya ditarik",
    en: "its record was withdrawn",
  },

  notBefore: (day: string) => ({
    id: `baru berlaku ${day}`,
    en: `not in force before ${day}`,
  }),

  voluntary: (name: Text) => ({
    id: `${name.id}: sukarela; produksi tidak bertumpu padanya.`,
    en: `${name.en}: voluntary; production does not rest on it.`,
  }),

  everyService: {
    id: "setiap layanan dalam produksi",
    en: "every service in production",
  },

  required: (name: Text, dependent: Text) => ({
    id: `${name.id}: disyaratkan sebelum produksi; ${dependent.id} bertumpu padanya.`,
    en: `${name.en}: required before production; ${dependent.en} rests on it.`,
  }),

  onCondition: (condition: string) => ({
    id: `Dengan syarat: ${condition}`,
    en: `On condition: ${condition}`,
  }),

  judged: (version: string, upstream: string, classification: string) => ({
    id: `Yang dinilai: ${version}, ${upstream}, ${classification}.`,
    en: `What was judged: ${version}, ${upstream}, ${classification}.`,
  }),

  servesProduction: (service: string, revision: number) => ({
    id: `${service} melayani produksi dengan revisi r${revision}.`,
    en: `${service} serves production with revision r${revision}.`,
  }),

  servesUntil: (service: string, revision: number, sunset: string, successor: string) => ({
    id: `${service} melayani produksi dengan revisi r${revision} sampai dengan ${sunset}, lalu digantikan ${successor}.`,
    en: `${service} serves production with revision r${revision} through ${sunset}, then succeeded by ${successor}.`,
  }),

  sunsetPassed: (service: string, revision: number, sunset: string, successor: string) => ({
    id: `${service} (r${revision}) sudah berakhir sejak ${sunset}, penggantinya ${successor}; pemilik mengakhirinya (service retire).`,
    en: `${service} (r${revision}) has been over since ${sunset}, its successor is ${successor}; its owner retires it (service retire).`,
  }),

  serviceSuspended: (service: string, officer: string, reason: string) => ({
    id: `${service} dihentikan sementara oleh ${officer}: ${reason}`,
    en: `${service} is suspended by ${officer}: ${reason}`,
  }),

  notServed: (service: string) => ({
    id: `${service} tidak dilayani.`,
    en: `${service} is not served.`,
  }),

  onTrialNoActiveRevision: (service: string) => ({
    id: `${service} dalam uji coba di antara anggota uji: belum ada revisi yang aktif.`,
    en: `${service} is on trial among test members: no revision of it is active.`,
  }),

  onTrialInPreparation: (service: string) => ({
    id: `${service} dalam uji coba di antara anggota uji: instansi masih persiapan.`,
    en: `${service} is on trial among test members: the instance is still in preparation.`,
  }),

  revision: (number: number, state: string) => ({
    id: `Revisi r${number}: ${state}.`,
    en: `Revision r${number}: ${state}.`,
  }),

  revisionAfter: (number: number, state: string, previous: string) => ({
    id: `Revisi r${number}: ${state}, sesudah ${previous}.`,
    en: `Revision r${number}: ${state}, after ${previous}.`,
  }),

  broughtByManifest: {
    id: "Dibawa masuk oleh manifes (simpul apply); manifes tidak membuka jalan ke produksi.",
    en: "Brought in by a manifest (simpul apply); a manifest opens no road to production.",
  },

  proposeNext: {
    id: "Langkah berikut: petugas Perangkat Daerah mengusulkan layanan (revision.propose).",
    en: "Next: an officer of the agency proposes the service (revision.propose).",
  },

  profileInForce: (regulation: string, profile: string, version: string) => ({
    id: `Berlaku ${regulation}, profil ${profile} versi ${version}.`,
    en: `${regulation} is in force, profile ${profile} version ${version}.`,
  }),

  notRequired: (answer: Text) => ({
    id: `Tidak disyaratkan: ${answer.id}`,
    en: `Not required: ${answer.en}`,
  }),

  document: (name: string) => ({
    id: `Dokumen ${name}.`,
    en: `Document ${name}.`,
  }),

  decisionTaken: (title: Text, transition: string, note: string) => ({
    id: `${title.id} (${transition}).${note}`,
    en: `${title.en} (${transition}).${note}`,
  }),

  judgement: (title: Text, detail: Text) => ({
    id: `${title.id}: ${detail.id}`,
    en: `${title.en}: ${detail.en}`,
  }),

  nextStep: (title: Text, name: string, who: string, ready: boolean) => ({
    id: `Langkah berikut: ${title.id} (${name}), oleh ${who}${ready ? "; semua syaratnya terpenuhi" : ""}.`,
    en: `Next: ${title.en} (${name}), by ${who}${ready ? "; all its conditions are met" : ""}.`,
  }),
} as const;
