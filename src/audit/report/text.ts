import { localTime } from "../../base/local-time.ts";
import type { Audit } from "../audit.ts";
import type { AuditCheck } from "../check.ts";
import { lettersOf, zoneOf, type AuditedInstance } from "../instance.ts";
import { noticesOf } from "../notices.ts";
import { refusalsByCode } from "../refusals.ts";
import { markOf, describePlaceInLog, printable, verdictOf } from "../audit-labels.ts";

const listed = 5;

/** The report for a terminal: the verdict, the checks, then what should be explained. */
export function auditText(audit: Audit, instance?: AuditedInstance): string {
  const { origin, size, counts, checks, chronicle, before } = audit;
  const said = verdictOf(audit);
  const local = (at: string): string => localTime(at, zoneOf(audit, instance));
  const types = Object.entries(counts)
    .map(([type, count]) => `${type} ${count}`)
    .join(", ");
  const whose = instance === undefined ? [] : [`${instance.name} (${instance.id})`];
  const lines = [`${said.id} (${said.en})`, ...whose, `log ${origin}, ${size} daun (leaves)${types === "" ? "" : `: ${types}`}`];
  if (chronicle.first !== undefined) lines.push(`${local(chronicle.first)} – ${local(chronicle.last ?? "")}`);
  lines.push("", ...checks.flatMap(linesOf));
  const notices = noticesOf(chronicle, local);
  if (notices.length > 0)
    lines.push("", "Perlu dijelaskan (to be explained):", ...notices.flatMap(({ id, en }) => [`  • ${id}`, `    ${en}`]));
  const codes = refusalsByCode(chronicle.refusals);
  if (codes.length > 0)
    lines.push(
      "",
      `Penolakan (refusals): ${codes
        .slice(0, listed)
        .map(({ code, count }) => `${code} ${count}`)
        .join(", ")}${codes.length > listed ? ", …" : ""}`,
    );
  const changes = chronicle.changes.slice(-listed).reverse();
  if (changes.length > 0)
    lines.push(
      `Perubahan kendali (control changes): ${chronicle.changes.length}; terakhir (latest):`,
      ...changes.flatMap(({ leaf, at, what, subject, by }) => [
        `  ${leaf} ${local(at)} ${what} ${subject} (${by})`,
        ...lettersOf(subject, instance).map((letter) => `      ${letter}`),
      ]),
    );
  const text = lines.map(printable).join("\n");
  return before === undefined ? text : `${text}\n\n— Log sebelumnya (the log before) —\n${auditText(before, instance)}`;
}

function linesOf(check: AuditCheck): string[] {
  const { title, said, findings } = check;
  return [
    `  ${markOf(check)} ${title.id}: ${said.id}`,
    `    ${title.en}: ${said.en}`,
    ...findings.flatMap(({ place, text, notes = [] }) => [
      `      ✗ ${describePlaceInLog(place).id}: ${text.id}`,
      `        ${describePlaceInLog(place).en}: ${text.en}`,
      ...notes.flatMap((note) =>
        note
          .trimEnd()
          .split("\n")
          .map((line) => `        | ${line}`),
      ),
    ]),
  ];
}
