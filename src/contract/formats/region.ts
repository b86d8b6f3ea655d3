import type { Text } from "../../base/text.ts";
import { digitsAt } from "./digits.ts";

const levels: Text = {
  id: "harus kode wilayah Kemendagri berupa teks: PP, PP.KK, PP.KK.CC, atau PP.KK.CC.DDDD, dengan titik dan angka nol di depan",
  en: "must be a Kemendagri region code as a string: PP, PP.KK, PP.KK.CC or PP.KK.CC.DDDD, with its dots and leading zeros",
};
const province: Text = { id: "kode provinsi harus 11–99", en: "the province must be 11–99" };
const regency: Text = { id: "kode kabupaten harus 01–69, kota 71–99", en: "a kabupaten must be 01–69, a kota 71–99" };
const district: Text = { id: "kode kecamatan tidak boleh 00", en: "the district must not be 00" };
const village: Text = { id: "kode desa/kelurahan tidak boleh 0000", en: "the village must not be 0000" };

/**
 * The form of the parts of a Kemendagri region code (Permendagri 58/2021 and its successors). Which codes are in use is for the reference list to
 * say, and how much that matters: regions split.
 */
export function validateRegionParts(pp: number, kk?: number, cc?: number, dddd?: number): Text | undefined {
  if (pp < 11) return province;
  if (kk === 0 || kk === 70) return regency;
  if (cc === 0) return district;
  if (dddd === 0) return village;
  return undefined;
}

const dot = 0x2e;

/** `16.03`: Kemendagri, always with dots, so that it is never taken for a BPS code (16.73 here is 1674 there). */
export function validateRegion(value: string): Text | undefined {
  const { length } = value;
  if (length !== 2 && length !== 5 && length !== 8 && length !== 13) return levels;
  for (let i = 2; i < length && i < 9; i += 3) if (value.charCodeAt(i) !== dot) return levels;
  const pp = digitsAt(value, 0, 2);
  const kk = length > 2 ? digitsAt(value, 3, 2) : undefined;
  const cc = length > 5 ? digitsAt(value, 6, 2) : undefined;
  const dddd = length > 8 ? digitsAt(value, 9, 4) : undefined;
  // One that is no number makes the sum none.
  return Number.isNaN(pp + (kk ?? 0) + (cc ?? 0) + (dddd ?? 0)) ? levels : validateRegionParts(pp, kk, cc, dddd);
}

const bpsLevels: Text = {
  id: "harus kode wilayah BPS berupa teks: 2, 4, 7, atau 10 angka tanpa titik (bukan kode Kemendagri)",
  en: "must be a BPS region code as a string: 2, 4, 7 or 10 digits without dots (not a Kemendagri code)",
};

/** `1603`, `1603052`: BPS numbers its districts in three digits and writes no dots. */
export function validateBpsRegion(value: string): Text | undefined {
  if (!/^\d{2}(?:\d{2}(?:\d{3}(?:\d{3})?)?)?$/.test(value)) return bpsLevels;
  return validateRegionParts(digitsAt(value, 0, 2), value.length > 2 ? digitsAt(value, 2, 2) : undefined);
}
