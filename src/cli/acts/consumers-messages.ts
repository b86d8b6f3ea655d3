import { countOf, type Text } from "../../base/text.ts";

export const messages = {
  title: {
    id: "Konsumen sebuah versi layanan, dan kapan terakhir memanggil; tanpa ID: semua versi yang akan digantikan",
    en: "The consumers of a service version, and when each last called; without an ID: of all versions that are deprecated",
  },
  noneDeprecated: { id: "Tidak ada versi yang akan digantikan.", en: "No version is deprecated." },
  noConsumers: { id: "Tidak ada konsumen.", en: "No consumers." },
  deprecated: (sunset: string, successor: string): Text => ({
    id: `Dilayani sampai ${sunset}, digantikan oleh ${successor}.`,
    en: `Served until ${sunset}, replaced by ${successor}.`,
  }),
  correction: (revision: string, from: string): Text => ({
    id: `Pembetulan ${revision}, mulai ${from}.`,
    en: `Correction ${revision}, from ${from}.`,
  }),
  lastUsed: (day: string, calls: number): Text => ({
    id: `terakhir ${day}: ${calls} panggilan`,
    en: `last on ${day}: ${countOf(calls, "call")}`,
  }),
  neverUsed: { id: "tidak memanggil dalam 90 hari", en: "no call within 90 days" },
  agreed: (by: string, day: string): Text => ({ id: `setuju (${by}, ${day})`, en: "agreed" }),
  notAgreed: { id: "belum setuju", en: "has not agreed" },
} as const;
