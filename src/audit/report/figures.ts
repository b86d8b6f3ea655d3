import type { ActivitySummary } from "../activity-summary.ts";
import type { Periods } from "./periods.ts";
import { escape } from "./markup.ts";

/** Figures of the page as SVG: no script, nothing from outside, legible in black and white as the bars are drawn in the order of the legend. */

/** Types of leaves in the order in which they are stacked, with their colour. */
export const typeColours: Readonly<Record<string, string>> = {
  outcome: "#0b5cad",
  intent: "#9cc3e6",
  refusal: "#b3261e",
  control: "#c98a00",
};

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
const text = (x: number, y: number, words: string, anchor = "start"): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escape(words)}</text>`;
const rect = (x: number, y: number, w: number, h: number, colour: string, title: string): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(w)}" height="${round(h)}" fill="${colour}"><title>${escape(title)}</title></rect>`;

/** Leaves by period, stacked by type. */
export function activityFigure({ periods }: Periods): string {
  const [height, top, floor] = [230, 12, 200];
  const totals = periods.map(({ leaves }) => Object.values(leaves).reduce((sum, count) => sum + count, 0));
  const ceiling = roundUp(Math.max(...totals));
  const step = (width - left) / periods.length;
  const tall = (count: number): number => ((floor - top) * count) / ceiling;
  const grid = [0, 0.5, 1].map((part) => {
    const y = floor - tall(ceiling * part);
    return `<line x1="${left}" x2="${width}" y1="${round(y)}" y2="${round(y)}"/>${text(left - 8, y + 4, (ceiling * part).toLocaleString("id"), "end")}`;
  });
  const bars = periods.map(({ name, leaves }, i) => {
    let y = floor;
    return Object.entries(typeColours)
      .filter(([type]) => (leaves[type] ?? 0) > 0)
      .map(([type, colour]) =>
        rect(
          left + i * step,
          (y -= tall(leaves[type]!)),
          Math.max(step * 0.86, 0.5),
          tall(leaves[type]!),
          colour,
          `${name}: ${type} ${leaves[type]}`,
        ),
      )
      .join("");
  });
  const every = Math.ceil(periods.length / 8);
  const names = periods.flatMap(({ name }, i) => (i % every === 0 ? text(left + i * step, floor + 18, name.replace("T", " ")) : []));
  return svg(height, "Daun per kurun waktu", `<g class="grid">${grid.join("")}</g>${bars.join("")}${names.join("")}`);
}

/** A count by name, greatest first. */
export function rankingFigure(label: string, rows: readonly { readonly name: string; readonly count: number }[]): string {
  const [row, names] = [24, 210];
  const greatest = Math.max(...rows.map(({ count }) => count));
  const bars = rows.map(({ name, count }, i) => {
    const long = Math.max(((width - names - 90) * count) / greatest, 1);
    return `${text(names - 10, i * row + 16, name, "end")}${rect(names, i * row + 4, long, row - 8, typeColours["refusal"]!, `${name}: ${count}`)}${text(names + long + 8, i * row + 16, count.toLocaleString("id"))}`;
  });
  return svg(rows.length * row + 4, label, bars.join(""));
}

/** The time that the log covers as a band, its longest silences as holes in it, falls of the clock as marks. */
export function timeFigure({ first, last, silences, setBack }: ActivitySummary): string {
  const [from, to] = [Date.parse(first ?? ""), Date.parse(last ?? "")];
  const x = (at: string): number => 2 + ((width - 4) * (Date.parse(at) - from)) / Math.max(to - from, 1);
  const holes = silences
    .map((gap) => rect(x(gap.from), 8, Math.max(x(gap.until) - x(gap.from), 1.5), 28, "#fff", `${gap.from} – ${gap.until}`))
    .join("");
  const marks = setBack
    .map(({ before, leaf }) => `<path d="M${round(x(before))} 4l5 -4h-10z" fill="#b3261e"><title>${leaf}</title></path>`)
    .join("");
  return svg(
    62,
    "Kurun waktu yang dicakup log, jeda panjang tampak putih",
    `${rect(2, 8, width - 4, 28, typeColours["outcome"]!, `${first} – ${last}`)}${holes}<rect x="2" y="8" width="${width - 4}" height="28" class="frame"/>${marks}${text(2, 54, first ?? "")}${text(width - 2, 54, last ?? "", "end")}`,
  );
}

/** A row of small bars, one a day. */
export function sparkline(counts: readonly number[]): string {
  const [wide, tall] = [140, 18];
  const greatest = Math.max(...counts, 1);
  const step = wide / counts.length;
  const bars = counts.map(
    (count, i) =>
      `<rect x="${round(i * step)}" y="${round(tall - (tall * count) / greatest)}" width="${round(Math.max(step * 0.86, 0.4))}" height="${round((tall * count) / greatest)}" fill="${typeColours["outcome"]!}"/>`,
  );
  return `<svg class="spark" viewBox="0 0 ${wide} ${tall}" width="${wide}" height="${tall}" aria-hidden="true">${bars.join("")}</svg>`;
}
