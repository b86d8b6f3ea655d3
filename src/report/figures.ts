import { escape } from "./markup.ts";
import { palette } from "./palette.ts";

/** Figures as SVG without script or outside parts. Colours are values, not variables: an SVG is also kept apart from its page. */

const width = 880;
const left = 56;
const round = (x: number): string => String(Math.round(x * 100) / 100);

/** A round number that is not less. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

const svg = (height: number, label: string, body: string): string =>
  `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(label)}" xmlns="http://www.w3.org/2000/svg">${body}</svg>`;
const label = (x: number, y: number, words: string, anchor = "start"): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escape(words)}</text>`;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const rect = (box: Box, colour: string, title: string): string =>
  `<rect x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}" fill="${colour}">` +
  `<title>${escape(title)}</title></rect>`;

/** Counts by name, in columns from left to right. `colours` gives the kinds in the order in which they are stacked. */
export function columnsFigure(
  title: string,
  colours: Readonly<Record<string, string>>,
  columns: readonly { readonly name: string; readonly counts: Readonly<Record<string, number>> }[],
): string {
  const [height, top, floor] = [230, 12, 200];
  const totals = columns.map(({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0));
  const ceiling = roundUp(Math.max(...totals));
  const step = (width - left) / columns.length;
  const tall = (count: number): number => ((floor - top) * count) / ceiling;
  const grid = [0, 0.5, 1].map((part) => {
    const y = floor - tall(ceiling * part);
    const count = (ceiling * part).toLocaleString("id");
    return `<line x1="${left}" x2="${width}" y1="${round(y)}" y2="${round(y)}"/>${label(left - 8, y + 4, count, "end")}`;
  });
  const bars = columns.flatMap(({ name, counts }, i) => {
    let y = floor;
    return Object.entries(colours).flatMap(([kind, colour]) => {
      const count = counts[kind] ?? 0;
      if (count === 0) return [];
      const box = { x: left + i * step, y: (y -= tall(count)), width: Math.max(step * 0.86, 0.5), height: tall(count) };
      return rect(box, colour, `${name}: ${kind} ${count}`);
    });
  });
  const every = Math.ceil(columns.length / 8);
  const names = columns.flatMap(({ name }, i) => (i % every === 0 ? label(left + i * step, floor + 18, name.replace("T", " ")) : []));
  return svg(height, title, `<g class="grid">${grid.join("")}</g>${bars.join("")}${names.join("")}`);
}

/** A count by name as bars, in the given order. */
export function rankingFigure(title: string, colour: string, rows: readonly { readonly name: string; readonly count: number }[]): string {
  const [row, names] = [24, 210];
  const greatest = Math.max(...rows.map(({ count }) => count));
  const bars = rows.map(({ name, count }, i) => {
    const top = i * row;
    const long = Math.max(((width - names - 90) * count) / greatest, 1);
    const bar = rect({ x: names, y: top + 4, width: long, height: row - 8 }, colour, `${name}: ${count}`);
    return `${label(names - 10, top + 16, name, "end")}${bar}${label(names + long + 8, top + 16, count.toLocaleString("id"))}`;
  });
  return svg(rows.length * row + 4, title, bars.join(""));
}

export interface TimeBand {
  /** RFC 3339, as all times here. */
  readonly from: string;
  readonly until: string;
  readonly gaps: readonly { readonly from: string; readonly until: string }[];
  readonly marks: readonly { readonly at: string; readonly title: string }[];
}

/** A span of time as a band with its gaps as holes and some moments marked above it. */
export function timeBandFigure(title: string, { from, until, gaps, marks }: TimeBand): string {
  const [begin, end] = [Date.parse(from), Date.parse(until)];
  const x = (at: string): number => 2 + ((width - 4) * (Date.parse(at) - begin)) / Math.max(end - begin, 1);
  const whole = { x: 2, y: 8, width: width - 4, height: 28 };
  const holes = gaps.map((gap) => {
    const box = { ...whole, x: x(gap.from), width: Math.max(x(gap.until) - x(gap.from), 1.5) };
    return rect(box, "#fff", `${gap.from} – ${gap.until}`);
  });
  const arrows = marks.map(
    (mark) => `<path d="M${round(x(mark.at))} 4l5 -4h-10z" fill="${palette.bad}"><title>${escape(mark.title)}</title></path>`,
  );
  const frame = `<rect x="2" y="8" width="${width - 4}" height="28" class="frame"/>`;
  const band = rect(whole, palette.info, `${from} – ${until}`);
  return svg(62, title, [band, ...holes, frame, ...arrows, label(2, 54, from), label(width - 2, 54, until, "end")].join(""));
}

/** A row of small bars, one a count. */
export function sparkline(counts: readonly number[]): string {
  const [wide, tall] = [140, 18];
  const greatest = Math.max(...counts, 1);
  const step = wide / counts.length;
  const bars = counts.map((count, i) => {
    const height = (tall * count) / greatest;
    const [x, y, bar] = [i * step, tall - height, Math.max(step * 0.86, 0.4)].map(round);
    return `<rect x="${x}" y="${y}" width="${bar}" height="${round(height)}" fill="${palette.info}"/>`;
  });
  return `<svg class="spark" viewBox="0 0 ${wide} ${tall}" width="${wide}" height="${tall}" aria-hidden="true">${bars.join("")}</svg>`;
}
