import { cpuRatio } from "./figures.ts";
import type { CellResult, Results } from "./results.ts";

/** Pixels. */
const layout = { width: 880, margin: 24, labels: 236, gap: 94, top: 96, row: 26, bar: 16, group: 34, footer: 62 } as const;
const panelWidth = (layout.width - 2 * layout.margin - layout.labels - 2 * layout.gap) / 2;

const style = `
    text { font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328 }
    .page { fill: #ffffff }
    .title { font-size: 17px; font-weight: 600 }
    .head { font-weight: 600 }
    .muted { fill: #59636e; font-size: 12px }
    .line { stroke: #d1d9e0 }
    .other { fill: #a3acb5 }
    .bare { fill: #6b7580 }
    .simpul { fill: #0a66c2 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .page { fill: #0d1117 }
      .muted { fill: #9198a1 }
      .line { stroke: #30363d }
      .other { fill: #545d68 }
      .bare { fill: #8b949e }
      .simpul { fill: #4493f8 }
    }`;

const escape = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const text = (x: number, y: number, content: string, kind = "", anchor = "start"): string =>
  [
    `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"`,
    kind === "" ? "" : ` class="${kind}"`,
    anchor === "start" ? "" : ` text-anchor="${anchor}"`,
    `>${escape(content)}</text>`,
  ].join("");

interface Panel {
  readonly title: string;
  readonly left: number;
  readonly value: (cell: CellResult) => number;
  readonly label: (cell: CellResult) => string;
}

/**
 * An SVG that is read on light and dark pages: per request at 64 connections, CPU time with its ratio to the bare
 * proxy's, and requests a second.
 */
export function plot(results: Results): string {
  const groups = groupsOf(results);
  const first = layout.margin + layout.labels;
  const panels: readonly Panel[] = [
    {
      title: "CPU per request, µs (× bare proxy)",
      left: first,
      value: ({ cpuMicros }) => cpuMicros,
      label: (cell) => {
        const ratio = cell.subject === "provider" || cell.subject === "proxy" ? undefined : cpuRatio(results, cell);
        return `${cell.cpuMicros.toFixed(0)}${ratio === undefined ? "" : `  (${ratio.toFixed(1)}×)`}`;
      },
    },
    {
      title: "Requests per second",
      left: first + panelWidth + layout.gap,
      value: ({ perSecond }) => perSecond,
      label: ({ perSecond }) => Math.round(perSecond).toLocaleString("en-US"),
    },
  ];
  const parts: string[] = [];
  let y = layout.top;
  for (const [request, rows] of groups) {
    y += layout.group - layout.row;
    parts.push(
      text(layout.margin, y + 12, request, "head"),
      `<line class="line" x1="${layout.margin}" x2="${layout.width - layout.margin}" y1="${y + 19}" y2="${y + 19}"/>`,
    );
    y += layout.row;
    for (const cell of rows) {
      parts.push(
        text(layout.margin, y + 13, cell.title),
        ...panels.map((panel) => bar(panel, cell, y, Math.max(...[...groups.values()].flat().map(panel.value)))),
      );
      y += layout.row;
    }
  }
  const height = y + layout.footer;
  const { machine, at, rounds, command, nodeFlags } = results;
  const box = `viewBox="0 0 ${layout.width} ${height}" width="${layout.width}" height="${height}"`;
  const setting =
    `${machine.cores} × ${machine.cpu}, load generator on the same cores; Node ${machine.node.slice(1)} with ${nodeFlags.join(" ")}; ` +
    `medians of ${rounds} interleaved rounds`;
  const about = "64 connections; Simpul verifies the signature, judges both directions by contract, and answers after the fsync";
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box} role="img" aria-labelledby="title">
  <title id="title">Simpul beside what it replaces: CPU per request and requests per second</title>
  <style>${style}
  </style>
  <rect class="page" width="${layout.width}" height="${height}" rx="8"/>
  ${text(layout.margin, 36, "What a judged, notarised and receipted exchange costs", "title")}
  ${text(layout.margin, 56, about, "muted")}
  ${panels.map(({ title, left }) => text(left, 86, title, "head")).join("\n  ")}
  ${parts.join("\n  ")}
  ${text(layout.margin, height - 34, setting, "muted")}
  ${text(layout.margin, height - 16, `${at.slice(0, 10)}, ${command}`, "muted")}
</svg>
`;
}

function bar({ left, value, label }: Panel, cell: CellResult, y: number, most: number): string {
  const width = Math.max(1, (value(cell) / most) * panelWidth);
  const kind = cell.subject.startsWith("simpul") ? "simpul" : cell.subject === "proxy" ? "bare" : "other";
  const bar = `<rect class="${kind}" x="${left}" y="${y}" width="${width.toFixed(1)}" height="${layout.bar}" rx="2"/>`;
  return bar + text(left + width + 6, y + 13, label(cell));
}

/** Cells at 64 connections by request; in each, the cheapest first. */
function groupsOf({ cells }: Results): ReadonlyMap<string, readonly CellResult[]> {
  const groups = new Map<string, CellResult[]>();
  for (const cell of cells) if (cell.connections === 64) groups.set(cell.request, [...(groups.get(cell.request) ?? []), cell]);
  for (const rows of groups.values()) rows.sort((a, b) => a.cpuMicros - b.cpuMicros);
  return groups;
}
