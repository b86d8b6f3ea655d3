import type { Text } from "../../base/text.ts";

/** What runs out, and what to do about it. */
export const messages = {
  grant: (consumer: string, service: string, purpose: string): Text => ({
    id: `izin ${consumer} atas ${service} untuk tujuan ${purpose}`,
    en: `the grant of ${consumer} for ${service}, purpose ${purpose}`,
  }),
  renewGrant: {
    id: "Petugas konsumen memperpanjang, lalu petugas pemilik layanan memutus.",
    en: "An officer of the consumer renews it, then an officer of the service's owner decides.",
  },
  askAnew: {
    id: "Izin yang sudah berakhir tidak dapat diperpanjang; petugas konsumen meminta yang baru.",
    en: "A grant that has ended cannot be renewed; an officer of the consumer asks for a new one.",
  },
  decideRenewal: (renewal: string): Text => ({
    id: `Perpanjangannya, ${renewal}, menunggu keputusan petugas pemilik layanan.`,
    en: `Its renewal, ${renewal}, waits for the decision of an officer of the service's owner.`,
  }),

  key: (owner: string): Text => ({
    id: `kunci terakhir ${owner}`,
    en: `the last key of ${owner}`,
  }),
  renewKey: {
    id: "Buat kunci baru dan daftarkan sebelum hari itu; kunci lama dan baru boleh berlaku bersama.",
    en: "Make a new key and register it before that day; the old one and the new one may be valid together.",
  },

  opinion: (types: string, authority: string, subject: string): Text => ({
    id: `pertimbangan ${types} dari ${authority} atas ${subject}`,
    en: `the opinion on ${types} from ${authority} about ${subject}`,
  }),
  renewOpinion: {
    id: "Mintalah pertimbangan baru, catat, dan tegaskan oleh orang kedua; tanpa itu layanan yang bertumpu padanya berhenti.",
    en: "Obtain a new opinion, record it, and have a second person confirm it; without one the services that depend on it stop.",
  },

  token: (officer: string): Text => ({
    id: `token petugas ${officer}`,
    en: `the token of the officer ${officer}`,
  }),
  renewToken: {
    id: "Administrator menerbitkan token baru.",
    en: "The administrator issues a new token.",
  },
  remade: {
    id: "Sesudah hari itu gerbang sendiri membuat token administrator yang baru, dalam berkas yang sama.",
    en: "After that day the gateway itself makes a new token for the administrator, in the same file.",
  },

  exemption: (guard: string, subject: string): Text => ({
    id: `pembebasan dari syarat ${guard} bagi ${subject}`,
    en: `the exemption of ${subject} from the condition ${guard}`,
  }),
  meetCondition: {
    id: "Penuhi syaratnya sebelum hari itu: sesudahnya langkah yang memerlukannya ditolak.",
    en: "Meet the condition before that day: after it the steps that need it are refused.",
  },

  sunset: (service: string, successor: string): Text => ({
    id: `${service}, yang digantikan ${successor}`,
    en: `${service}, succeeded by ${successor}`,
  }),
  correction: (service: string, reason: string): Text => ({
    id: `persetujuan atas pembetulan ${service}: “${reason}”`,
    en: `the agreement to the correction of ${service}: “${reason}”`,
  }),
  agree: (from: string): Text => ({
    id: `Petugas konsumen menyetujuinya; pembetulan berlaku mulai ${from}, sesudah semua konsumen setuju.`,
    en: `An officer of the consumer agrees; the correction holds from ${from}, once all consumers have agreed.`,
  }),
  leaveVersion: (grants: number): Text => ({
    id: `Masih ada ${grants} izin atas versi ini: konsumennya pindah ke penggantinya sebelum hari itu, lalu pemilik mengakhirinya.`,
    en: `Grants for this version that are still in force: ${grants}. Their consumers move to its successor, then the owner retires it.`,
  }),
} as const;
