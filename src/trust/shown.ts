/** The most characters of a value that a refusal repeats (protocol §8). */
const shownAtMost = 200;

/** How much of what two values have in common stays before the first difference. */
const contextBefore = 40;

/** A value of the caller's, as JSON for his eyes only; `…` stands outside the quotes for what was cut. */
export function shown(value: unknown, from = 0): string {
  const before = from > 0 ? "…" : "";
  if (typeof value === "string") {
    const part = value.slice(from, from + shownAtMost);
    return `${before}${JSON.stringify(part)}${from + part.length < value.length ? "…" : ""}`;
  }
  const text = JSON.stringify(value);
  return text.length > shownAtMost ? `${text.slice(0, shownAtMost)}…` : text;
}

/** Where two values that are too long to be shown whole have to begin, so that both show where they differ. */
export function shownFrom(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined || Math.max(one.length, other.length) <= shownAtMost) return 0;
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  return Math.max(0, same - contextBefore);
}
