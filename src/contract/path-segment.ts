/**
 * A segment of a path template with `{…}` in it: the text before, between and after them. One `{name}` alone is two empty texts.
 * Two neighbours without text between them cannot be told apart, so such a segment is none.
 */
export type SegmentTemplate = readonly string[];

const form = /^(?:[A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-F]{2}|\{[^{}/?#]{1,128}\})+$/;

/** Reads a segment; `undefined` for one without `{…}`, or one that no request can match for certain. */
export function readSegmentTemplate(segment: string): SegmentTemplate | undefined {
  if (!form.test(segment) || segment.includes("}{")) return undefined;
  const texts = segment.split(/\{[^{}]*\}/);
  return texts.length > 1 ? texts : undefined;
}

/**
 * The raw texts in the places of `{…}`, none of them empty; `undefined` if the segment does not match. Where it could match in several
 * ways, the first ones are as long as can be: `{name}.{type}` takes `a.b.csv` as `a.b` and `csv`.
 */
export function matchSegment(texts: SegmentTemplate, segment: string): readonly string[] | undefined {
  const [before, after] = [texts[0]!, texts.at(-1)!];
  if (!segment.startsWith(before) || !segment.endsWith(after)) return undefined;
  const found: string[] = [];
  let end = segment.length - after.length;
  for (let i = texts.length - 2; i > 0; i--) {
    const text = texts[i]!;
    const at = segment.lastIndexOf(text, end - 1 - text.length);
    if (at < before.length || end - 1 - text.length < 0) return undefined;
    found.unshift(segment.slice(at + text.length, end));
    end = at;
  }
  if (end <= before.length) return undefined;
  return [segment.slice(before.length, end), ...found];
}

/** Characters of text: of two templates that match a segment, the one with more of it is meant. */
export const textLength = (texts: SegmentTemplate): number => texts.reduce((sum, text) => sum + text.length, 0);
