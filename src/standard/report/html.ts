import { both, definitions, escape, bothLines } from "../../report/markup.ts";
import { reportPage } from "../../report/page.ts";
import { countsOf, type LintFinding, type LintReport } from "../report.ts";
import type { Rule, Severity, Standard } from "../standard.ts";
import { excerptAt } from "./excerpt.ts";
import { lintStyle } from "./html-style.ts";
import { messages } from "./messages.ts";
import { basisText, outcome, setByLine, severityNames, tally, type SetBy } from "./summary.ts";

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
  const rows = groups.map(({ rule: { id, title, severity }, count }) => {
    const name = `<a href="#${id}">${escape(title.id)}</a> <span class="en block" lang="en">${escape(title.en)}</span>`;
    return `<li class="${severity}">${badge(severity)}<span class="title">${name}</span><span class="count">${count} ×</span></li>`;
  });
  return `<section class="overview">
<h2>${both(passed ? messages.betterFixed : messages.mustBeFixed)}</h2>
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
  const sentences = said ? "" : findings.map(({ message }) => `<p>${bothLines(message)}</p>`).join("");
  const where = `<span class="place">baris ${line}:${column}</span>`;
  return `<li>${where}<div>${sentences}${shown}<code class="pointer">${escape(pointer || "/")}</code></div></li>`;
}

function ruleSection({ rule: { id, title, severity, basis, see, remedy }, findings, left }: Group, lines: readonly string[]): string {
  const [first] = findings as [LintFinding];
  const same = findings.length > 1 && findings.every(({ message }) => message.id === first.message.id);
  const places = [...Map.groupBy(findings, ({ line, column, pointer }) => `${line}:${column} ${pointer}`).values()];
  const more = left === 0 ? "" : `<li><span class="place">…</span><div>${both(messages.moreFindings(left))}</div></li>`;
  return `<section class="${severity}" id="${id}">
<div class="top">
<div class="rule">${badge(severity)}<h3>${escape(title.id)}</h3> <span class="en block" lang="en">${escape(title.en)}</span></div>
<p class="basis">${id} · ${both(basisText(basis))}${see === undefined ? "" : ` · ${escape(see)}`}</p>
<div class="remedy"><strong>${escape(messages.howToFix.id)}</strong> <span class="en" lang="en">${escape(messages.howToFix.en)}</span>
<p>${bothLines(remedy)}</p></div>
${same ? `<p class="said">${bothLines(first.message)}</p>\n` : ""}</div>
<ol class="places">
${places.map((found) => place(found, lines, same)).join("\n")}${more}
</ol>
</section>`;
}

/**
 * The report as one HTML page (`reportPage`): the outcome, what has to be fixed at a glance, then each rule with its places. `text` is the
 * document that was checked: its lines are shown, but never a value of an example.
 */
export function lintHtml(report: LintReport, standard: Standard, setBy: SetBy, text: string): string {
  const { file, passed } = report;
  const groups = groupsOf(report, standard);
  const lines = text.split(/\r?\n/);
  const digests = [
    [messages.report, report.digest],
    [messages.document, report.document],
    [messages.standard(report.standard), report.ruleset],
    ...Object.entries(report.lists).map(([name, digest]) => [messages.list(name), digest] as const),
  ] as const;
  return reportPage({
    subject: file,
    verdict: outcome(report),
    tone: passed ? "good" : "bad",
    summary: `${counts(report, groups.length, standard)}
${definitions([
  ["Dokumen", escape(file)],
  ["Standar", bothLines(standard.title)],
  ["Ditetapkan", bothLines(setByLine(setBy))],
])}`,
    sections: groups.length === 0 ? [] : [overview(groups, passed), ...groups.map((group) => ruleSection(group, lines))],
    footer: `<p>${both(messages.digests)}</p>
${definitions(digests.map(([name, digest]) => [both(name), `<code>${digest}</code>`]))}`,
    style: lintStyle,
  });
}

/** Findings by severity, and how many rules are met. */
function counts(report: LintReport, broken: number, { rules }: Standard): string {
  const bySeverity = (Object.entries(tally(report)) as [Severity, number][])
    .filter(([severity, count]) => severity !== "info" || count > 0)
    .map(
      ([severity, count]) =>
        `<span class="${count === 0 ? "none" : severity}"><strong>${count}</strong>${both(severityNames[severity])}</span>`,
    );
  const met = `<span><strong>${rules.length - broken} / ${rules.length}</strong>${both(messages.rulesMet)}</span>`;
  return `<div class="counts">${bySeverity.join("")}${met}</div>`;
}
