/*
 * A list of a thousand people is a thousand NIK: nothing is matched by a regular expression or cut out of the text, which would take longer than all
 * the rest of a contract.
 */

/** Whether so many characters of a text, from a place on, are decimal digits. */
export function areDigits(text: string, at: number, count: number): boolean {
  for (let i = at; i < at + count; i++) {
    const code = text.charCodeAt(i);
    if (!(code >= 0x30 && code <= 0x39)) return false;
  }
  return true;
}

/** The number that they stand for. */
export function digitsAt(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) value = value * 10 + text.charCodeAt(i) - 0x30;
  return value;
}
