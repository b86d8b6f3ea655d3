import type { Text } from "../../base/text.ts";

export const messages = {
  lintFinding: (rule: string, pointer: string, message: Text) => ({
    id: `${rule} ${pointer}: ${message.id}`,
    en: `${rule} ${pointer}: ${message.en}`,
  }),

  opinionsInForce: (opinions: string) => ({
    id: `Pertimbangan berlaku: ${opinions}.`,
    en: `Opinions stand: ${opinions}.`,
  }),

  opinionsMissing: (opinions: Text) => ({
    id: `Pertimbangan belum ada atau tidak berlaku lagi: ${opinions.id}.`,
    en: `Opinions are missing or no longer stand: ${opinions.en}.`,
  }),

  recordOpinion: (duty: Text) => ({
    id: `Verifikator mencatat pertimbangannya (opinion record), orang kedua menegaskannya (opinion confirm).${duty.id}`,
    en: `The verifier records the opinion (opinion record), a second person confirms it (opinion confirm).${duty.en}`,
  }),

  recorded: { id: "tercatat, menunggu penegasan orang kedua", en: "recorded, to be confirmed by a second person" },

  confirmOpinion: (id: string) => ({
    id: `Orang kedua menegaskannya: opinion confirm ${id}.`,
    en: `A second person confirms it: opinion confirm ${id}.`,
  }),

  askForLetter: (authority: string, duty: Text) => ({
    id: `Mintalah surat dari ${authority}, lalu catat nomor, tanggal dan SHA-256 berkasnya (opinion record).${duty.id}`,
    en: `Ask ${authority} for its letter, then record number, date and the file's SHA-256 (opinion record).${duty.en}`,
  }),

  ranOut: (day: string) => ({
    id: `berakhir ${day}`,
    en: `ended on ${day}`,
  }),

  revoked: (day: string) => ({
    id: `dicabut ${day}`,
    en: `revoked on ${day}`,
  }),

  mechanismMissing: {
    id: "Simpul versi ini belum memiliki mekanismenya; instansi tetap dapat bekerja dalam keadaan persiapan di antara anggota uji.",
    en: "This version of Simpul does not have the mechanism yet; the instance can go on working in preparation, among test members.",
  },

  lapsed: (detail: Text, revision: string, why: Text) => ({
    id: `${detail.id} Yang dari ${revision} tidak dipakai lagi: ${why.id}.`,
    en: `${detail.en} That of ${revision} no longer serves: ${why.en}.`,
  }),

  exempt: (until: string, letter: string, detail: Text) => ({
    id: `Dibebaskan sampai dengan ${until} (${letter}): ${detail.id}`,
    en: `Exempt through ${until} (${letter}): ${detail.en}`,
  }),

  fieldsDropped: (grants: string) => ({
    id: `Perhatian: kontrak ini menghapus kolom yang diizinkan: ${grants}.`,
    en: `Mind: this contract drops fields that are granted: ${grants}.`,
  }),

  putFieldsBack: {
    id: "Kembalikan kolomnya, atau beri tahu konsumennya agar memperbarui izin (grant renew) dengan kolom yang ada.",
    en: "Put the fields back, or tell the consumers, so that they renew their grants (grant renew) with the fields that there are.",
  },
} as const;
