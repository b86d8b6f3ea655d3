/**
 * The number that `count` decimal digits of a text stand for, from `at` on; NaN if one of them is no digit. A list of a
 * thousand people has a thousand NIK, so each character is read once, without regular expressions, slices or arrays.
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
