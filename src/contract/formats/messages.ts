import type { Text } from "../../base/text.ts";

/** "<title> (<source>, per <date>)": the list as the sentences below name it. */
const listName = ({ title, source, asOf }: { readonly title: Text; readonly source: string; readonly asOf: string }): Text => ({
  id: `${title.id} (${source}, per ${asOf})`,
  en: `${title.en} (${source}, as of ${asOf})`,
});

export const messages = {
  mustBe: (what: Text): Text => ({ id: `harus ${what.id}`, en: `must be ${what.en}` }),

  nikDigits: { id: "NIK harus tepat 16 angka, berupa teks", en: "a NIK is exactly 16 digits, as a string" },
  nikBirth: {
    id: "tanggal lahir dalam NIK (angka 7–12: HHBBTT, hari + 40 untuk perempuan) tidak ada",
    en: "the date of birth in the NIK (digits 7–12: DDMMYY, day + 40 for women) does not exist",
  },
  nikSerial: { id: "nomor urut NIK tidak boleh 0000", en: "the serial of a NIK must not be 0000" },
  nikRegion: (wrong: Text): Text => ({ id: `wilayah dalam NIK: ${wrong.id}`, en: `region in the NIK: ${wrong.en}` }),
  nipDigits: { id: "NIP harus tepat 18 angka, berupa teks", en: "a NIP is exactly 18 digits, as a string" },
  nipBirth: {
    id: "tanggal lahir dalam NIP (angka 1–8: TTTTBBHH) tidak ada",
    en: "the date of birth in the NIP (digits 1–8: YYYYMMDD) does not exist",
  },
  nipMonth: {
    id: "bulan pengangkatan dalam NIP (angka 9–14: TTTTBB) tidak ada; untuk PPPK pakai format nip-pppk",
    en: "the month of appointment in the NIP (digits 9–14: YYYYMM) does not exist; a PPPK number is of the format nip-pppk",
  },
  nipSex: { id: "angka ke-15 NIP harus 1 atau 2", en: "digit 15 of a NIP must be 1 or 2" },
  pppkContract: {
    id: "angka 13–14 nomor induk PPPK bukan bulan (lebih dari 12); untuk PNS pakai format nip",
    en: "digits 13–14 of a PPPK number are no month (above 12); a PNS number is of the format nip",
  },

  regionLevels: {
    id: "harus kode wilayah Kemendagri berupa teks: PP, PP.KK, PP.KK.CC, atau PP.KK.CC.DDDD, dengan titik dan angka nol di depan",
    en: "must be a Kemendagri region code as a string: PP, PP.KK, PP.KK.CC or PP.KK.CC.DDDD, with its dots and leading zeros",
  },
  province: { id: "kode provinsi harus 11–99", en: "the province must be 11–99" },
  regency: { id: "kode kabupaten harus 01–69, kota 71–99", en: "a kabupaten must be 01–69, a kota 71–99" },
  district: { id: "kode kecamatan tidak boleh 00", en: "the district must not be 00" },
  village: { id: "kode desa/kelurahan tidak boleh 0000", en: "the village must not be 0000" },
  bpsLevels: {
    id: "harus kode wilayah BPS berupa teks: 2, 4, 7, atau 10 angka tanpa titik (bukan kode Kemendagri)",
    en: "must be a BPS region code as a string: 2, 4, 7 or 10 digits without dots (not a Kemendagri code)",
  },

  codeWithdrawn: (list: Parameters<typeof listName>[0], successor: string): Text => ({
    id: `kode ini dicabut dalam ${listName(list).id}; penggantinya ${successor}`,
    en: `this code is withdrawn in ${listName(list).en}; ${successor} followed it`,
  }),
  codeUnlisted: (list: Parameters<typeof listName>[0]): Text => ({
    id: `tidak ada dalam ${listName(list).id}`,
    en: `not in ${listName(list).en}`,
  }),

  dateForm: { id: "harus tanggal TTTT-BB-HH (RFC 3339)", en: "must be a date YYYY-MM-DD (RFC 3339)" },
  noSuchDay: { id: "tanggal ini tidak ada dalam kalender", en: "this day is not in the calendar" },
  dateTimeForm: {
    id: "harus tanggal dan jam dengan selisih zona, seperti 2026-01-31T08:00:00+07:00 (RFC 3339; WIB = +07:00)",
    en: "must be a date and time with its offset, such as 2026-01-31T08:00:00+07:00 (RFC 3339; WIB is +07:00)",
  },
  finite: { id: "harus bilangan yang berhingga", en: "must be a finite number" },
  timeForm: {
    id: "harus jam dengan selisih zona, seperti 08:00:00+07:00 (RFC 3339)",
    en: "must be a time with its offset, such as 08:00:00+07:00 (RFC 3339)",
  },
  noSuchTime: {
    id: "jam ini tidak ada (00:00:00–23:59:59, selisih zona sampai ±23:59; detik 60 hanya pada akhir bulan, 23:59:60 UTC)",
    en: "this time does not exist (00:00:00–23:59:59, offset up to ±23:59; second 60 at the end of a month only, 23:59:60 UTC)",
  },
} as const;
