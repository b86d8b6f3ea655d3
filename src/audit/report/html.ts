import type { AuditFinding } from "../finding.ts";
import type { Audit } from "../audit.ts";
import type { AuditCheck } from "../check.ts";
import type { ActivitySummary } from "../activity-summary.ts";
import { noticesOf } from "../notices.ts";
import { refusalsByCode } from "../refusals.ts";
import { durationOf, markOf, describePlaceInLog, verdictOf } from "../audit-labels.ts";
import { activityFigure, rankingFigure, sparkline, timeFigure, typeColours } from "./figures.ts";
import { both, escape, section, table } from "./markup.ts";
import { periodsOf } from "./periods.ts";
import { auditStyle } from "./style.ts";

/** The report as one page that needs nothing else, to be read on a screen or on paper: no script, no font, no address outside of it. */
export function auditHtml(audit: Audit): string {
  const { origin, checkpoint, checks, chronicle, verdict } = audit;
  const said = verdictOf(audit);
  const notices = noticesOf(chronicle);
  return `<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(`Audit ${origin}: ${said.id}`)}</title>
<style>${auditStyle}</style>
</head>
<body>
<main>
<header class="${verdict}">
<h1>${escape(said.id)}</h1>
<p class="en" lang="en">${escape(said.en)}</p>
${countsOf(audit)}
${factsOf(audit)}
</header>
${section({ id: "Pemeriksaan", en: "Checks" }, checks.map(checkRow).join("\n"))}
${notices.length === 0 ? "" : section({ id: "Perlu dijelaskan", en: "To be explained" }, `<ul>${notices.map((notice) => `<li>${both(notice, "<br>")}</li>`).join("")}</ul>`)}
${activity(chronicle)}
${refusals(chronicle)}
${time(chronicle)}
${services(chronicle)}
${openIntents(chronicle)}
${changes(chronicle)}
<footer>${both({ id: "Titik periksa yang diaudit; simpan di luar jangkauan pengelola gerbang, dan bandingkan pada audit berikutnya.", en: "The checkpoint that was audited; keep it where the gateway's operator cannot reach it, and compare it at the next audit." }, "<br>")}
<pre>${escape(checkpoint)}</pre></footer>
</main>
</body>
</html>
`;
}

const number = (count: number): string => count.toLocaleString("id");

function countsOf({ size, counts }: Audit): string {
  const types = Object.entries(counts).map(
    ([type, count]) => `<span><i style="background:${typeColours[type] ?? "#999"}"></i>${escape(type)} ${number(count)}</span>`,
  );
  return `<div class="counts"><span>${number(size)} ${both({ id: "daun", en: "leaves" })}</span>${types.join("")}</div>`;
}

function factsOf({ origin, at, chronicle: { first, last }, checks }: Audit): string {
  const key = checks.find(({ id }) => id === "key");
  const facts = [
    ["Log", escape(origin)],
    ["Kurun", first === undefined ? "–" : escape(`${first} – ${last}`)],
    ["Diaudit", escape(at)],
    ["Kunci", key === undefined ? "–" : both(key.said, "<br>")],
  ];
  return `<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>`;
}

function checkRow(check: AuditCheck): string {
  const { holds, title, said, findings } = check;
  return `<div class="check ${holds}"><div class="mark">${markOf(check)}</div><div><div>${both(title)}</div>
<p>${both(said, "<br>")}</p>${findings.map(findingRow).join("\n")}</div></div>`;
}

function findingRow({ place, text, notes = [] }: AuditFinding): string {
  return `<div class="finding"><span class="place">${both(describePlaceInLog(place))}</span><p>${both(text, "<br>")}</p>${notes.map((note) => `<pre>${escape(note)}</pre>`).join("")}</div>`;
}

const unitNames = { hour: { id: "jam", en: "hour" }, day: { id: "hari", en: "day" }, month: { id: "bulan", en: "month" } };

function activity({ hours }: ActivitySummary): string {
  if (hours.length === 0) return "";
  const periods = periodsOf(hours);
  const unit = unitNames[periods.unit];
  const legend = Object.entries(typeColours).map(([type, colour]) => `<span><i style="background:${colour}"></i>${type}</span>`);
  return section(
    { id: `Daun per ${unit.id} (UTC)`, en: `Leaves by ${unit.en} (UTC)` },
    `<figure>${activityFigure(periods)}</figure><div class="counts">${legend.join("")}</div>`,
  );
}

