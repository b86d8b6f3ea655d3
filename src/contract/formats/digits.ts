/**
 * The number that so many decimal digits of a text stand for, from a place on; NaN if one of them is none. A list of a
 * thousand people is a thousand NIK: each character is looked at once, nothing is matched by a regular expression, cut
 * out of the text or gathered in an array.
 */
export function digitsAt(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}
