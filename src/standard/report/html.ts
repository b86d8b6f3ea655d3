import type { Report, Finding } from "../report.ts";
import type { Standard } from "../standard.ts";
import { outcome, setByLine, severityNames, tally, type SetBy } from "./summary.ts";

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => marks[mark]!);

const style = `
:root { color-scheme: light; --ink: #1c2430; --soft: #5b6675; --line: #dde3ea; --error: #b3261e; --warn: #9a6700; --info: #0b5cad; --good: #1a7f37; }
* { box-sizing: border-box; }
body { margin: 0; background: #f5f7f9; color: var(--ink); font: 16px/1.5 system-ui, "Segoe UI", Roboto, Arial, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 0; }
.en { color: var(--soft); font-size: .9em; }
header, section { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem 1.5rem; margin-bottom: 1rem; }
header { border-top: 6px solid var(--error); } header.passed { border-top-color: var(--good); }
header p { margin: .35rem 0; }
.counts { display: flex; gap: .6rem; flex-wrap: wrap; margin: .9rem 0; }
.counts span { border: 1px solid var(--line); border-radius: 999px; padding: .1rem .8rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .8rem 0 0; font-size: .9rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.rule { display: flex; align-items: baseline; gap: .6rem; flex-wrap: wrap; }
.badge { color: #fff; border-radius: 4px; font-size: .75rem; font-weight: 600; padding: .1rem .5rem; text-transform: uppercase; letter-spacing: .03em; }
.error .badge { background: var(--error); } .warn .badge { background: var(--warn); } .info .badge { background: var(--info); }
.basis { color: var(--soft); font-size: .85rem; margin-left: auto; }
.remedy { border-left: 3px solid var(--good); padding-left: .8rem; margin: .7rem 0; }
.remedy p { margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
td { border-top: 1px solid var(--line); padding: .45rem .5rem .45rem 0; vertical-align: top; }
td.place { white-space: nowrap; font-variant-numeric: tabular-nums; width: 5.5rem; }
code { font: .85em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--soft); overflow-wrap: anywhere; }
footer { color: var(--soft); font-size: .85rem; overflow-wrap: anywhere; }
@media print { body { background: #fff; } header, section { break-inside: avoid; } }`;

const rank = { error: 0, warn: 1, info: 2 };

function row({ line, column, pointer, message }: Finding): string {
  return `<tr><td class="place">${line}:${column}</td><td>${escape(message.id)}<br><span class="en" lang="en">${escape(message.en)}</span><br><code>${escape(pointer || "/")}</code></td></tr>`;
}

function section(findings: readonly Finding[], left: number, standard: Standard): string {
  const { rule, severity, basis, remedy } = findings[0]!;
  const known = standard.rules.find(({ id }) => id === rule);
  const title = known?.title ?? { id: rule, en: rule };
  const more = left === 0 ? "" : `<tr><td class="place">…</td><td>${left} lagi <span class="en" lang="en">(more)</span></td></tr>`;
  return `<section class="${severity}" id="${rule}">
<div class="rule"><span class="badge">${severityNames[severity].id}</span><h2>${escape(title.id)}</h2><span class="basis">${rule} · ${escape(basis)}${known?.see === undefined ? "" : ` · ${escape(known.see)}`}</span></div>
<div class="en" lang="en">${escape(title.en)}</div>
<div class="remedy"><p>${escape(remedy.id)}</p><p class="en" lang="en">${escape(remedy.en)}</p></div>
<table>${findings.map(row).join("\n")}${more}</table>
</section>`;
}

/** The report as one page that needs nothing else: no script, no font, no address outside of it. Rules with errors first. */
export function asHtml(report: Report, standard: Standard, setBy: SetBy): string {
  const { file, findings, omitted, digest, document, passed } = report;
  const groups = [...Map.groupBy(findings, ({ rule }) => rule).values()].sort((a, b) => rank[a[0]!.severity] - rank[b[0]!.severity] || b.length - a.length);
  const said = outcome(report);
  const set = setByLine(setBy);
  const counts = Object.entries(tally(report)).filter(([, count]) => count > 0);
  return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(file)}: ${escape(said.id)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header class="${passed ? "passed" : "failed"}">
<h1>${escape(said.id)}</h1>
<p class="en" lang="en">${escape(said.en)}</p>
<div class="counts">${counts.map(([severity, count]) => `<span>${count} ${severityNames[severity as keyof typeof severityNames].id}</span>`).join("")}<span>${groups.length} kaidah <span class="en" lang="en">(rules)</span></span></div>
<dl>
<dt>Dokumen</dt><dd>${escape(file)}</dd>
<dt>Standar</dt><dd>${escape(standard.title.id)}<br><span class="en" lang="en">${escape(standard.title.en)}</span><br>${escape(report.standard)}</dd>
<dt>Penetap</dt><dd>${escape(set.id)}<br><span class="en" lang="en">${escape(set.en)}</span></dd>
</dl>
</header>
${groups.map((group) => section(group, omitted[group[0]!.rule] ?? 0, standard)).join("\n")}
<footer>Sidik laporan <span class="en" lang="en">(digest of the report)</span> ${digest}<br>Sidik dokumen <span class="en" lang="en">(of the document)</span> ${document}<br>Sidik standar <span class="en" lang="en">(of the standard)</span> ${report.ruleset}</footer>
</main>
</body>
</html>
`;
}