function refusals({ refusals: rows }: ActivitySummary): string {
  if (rows.length === 0) return "";
  const codes = refusalsByCode(rows);
  return section(
    { id: "Penolakan dan kegagalan", en: "Refusals and failures" },
    `<figure>${rankingFigure(
      "Penolakan per kode",
      codes.slice(0, 20).map(({ code, count }) => ({ name: code, count })),
    )}</figure>
${table(
  rows,
  [
    { title: { id: "Kode", en: "Code" }, cell: ({ code }) => escape(code) },
    { title: { id: "Konsumen", en: "Consumer" }, cell: ({ consumer }) => escape(consumer) },
    { title: { id: "Kali", en: "Times" }, numeric: true, cell: ({ count }) => number(count) },
  ],
  25,
)}`,
  );
}

function time(chronicle: ActivitySummary): string {
  const { first, silences, setBack } = chronicle;
  if (first === undefined) return "";
  const gaps =
    silences.length === 0
      ? `<p>${both({ id: "Tidak ada jeda satu jam atau lebih.", en: "No silence of an hour or more." })}</p>`
      : table(silences, [
          { title: { id: "Sejak", en: "Since" }, cell: ({ from }) => escape(from) },
          { title: { id: "Sampai", en: "Until" }, cell: ({ until }) => escape(until) },
          { title: { id: "Lama", en: "Length" }, numeric: true, cell: ({ seconds }) => durationOf(seconds) },
          { title: { id: "Sebelum daun", en: "Before leaf" }, numeric: true, cell: ({ leaf }) => String(leaf) },
        ]);
  const falls =
    setBack.length === 0
      ? ""
      : `<h2>${both({ id: "Jam mundur", en: "The clock went back" })}</h2>${table(setBack, [
          { title: { id: "Daun", en: "Leaf" }, numeric: true, cell: ({ leaf }) => String(leaf) },
          { title: { id: "Waktunya", en: "Its time" }, cell: ({ at }) => escape(at) },
          { title: { id: "Sesudah", en: "After" }, cell: ({ before }) => escape(before) },
          { title: { id: "Selisih", en: "Difference" }, numeric: true, cell: ({ seconds }) => durationOf(seconds) },
        ])}`;
  return section(
    { id: "Waktu: jeda terpanjang", en: "Time: the longest silences" },
    `<figure>${timeFigure(chronicle)}</figure>${gaps}${falls}`,
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
  return section(
    { id: "Pertukaran per layanan", en: "Exchanges by service" },
    table(
      byService.sort((a, b) => b.delivered + b.refused - a.delivered - a.refused),
      [
        { title: { id: "Layanan", en: "Service" }, cell: ({ service }) => escape(service) },
        { title: { id: "Terkirim", en: "Delivered" }, numeric: true, cell: ({ delivered }) => number(delivered) },
        { title: { id: "Ditolak", en: "Refused" }, numeric: true, cell: ({ refused }) => number(refused) },
        { title: { id: "Hari", en: "Days" }, numeric: true, cell: (row) => number(row.days) },
        { title: { id: `Per hari, ${days[0]} – ${days.at(-1)}`, en: "By day" }, cell: ({ counts }) => sparkline(counts) },
      ],
    ),
  );
}

function openIntents({ openIntents: rows }: ActivitySummary): string {
  if (rows.length === 0) return "";
  return section(
    { id: "Niat tanpa hasil", en: "Intents without an outcome" },
    table(
      rows,
      [
        { title: { id: "Daun", en: "Leaf" }, numeric: true, cell: ({ leaf }) => String(leaf) },
        { title: { id: "Waktu", en: "Time" }, cell: ({ at }) => escape(at) },
        { title: { id: "Konsumen", en: "Consumer" }, cell: ({ consumer }) => escape(consumer) },
        { title: { id: "Layanan", en: "Service" }, cell: ({ service }) => escape(service) },
      ],
      50,
    ),
  );
}

function changes({ changes: rows }: ActivitySummary): string {
  if (rows.length === 0) return "";
  return section(
    { id: `Perubahan kendali: ${rows.length}, terbaru dahulu`, en: `Control changes: ${rows.length}, latest first` },
    table(
      rows.toReversed(),
      [
        { title: { id: "Daun", en: "Leaf" }, numeric: true, cell: ({ leaf }) => String(leaf) },
        { title: { id: "Waktu", en: "Time" }, cell: ({ at }) => escape(at) },
        { title: { id: "Perubahan", en: "Change" }, cell: ({ what }) => escape(what) },
        { title: { id: "Perihal", en: "Subject" }, cell: ({ subject }) => escape(subject) },
        { title: { id: "Oleh", en: "By" }, cell: ({ by }) => escape(by) },
      ],
      200,
    ),
  );
}
