import type { Text } from "../../base/text.ts";

/** What the demo shows of the road from preparation to production. */
export const messages = {
  phases: {
    instance: { id: "Instansi: dari persiapan ke produksi", en: "The instance: from preparation to production" },
    services: { id: "Layanan: dari usul sampai produksi", en: "Services: from proposal to production" },
    grants: { id: "Izin akses diminta dan diputus", en: "Grants are asked for and decided" },
  },
  appointed: (officers: string, letters: string): Text => ({
    id: `Petugas contoh yang ditunjuk administrator, masing-masing dengan tokennya: ${officers}. Surat-suratnya sintetis: ${letters}.`,
    en: "Demo officers appointed by the administrator, each with a token. Their letters are synthetic.",
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
