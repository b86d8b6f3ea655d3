import type { Text } from "../../base/text.ts";
import { dayExists } from "./calendar.ts";
import { digitsAt } from "./digits.ts";
import { validateRegionParts } from "./region.ts";

const nikDigits: Text = { id: "NIK harus tepat 16 angka, berupa teks", en: "a NIK is exactly 16 digits, as a string" };
const nikBirth: Text = {
  id: "tanggal lahir dalam NIK (angka 7–12: HHBBTT, hari + 40 untuk perempuan) tidak ada",
  en: "the date of birth in the NIK (digits 7–12: DDMMYY, day + 40 for women) does not exist",
};
const nikSerial: Text = { id: "nomor urut NIK tidak boleh 0000", en: "the serial of a NIK must not be 0000" };

/** Population number (UU 24/2013, Perpres 96/2018): region of issue, date of birth, serial. It has no check digit. */
export function validateNik(value: string): Text | undefined {
  if (value.length !== 16) return nikDigits;
  const pp = digitsAt(value, 0, 2);
  const kk = digitsAt(value, 2, 2);
  const cc = digitsAt(value, 4, 2);
  const day = digitsAt(value, 6, 2);
  const month = digitsAt(value, 8, 2);
  const year = digitsAt(value, 10, 2);
  const serial = digitsAt(value, 12, 4);
  // One that is no number makes the sum none.
  if (Number.isNaN(pp + kk + cc + day + month + year + serial)) return nikDigits;
  const region = validateRegionParts(pp, kk, cc);
  if (region !== undefined) return { id: `wilayah dalam NIK: ${region.id}`, en: `region in the NIK: ${region.en}` };
  // The century is not written. Taking 20YY admits 29 February of 1900 as 2000, and loses nobody.
  if (!dayExists(2000 + year, month, day > 40 ? day - 40 : day)) return nikBirth;
  return serial === 0 ? nikSerial : undefined;
}

const nipDigits: Text = { id: "NIP harus tepat 18 angka, berupa teks", en: "a NIP is exactly 18 digits, as a string" };
const nipBirth: Text = {
  id: "tanggal lahir dalam NIP (angka 1–8: TTTTBBHH) tidak ada",
  en: "the date of birth in the NIP (digits 1–8: YYYYMMDD) does not exist",
};
const nipMonth: Text = {
  id: "bulan pengangkatan dalam NIP (angka 9–14: TTTTBB) tidak ada; untuk PPPK pakai format nip-pppk",
  en: "the month of appointment in the NIP (digits 9–14: YYYYMM) does not exist; a PPPK number is of the format nip-pppk",
};
const nipSex: Text = { id: "angka ke-15 NIP harus 1 atau 2", en: "digit 15 of a NIP must be 1 or 2" };
const pppkContract: Text = {
  id: "angka 13–14 nomor induk PPPK bukan bulan (lebih dari 12); untuk PNS pakai format nip",
  en: "digits 13–14 of a PPPK number are no month (above 12); a PNS number is of the format nip",
};

/** 18 digits of a civil servant up to the part in which PNS and PPPK differ. */
function validateServant(value: string, judgeAppointment: (year: number, rest: number) => Text | undefined): Text | undefined {
  if (value.length !== 18 || Number.isNaN(digitsAt(value, 0, 18))) return nipDigits;
  const [year, sex] = [digitsAt(value, 0, 4), digitsAt(value, 14, 1)];
  if (!isRecent(year) || !dayExists(year, digitsAt(value, 4, 2), digitsAt(value, 6, 2))) return nipBirth;
  return judgeAppointment(digitsAt(value, 8, 4), digitsAt(value, 12, 2)) ?? (sex === 1 || sex === 2 ? undefined : nipSex);
}

/** Of the twentieth or twenty-first century. */
const isRecent = (year: number): boolean => year >= 1900 && year < 2100;

/** Civil servant number (Peraturan Kepala BKN 22/2007): birth, month of appointment, sex, serial. */
export function validateNip(value: string): Text | undefined {
  return validateServant(value, (year, month) => (isRecent(year) && month >= 1 && month <= 12 ? undefined : nipMonth));
}

/** The number of an employee under contract (PPPK): where a NIP has the month of appointment, a contract code above 12. */
export function validateNipPppk(value: string): Text | undefined {
  return validateServant(value, (year, code) => (year >= 2000 && year < 2100 && code > 12 ? undefined : pppkContract));
}
