import type { Text } from "../../base/text.ts";

const levels: Text = {
  id: "harus kode wilayah Kemendagri berupa teks: PP, PP.KK, PP.KK.CC, atau PP.KK.CC.DDDD, dengan titik dan angka nol di depan",
  en: "must be a Kemendagri region code as a string: PP, PP.KK, PP.KK.CC or PP.KK.CC.DDDD, with its dots and leading zeros",
};
const province: Text = { id: "kode provinsi harus 11–99", en: "the province must be 11–99" };
const regency: Text = { id: "kode kabupaten harus 01–69, kota 71–99", en: "a kabupaten must be 01–69, a kota 71–99" };
const district: Text = { id: "kode kecamatan tidak boleh 00", en: "the district must not be 00" };
const village: Text = { id: "kode desa/kelurahan tidak boleh 0000", en: "the village must not be 0000" };

/**
 * The parts of a Kemendagri region code (Permendagri 58/2021 and its successors). Which codes are in use is not asked: regions split, and a
 * gateway that is a year behind must not refuse the people of a new one.
 */
export function judgeRegionParts(pp: string, kk?: string, cc?: string, dddd?: string): Text | undefined {
  if (pp < "11") return province;
  if (kk === "00" || kk === "70") return regency;
  if (cc === "00") return district;
  if (dddd === "0000") return village;
  return undefined;
}

/** `16.03`: Kemendagri, always with dots, so that it is never taken for a BPS code (16.73 here is 1674 there). */
export function judgeRegion(value: string): Text | undefined {
  const parts = /^(\d{2})(?:\.(\d{2})(?:\.(\d{2})(?:\.(\d{4}))?)?)?$/.exec(value);
  return parts === null ? levels : judgeRegionParts(parts[1]!, parts[2], parts[3], parts[4]);
}

const bpsLevels: Text = {
  id: "harus kode wilayah BPS berupa teks: 2, 4, 7, atau 10 angka tanpa titik (bukan kode Kemendagri)",
  en: "must be a BPS region code as a string: 2, 4, 7 or 10 digits without dots (not a Kemendagri code)",
};

/** `1603`, `1603052`: BPS numbers its districts in three digits and writes no dots. */
export function judgeBpsRegion(value: string): Text | undefined {
  const parts = /^(\d{2})(?:(\d{2})(?:\d{3}(?:\d{3})?)?)?$/.exec(value);
  return parts === null ? bpsLevels : judgeRegionParts(parts[1]!, parts[2]);
}
