import type { Text } from "../../base/text.ts";
import { localTime, zoneName } from "../../base/local-time.ts";
import { sparkline } from "../../report/figures.ts";
import { both, definitions, escape, section, bothLines } from "../../report/markup.ts";
import { reportPage } from "../../report/page.ts";
import { table, type Column } from "../../report/table.ts";
import type { ActivitySummary } from "../activity-summary.ts";
import type { Audit } from "../audit.ts";
import { describePlaceInLog, durationOf, markOf, verdictOf } from "../audit-labels.ts";
import type { AuditCheck } from "../check.ts";
import type { AuditFinding } from "../finding.ts";
import { instancesIn, lettersOf, zoneOf, type AuditedInstance } from "../instance.ts";
import { noticesOf } from "../notices.ts";
import { refusalsByCode } from "../refusals.ts";
import { auditStyle } from "./audit-style.ts";
import { activityFigure, refusalFigure, timeFigure, typeColours } from "./figures.ts";
import { messages } from "./messages.ts";
import { periodsOf } from "./periods.ts";

const tones = { sound: "good", unsound: "bad", unvouched: "open" } as const;

/** Who made an audit, with which program and which command; of which instance, where that could be read. */
export interface AuditMade {
  readonly instance?: AuditedInstance;
  readonly auditor?: string;
  readonly program: string;
  readonly command: string;
}

/** An instant as the instance's clocks show it. */
type Local = (at: string) => string;

/** The audit as one HTML page (`reportPage`): verdict, checkpoint, checks, what should be explained, the activity, a place to sign. */
export function auditHtml(audit: Audit, made?: AuditMade): string {
  const { origin, checkpoint, checks, chronicle, verdict } = audit;
  const zone = zoneOf(audit, made?.instance);
  const local: Local = (at) => localTime(at, zone);
  return reportPage({
    subject: `Audit ${origin}`,
    verdict: verdictOf(audit),
    tone: tones[verdict],
    summary: `${countsOf(audit)}\n${factsOf(audit, local, made)}`,
    sections: [
      section(messages.checkpoint, `<p>${bothLines(messages.keepCheckpoint)}</p><pre>${escape(checkpoint)}</pre>`),
      section(messages.checks, checks.map(checkRow).join("\n")),
      notices(chronicle, local),
      activity(chronicle),
      refusals(chronicle),
      time(chronicle, local),
      services(chronicle),
      openIntents(chronicle, local),
      changes(chronicle, local, made?.instance),
      ...earlier(audit, local, made?.instance),
      section(messages.signature, definitions(signed(made).map(([term, said]) => [bothLines(term), escape(said)])), "sign"),
    ],
    footer: bothLines(messages.zone(zoneName(zone))),
    style: auditStyle,
  });
}

/** The checks and the changes of each log from which the audited one goes on. */
const earlier = ({ before }: Audit, local: Local, instance?: AuditedInstance): string[] =>
  before === undefined
    ? []
    : [
        section(messages.before(before.origin), `${factsOf(before, local)}${before.checks.map(checkRow).join("\n")}`),
        changes(before.chronicle, local, instance),
        ...earlier(before, local, instance),
      ];

const number = (count: number): string => count.toLocaleString("id");

const counted = (colour: string, words: string): string => `<span><i style="background:${colour}"></i>${words}</span>`;

function countsOf({ size, counts }: Audit): string {
  const types = Object.entries(counts).map(([type, count]) => counted(typeColours[type] ?? "#999", `${typeName(type)} ${number(count)}`));
  return `<div class="counts"><span>${number(size)} ${both(messages.leaves)}</span>${types.join("")}</div>`;
}

function factsOf(audit: Audit, local: Local, made?: AuditMade): string {
  const { origin, at, vkey, checks, chronicle } = audit;
  const { first, last } = chronicle;
  const key = checks.find(({ id }) => id === "key");
  const { instance } = made ?? {};
  const rows: readonly (readonly [Text, string])[] = [
    [messages.instance, escape(instance === undefined ? instancesIn(audit).join(", ") || "–" : `${instance.name} (${instance.id})`)],
    [messages.log, escape(origin)],
    [messages.period, first === undefined || last === undefined ? "–" : escape(`${local(first)} – ${local(last)}`)],
    [messages.audited, escape(local(at))],
    ...(made?.auditor === undefined ? [] : [[messages.auditor, escape(made.auditor)] as const]),
    [messages.key, `${key === undefined ? "–" : bothLines(key.said)}${vkey === undefined ? "" : `<code>${escape(vkey)}</code>`}`],
    ...(made === undefined
      ? []
      : ([
          [messages.program, escape(made.program)],
          [messages.command, `<code>${escape(made.command)}</code>`],
        ] as const)),
  ];
  return definitions(rows.map(([term, said]) => [bothLines(term), said]));
}

const signed = (made?: AuditMade): readonly (readonly [Text, string])[] => [
  [messages.nameAndNumber, made?.auditor ?? ""],
  [messages.placeAndDate, ""],
  [messages.sign, ""],
];

const typeName = (type: string): string => both(messages.types[type] ?? { id: type, en: "" });

function checkRow(check: AuditCheck): string {
  const { holds, title, said, findings } = check;
  return `<div class="check ${holds}"><div class="mark">${markOf(check)}</div><div><div>${both(title)}</div>
<p>${bothLines(said)}</p>${findings.map(findingRow).join("\n")}</div></div>`;
}

