import { events } from "./log-events.ts";
import type { EventKind } from "./log-words.ts";

/** The reference page `docs/operations/log-events.md`, written from the table of events. */
export function logEventsPage(): string {
  const rows = Object.entries(events).map(([name, { level, words, means }]: [string, EventKind]) => {
    const members = words.map((word) => `\`${word}\``).join(" ");
    return `| \`${name}\` | ${level} | ${members} | ${means.id}. *${means.en}.* |`;
  });
  return `# Catatan gerbang · The gateway's log

*This page is generated from the tables of \`src/telemetry/log-events.ts\`; \`npm test -- test/telemetry -u\` writes it again.*

Gerbang menulis satu objek JSON sebaris pada keluaran standar: \`level\`, \`time\` (UTC), anggota yang disebut di bawah, lalu
\`event\`. Tidak ada data pribadi: tanpa jalur, kueri, isi, nama orang; petugas disebut dengan nama samaran. Baris ditulis paling lambat
sedetik kemudian. Simpan dan gilir dengan journald atau logrotate: [deploy/](../../deploy/README.md). *The gateway writes one JSON object a
line on standard output: \`level\`, \`time\` (UTC), the members named below, then \`event\`. No personal data: no path, query, content or
person's name; officers are named by pseudonym. A line is written after a second at the latest. Keep and rotate them with journald or
logrotate.*

Nama peristiwa dan anggotanya tetap antarversi; yang baru dapat ditambahkan. *Names of events and members stay from version to version; new
ones may be added.*

| \`event\` | \`level\` | anggota · members | arti · meaning |
|---|---|---|---|
${rows.join("\n")}
`;
}
