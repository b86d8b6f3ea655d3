import type { Text } from "../../base/text.ts";
import { dayExists } from "./calendar.ts";
import { digitsAt } from "./digits.ts";
import { messages } from "./messages.ts";
import { validateRegionParts } from "./region.ts";

/** Population number (UU 24/2013, Perpres 96/2018): region of issue, date of birth, serial. It has no check digit. */
export function validateNik(value: string): Text | undefined {
  if (value.length !== 16) return messages.nikDigits;
  const pp = digitsAt(value, 0, 2);
  const kk = digitsAt(value, 2, 2);
  const cc = digitsAt(value, 4, 2);
  const day = digitsAt(value, 6, 2);
  const month = digitsAt(value, 8, 2);
  const year = digitsAt(value, 10, 2);
  const serial = digitsAt(value, 12, 4);
  // If one of them is NaN, so is the sum.
  if (Number.isNaN(pp + kk + cc + day + month + year + serial)) return messages.nikDigits;
  const region = validateRegionParts(pp, kk, cc);
  if (region !== undefined) return messages.nikRegion(region);
  // The century is not written. Taking 20YY accepts 29 February 1900 (as of 2000) and refuses no valid NIK.
  if (!dayExists(2000 + year, month, day > 40 ? day - 40 : day)) return messages.nikBirth;
  return serial === 0 ? messages.nikSerial : undefined;
}

/** Validates the 18 digits of a civil servant up to the part in which PNS and PPPK differ. */
function validateServant(value: string, judgeAppointment: (year: number, rest: number) => Text | undefined): Text | undefined {
  if (value.length !== 18 || Number.isNaN(digitsAt(value, 0, 18))) return messages.nipDigits;
  const [year, sex] = [digitsAt(value, 0, 4), digitsAt(value, 14, 1)];
  if (!isRecent(year) || !dayExists(year, digitsAt(value, 4, 2), digitsAt(value, 6, 2))) return messages.nipBirth;
  return judgeAppointment(digitsAt(value, 8, 4), digitsAt(value, 12, 2)) ?? (sex === 1 || sex === 2 ? undefined : messages.nipSex);
}

/** Whether a year is in the twentieth or twenty-first century. */
const isRecent = (year: number): boolean => year >= 1900 && year < 2100;

/** Civil servant number (Peraturan Kepala BKN 22/2007): birth, month of appointment, sex, serial. */
export function validateNip(value: string): Text | undefined {
  return validateServant(value, (year, month) => (isRecent(year) && month >= 1 && month <= 12 ? undefined : messages.nipMonth));
}

/**
 * The number of an employee under contract (PPPK): where a NIP has the month of appointment, a contract code above 12.
 */
export function validateNipPppk(value: string): Text | undefined {
  return validateServant(value, (year, code) => (year >= 2000 && year < 2100 && code > 12 ? undefined : messages.pppkContract));
}
