import type { Text } from "../../base/text.ts";
import { digitsAt } from "./digits.ts";
import { messages } from "./messages.ts";

/**
 * Validates the form of the parts of a Kemendagri region code (Permendagri 58/2021 and its successors). The reference
 * list says which codes are in use, and how severe an unknown one is: regions split.
 */
export function validateRegionParts(pp: number, kk?: number, cc?: number, dddd?: number): Text | undefined {
  if (pp < 11) return messages.province;
  if (kk === 0 || kk === 70) return messages.regency;
  if (cc === 0) return messages.district;
  if (dddd === 0) return messages.village;
  return undefined;
}

const dot = 0x2e;

/**
 * Validates `16.03`, a Kemendagri code. It always has dots, so that it is not taken for a BPS code (16.73 here is 1674
 * there).
 */
export function validateRegion(value: string): Text | undefined {
  const { length } = value;
  if (length !== 2 && length !== 5 && length !== 8 && length !== 13) return messages.regionLevels;
  for (let i = 2; i < length && i < 9; i += 3) if (value.charCodeAt(i) !== dot) return messages.regionLevels;
  const pp = digitsAt(value, 0, 2);
  const kk = length > 2 ? digitsAt(value, 3, 2) : undefined;
  const cc = length > 5 ? digitsAt(value, 6, 2) : undefined;
  const dddd = length > 8 ? digitsAt(value, 9, 4) : undefined;
  // If one of them is NaN, so is the sum.
  return Number.isNaN(pp + (kk ?? 0) + (cc ?? 0) + (dddd ?? 0)) ? messages.regionLevels : validateRegionParts(pp, kk, cc, dddd);
}

/** Validates `1603` or `1603052`, BPS codes: districts have three digits, and there are no dots. */
export function validateBpsRegion(value: string): Text | undefined {
  if (!/^\d{2}(?:\d{2}(?:\d{3}(?:\d{3})?)?)?$/.test(value)) return messages.bpsLevels;
  return validateRegionParts(digitsAt(value, 0, 2), value.length > 2 ? digitsAt(value, 2, 2) : undefined);
}
