import type { Text } from "../../base/text.ts";

/** What the demo shows of the road from preparation to production. */
export const messages = {
  phases: {
    instance: { id: "Instansi: dari persiapan ke produksi", en: "The instance: from preparation to production" },
    services: { id: "Layanan: dari usul sampai produksi", en: "Services: from proposal to production" },
    grants: { id: "Izin akses diminta dan diputus", en: "Grants are asked for and decided" },
  },
  road: (regulation: string): Text => ({
    id: `Jalan menurut ${regulation}, ditempuh petugas contoh`,
    en: `The road under ${regulation}, taken by demo officers`,
  }),
  appointed: (officers: number): Text => ({
    id: `${officers} petugas contoh ditunjuk administrator, masing-masing dengan tokennya`,
    en: `${officers} demo officers appointed by the administrator, each with a token`,
  }),
  lettersAre: (folder: string): Text => ({
    id: `Surat-suratnya sintetis: ${folder}.`,
    en: "Their letters are synthetic.",
  }),
  reached: (reached: number, all: number, steps: number): Text => ({
    id: `${reached} dari ${all} sampai tujuan, ${steps} langkah`,
    en: `${reached} of ${all} reached their end, ${steps} steps`,
  }),
  byDesign: {
    id: "memang berhenti: kelas rahasia memerlukan mutual TLS, yang belum ada",
    en: "stops on purpose: class rahasia needs mutual TLS, which is not there yet",
  },
  inFull: (file: string): Text => ({
    id: `Seluruh jalan, langkah demi langkah dengan pasalnya: ${file}, atau --road.`,
    en: "The whole road, step by step with its pasal: that file, or --road.",
  }),
  inProduction: (regulation: string, active: number, services: number): Text => ({
    id: `Instansi dalam produksi menurut ${regulation}; ${active} dari ${services} layanan aktif.`,
    en: `In production under ${regulation}; ${active} of ${services} services active.`,
  }),
  inPreparation: (regulation: string, unmet: string): Text => ({
    id: `Instansi tetap dalam persiapan menurut ${regulation} (${unmet}); pertukaran berikut berlangsung di antara anggota uji.`,
    en: `Still in preparation under ${regulation} (${unmet}); the exchanges below are among test members.`,
  }),
};