function findingRow({ place, text, notes = [] }: AuditFinding): string {
  const signed = notes.map((note) => `<pre>${escape(note)}</pre>`).join("");
  return `<div class="finding"><span class="place">${both(describePlaceInLog(place))}</span><p>${bothLines(text)}</p>${signed}</div>`;
}

function notices(chronicle: ActivitySummary, local: Local): string {
  const items = noticesOf(chronicle, local).map((notice) => `<li>${bothLines(notice)}</li>`);
  return items.length === 0 ? "" : section(messages.toExplain, `<ul>${items.join("")}</ul>`);
}

function activity({ hours }: ActivitySummary): string {
  if (hours.length === 0) return "";
  const periods = periodsOf(hours);
  const legend = Object.entries(typeColours).map(([type, colour]) => counted(colour, typeName(type)));
  return section(
    messages.activity(messages[periods.unit]),
    `<figure>${activityFigure(periods)}</figure><div class="counts">${legend.join("")}</div>`,
  );
}

const leafColumn: Column<{ readonly leaf: number }> = { title: messages.leaf, numeric: true, cell: ({ leaf }) => String(leaf) };

function refusals({ refusals: rows }: ActivitySummary): string {
  if (rows.length === 0) return "";
  const columns: readonly Column<(typeof rows)[number]>[] = [
    { title: messages.code, cell: ({ code }) => escape(code) },
    { title: messages.consumer, cell: ({ consumer }) => escape(consumer) },
    { title: messages.times, numeric: true, cell: ({ count }) => number(count) },
  ];
  const figure = `<figure>${refusalFigure(refusalsByCode(rows).slice(0, 20))}</figure>`;
  return section(messages.refusals, `${figure}\n${table(rows, columns, 25)}`);
}

function time(chronicle: ActivitySummary, local: Local): string {
  const { first, silences, setBack } = chronicle;
  if (first === undefined) return "";
  const gaps = table(silences, [
    { title: messages.since, cell: ({ from }) => escape(local(from)) },
    { title: messages.until, cell: ({ until }) => escape(local(until)) },
    { title: messages.length, numeric: true, cell: ({ seconds }) => durationOf(seconds) },
    { title: messages.beforeLeaf, numeric: true, cell: ({ leaf }) => String(leaf) },
  ]);
  const regressions = table(setBack, [
    leafColumn,
    { title: messages.itsTime, cell: ({ at }) => escape(local(at)) },
    { title: messages.after, cell: ({ before }) => escape(local(before)) },
    { title: messages.difference, numeric: true, cell: ({ seconds }) => durationOf(seconds) },
  ]);
  return section(
    messages.longestGaps,
    `<figure>${timeFigure(chronicle)}</figure>` +
      (silences.length === 0 ? `<p>${both(messages.noGaps)}</p>` : gaps) +
      (setBack.length === 0 ? "" : `<h2>${both(messages.clockRegressions)}</h2>${regressions}`),
  );
}

function services({ services: rows }: ActivitySummary): string {
  if (rows.length === 0) return "";
  const days = [...new Set(rows.map(({ day }) => day))].sort().slice(-90);
  const byService = [...Map.groupBy(rows, ({ service }) => service)].map(([service, own]) => {
    const byDay = new Map(own.map((row) => [row.day, row]));
    const sum = (part: "delivered" | "refused"): number => own.reduce((total, row) => total + row[part], 0);
    return {
      service,
      delivered: sum("delivered"),
      refused: sum("refused"),
      days: own.length,
      counts: days.map((day) => (byDay.get(day)?.delivered ?? 0) + (byDay.get(day)?.refused ?? 0)),
    };
  });
  const columns: readonly Column<(typeof byService)[number]>[] = [
    { title: messages.service, cell: ({ service }) => escape(service) },
    { title: messages.delivered, numeric: true, cell: ({ delivered }) => number(delivered) },
    { title: messages.refused, numeric: true, cell: ({ refused }) => number(refused) },
    { title: messages.days, numeric: true, cell: (row) => number(row.days) },
    { title: messages.byDay(days[0]!, days.at(-1)!), cell: ({ counts }) => sparkline(counts) },
  ];
  const busiestFirst = byService.sort((a, b) => b.delivered + b.refused - a.delivered - a.refused);
  return section(messages.services, table(busiestFirst, columns));
}

function openIntents({ openIntents: rows }: ActivitySummary, local: Local): string {
  if (rows.length === 0) return "";
  const columns: readonly Column<(typeof rows)[number]>[] = [
    leafColumn,
    { title: messages.at, cell: ({ at }) => escape(local(at)) },
    { title: messages.consumer, cell: ({ consumer }) => escape(consumer) },
    { title: messages.service, cell: ({ service }) => escape(service) },
  ];
  return section(messages.openIntents, table(rows, columns, 50));
}

function changes({ changes: rows }: ActivitySummary, local: Local, instance?: AuditedInstance): string {
  if (rows.length === 0) return "";
  const columns: readonly Column<(typeof rows)[number]>[] = [
    leafColumn,
    { title: messages.at, cell: ({ at }) => escape(local(at)) },
    { title: messages.change, cell: ({ what }) => escape(what) },
    { title: messages.subject, cell: ({ subject }) => [subject, ...lettersOf(subject, instance)].map(escape).join("<br>") },
    { title: messages.by, cell: ({ by }) => escape(by) },
  ];
  return section(messages.changes(rows.length), table(rows.toReversed(), columns, 200));
}
