import type { Text } from "../../base/text.ts";
import { countsOf, type LintFinding, type LintReport } from "../report.ts";
import type { Rule, Severity, Standard } from "../standard.ts";
import { excerptAt } from "./excerpt.ts";
import { lintStyle } from "./html-style.ts";
import { basisText, outcome, setByLine, severityNames, tally, type SetBy } from "./summary.ts";

const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (mark) => marks[mark]!);
const both = ({ id, en }: Text): string => `${escape(id)} <span class="en block" lang="en">${escape(en)}</span>`;
const beside = ({ id, en }: Text): string => (en === "" ? escape(id) : `${escape(id)} <span class="en" lang="en">${escape(en)}</span>`);

const rank: Readonly<Record<Severity, number>> = { error: 0, warn: 1, info: 2 };

/** What one rule found. */
interface Group {
  readonly rule: Pick<Rule, "id" | "title" | "severity" | "basis" | "see" | "remedy">;
  readonly findings: readonly LintFinding[];
  readonly count: number;
  /** How many are beyond the limit of one rule. */
  readonly left: number;
}

/** Errors first, then in the order of the standard. */
function groupsOf(report: LintReport, { rules }: Standard): readonly Group[] {
  const counts = countsOf(report);
  const order = new Map(rules.map((rule, index) => [rule.id, index]));
  return [...Map.groupBy(report.findings, ({ rule }) => rule)]
    .map(([id, findings]) => {
      const [{ severity, basis, remedy }] = findings as [LintFinding];
      const rule = rules[order.get(id) ?? -1] ?? { id, title: { id, en: id }, severity, basis, remedy };
      return { rule, findings, count: counts[id]!, left: report.omitted[id] ?? 0 };
    })
    .sort((a, b) => rank[a.rule.severity] - rank[b.rule.severity] || (order.get(a.rule.id) ?? 0) - (order.get(b.rule.id) ?? 0));
}

const badge = (severity: Severity): string => `<span class="badge">${severityNames[severity].id}</span>`;

function overview(groups: readonly Group[], passed: boolean): string {
  const rows = groups.map(
    ({ rule: { id, title, severity }, count }) =>
      `<li class="${severity}">${badge(severity)}<span class="title"><a href="#${id}">${escape(title.id)}</a> <span class="en block" lang="en">${escape(title.en)}</span></span><span class="count">${count} ×</span></li>`,
  );
  return `<section class="overview">
<h2>${beside(passed ? { id: "Yang sebaiknya dibetulkan", en: "What had better be mended" } : { id: "Yang perlu dibetulkan", en: "What has to be mended" })}</h2>
<ol>
${rows.join("\n")}
</ol>
</section>`;
}

/** The findings of one place; what they all say is said above. */
function place(findings: readonly LintFinding[], lines: readonly string[], said: boolean): string {
  const [{ line, column, pointer }] = findings as [LintFinding];
  const excerpt = excerptAt(lines, { line, column, pointer });
  const shown =
    excerpt === undefined ? "" : `<pre>${escape(excerpt.before)}<mark>${escape(excerpt.marked)}</mark>${escape(excerpt.after)}</pre>`;
  const messages = said ? "" : findings.map(({ message }) => `<p>${both(message)}</p>`).join("");
  return `<li><span class="place">baris ${line}:${column}</span><div>${messages}${shown}<code class="pointer">${escape(pointer || "/")}</code></div></li>`;
}

function section({ rule: { id, title, severity, basis, see, remedy }, findings, left }: Group, lines: readonly string[]): string {
  const [first] = findings as [LintFinding];
  const same = findings.length > 1 && findings.every(({ message }) => message.id === first.message.id);
  const places = [...Map.groupBy(findings, ({ line, column, pointer }) => `${line}:${column} ${pointer}`).values()];
  const more = left === 0 ? "" : `<li><span class="place">…</span><div>${beside({ id: `${left} lagi`, en: "(more)" })}</div></li>`;
  return `<section class="${severity}" id="${id}">
<div class="top">
<div class="rule">${badge(severity)}<h3>${escape(title.id)}</h3> <span class="en block" lang="en">${escape(title.en)}</span></div>
<p class="basis">${id} · ${beside(basisText(basis))}${see === undefined ? "" : ` · ${escape(see)}`}</p>
<div class="remedy"><strong>Cara membetulkan</strong> <span class="en" lang="en">How to mend</span><p>${both(remedy)}</p></div>
${same ? `<p class="said">${both(first.message)}</p>\n` : ""}</div>
<ol class="places">
${places.map((found) => place(found, lines, same)).join("\n")}${more}
</ol>
</section>`;
}

/**
 * The report as one page that needs nothing else: no script, no font, no address outside of it. First the outcome, then what has to be mended at a
 * glance, then each rule with its places. `text` is the document that was judged: its lines are shown, but never a value of an example.
 */
export function lintHtml(report: LintReport, standard: Standard, setBy: SetBy, text: string): string {
  const { file, passed } = report;
  const groups = groupsOf(report, standard);
  const lines = text.split(/\r?\n/);
  const said = outcome(report);
  const counts = Object.entries(tally(report)) as [Severity, number][];
  const counted = counts
    .filter(([severity, count]) => severity !== "info" || count > 0)
    .map(
      ([severity, count]) =>
        `<span class="${count === 0 ? "none" : severity}"><strong>${count}</strong>${beside(severityNames[severity])}</span>`,
    );
  const digests = [
    [{ id: "Laporan", en: "Report" }, report.digest],
    [{ id: "Dokumen", en: "Document" }, report.document],
    [{ id: `Standar ${report.standard}`, en: "" }, report.ruleset],
    ...Object.entries(report.lists).map(([name, digest]) => [{ id: `Daftar ${name}`, en: "" }, digest] as const),
  ] as const;
  return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(file)}: ${escape(said.id)}</title>
<style>${lintStyle}</style>
</head>
<body>
<main>
<header class="${passed ? "passed" : "failed"}">
<h1>${escape(said.id)}</h1>
<p class="en" lang="en">${escape(said.en)}</p>
<div class="counts">${counted.join("")}<span><strong>${standard.rules.length - groups.length} / ${standard.rules.length}</strong>${beside({ id: "kaidah terpenuhi", en: "rules met" })}</span></div>
<dl>
<dt>Dokumen</dt><dd>${escape(file)}</dd>
<dt>Standar</dt><dd>${both(standard.title)}</dd>
<dt>Ditetapkan</dt><dd>${both(setByLine(setBy))}</dd>
</dl>
</header>
${groups.length === 0 ? "" : `${overview(groups, passed)}\n${groups.map((group) => section(group, lines)).join("\n")}\n`}<footer><p>${beside({ id: "Sidik SHA-256 dari apa yang dinilai dan dengan apa; dokumen dan standar yang sama selalu memberi laporan yang sama.", en: "SHA-256 of what was judged and by what; the same document and standard always give the same report." })}</p>
<dl>
${digests.map(([name, digest]) => `<dt>${beside(name)}</dt><dd><code>${digest}</code></dd>`).join("\n")}
</dl></footer>
</main>
</body>
</html>
`;
}
