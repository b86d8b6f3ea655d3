import type { Text } from "../../base/text.ts";
import { digitsAt } from "./digits.ts";
import { messages } from "./messages.ts";

/**
 * The form of the parts of a Kemendagri region code (Permendagri 58/2021 and its successors). Which codes are in use is
 * for the reference list to say, and how much that matters: regions split.
 */
export function validateRegionParts(pp: number, kk?: number, cc?: number, dddd?: number): Text | undefined {
  if (pp < 11) return messages.province;
  if (kk === 0 || kk === 70) return messages.regency;
  if (cc === 0) return messages.district;
  if (dddd === 0) return messages.village;
  return undefined;
}

const dot = 0x2e;

/** `16.03`: Kemendagri, always with dots, so that it is never taken for a BPS code (16.73 here is 1674 there). */
export function validateRegion(value: string): Text | undefined {
  const { length } = value;
  if (length !== 2 && length !== 5 && length !== 8 && length !== 13) return messages.regionLevels;
  for (let i = 2; i < length && i < 9; i += 3) if (value.charCodeAt(i) !== dot) return messages.regionLevels;
  const pp = digitsAt(value, 0, 2);
  const kk = length > 2 ? digitsAt(value, 3, 2) : undefined;
  const cc = length > 5 ? digitsAt(value, 6, 2) : undefined;
  const dddd = length > 8 ? digitsAt(value, 9, 4) : undefined;
  // One that is no number makes the sum none.
  return Number.isNaN(pp + (kk ?? 0) + (cc ?? 0) + (dddd ?? 0)) ? messages.regionLevels : validateRegionParts(pp, kk, cc, dddd);
}

/** `1603`, `1603052`: BPS numbers its districts in three digits and writes no dots. */
export function validateBpsRegion(value: string): Text | undefined {
  if (!/^\d{2}(?:\d{2}(?:\d{3}(?:\d{3})?)?)?$/.test(value)) return messages.bpsLevels;
  return validateRegionParts(digitsAt(value, 0, 2), value.length > 2 ? digitsAt(value, 2, 2) : undefined);
}
