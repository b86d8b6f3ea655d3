import { readFileSync } from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { send } from "../agent/consumer.ts";
import { readSigningKey } from "../agent/key-file.ts";
import { auditLog, type AuditFinding, type AuditReport, type PublishedLog } from "../ledger/audit.ts";
import { formatTilePath } from "../ledger/tiles.ts";
import { readSqliteLog } from "../store/sqlite/ledger-open.ts";
import { CommandFault, UsageFault, type Verb } from "./verb.ts";

export const verb: Verb = {
  usage: "audit (--data FOLDER | --log URL --subsystem ID --key FILE.pem) [--vkey VKEY] [--json]",
  summary: { id: "Menghitung ulang seluruh log dan menunjuk tempat yang tidak cocok", en: "Recomputes a whole log and names the place that does not fit" },
  help: [
    {
      id: "--data membaca berkas gerbang, juga selagi gerbang berjalan. --log membaca ubin yang diterbitkan, misalnya http://127.0.0.1:8080/log/log-1; entri hanya untuk subsistem auditor. Status keluar: 0 utuh, 1 tidak.",
      en: "--data reads a gateway's files, also while it runs. --log reads the published tiles, for instance http://127.0.0.1:8080/log/log-1; entries are for auditor subsystems. Exit status: 0 sound, 1 not.",
    },
  ],
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: "string" }, log: { type: "string" }, subsystem: { type: "string" }, key: { type: "string" }, vkey: { type: "string" }, json: { type: "boolean" } },
    });
    if ((values.data === undefined) === (values.log === undefined)) throw new UsageFault({ id: "Pilih salah satu: --data atau --log.", en: "Choose one of --data and --log." });
    if (values.log !== undefined && !/^https?:$/.test(URL.parse(values.log)?.protocol ?? "")) throw new UsageFault({ id: `${values.log} bukan URL log.`, en: `${values.log} is not the URL of a log.` });
    const vkey = values.vkey ?? (values.data === undefined ? undefined : vkeyBeside(values.data));
    const log = values.data === undefined ? overHttp(values.log!, values.subsystem, values.key) : readSqliteLog(resolve(values.data));
    const onTerminal = process.stderr.isTTY;
    const progress = (leaves: number): void => void (onTerminal && process.stderr.write(`\r${leaves} daun (leaves)`));
    let report: AuditReport;
    try {
      report = await auditLog(log, { ...(vkey === undefined ? undefined : { vkey }), progress });
    } finally {
      await log.close();
    }
    if (onTerminal) process.stderr.write("\r\x1b[K");
    if (values.json === true) console.log(JSON.stringify(report));
    else print(report, values.vkey !== undefined);
    return report.findings.length === 0 ? 0 : 1;
  },
};

/** The verifier key that `init` wrote beside the log: good against accidents and strangers, not against the operator. */
function vkeyBeside(directory: string): string | undefined {
  return readFileSync(join(directory, "logs.note"), "utf8").split("\n")[1]?.split(" ")[1];
}

/** A log as it is published; whoever answers is not believed but recomputed. */
function overHttp(url: string, subsystem: string | undefined, keyFile: string | undefined): PublishedLog & { close(): Promise<void> } {
  if (subsystem === undefined || keyFile === undefined) throw new UsageFault({ id: "--log memerlukan --subsystem dan --key seorang auditor.", en: "--log needs an auditor's --subsystem and --key." });
  const key = readSigningKey(keyFile);
  const { origin, pathname } = new URL(url);
  return {
    checkpoint: async () => (await fetchBytes(`${url}/checkpoint`))?.toString("utf8") ?? "",
    async tile(level, n, width) {
      const path = `${pathname}/tile/${formatTilePath({ level, n, width })}`;
      if (level !== "entries") return fetchBytes(origin + path);
      const { status, fields, answer } = await send({ iss: subsystem, aud: origin, method: "GET", target: path, key });
      if (status === 200) return answer;
      const problem = fields["spl-problem"];
      if (status === 404 && problem === undefined) return undefined;
      throw new CommandFault({
        id: `Gerbang menolak entri (HTTP ${status} ${problem ?? ""}): apakah ${subsystem} terdaftar sebagai auditor, dengan kunci ini?`,
        en: `The gateway refused the entries (HTTP ${status} ${problem ?? ""}): is ${subsystem} registered as an auditor, with this key?`,
      });
    },
    close: async () => undefined,
  };
}

function fetchBytes(url: string): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    (url.startsWith("https:") ? https : http).get(url, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => resolve(incoming.statusCode === 200 ? Buffer.concat(chunks) : undefined));
    }).on("error", reject);
  });
}

function print({ origin, size, counts, findings, signatureChecked, openIntents }: AuditReport, pinned: boolean): void {
  console.log(`log ${origin ?? "?"}, ${size} daun (leaves)`);
  for (const [type, count] of Object.entries(counts)) console.log(`  ${type.padEnd(8)} ${count}`);
  if (openIntents.length > 0) console.log(`  ${openIntents.length} intent tanpa outcome: sedang berjalan, atau proses mati. (intents without an outcome: in flight, or a process died)`);
  for (const finding of findings) console.log(`  ✗ ${placeOf(finding.place)}: ${finding.text.id}\n      ${finding.text.en}`);
  if (findings.length > 0) console.log("Log ini TIDAK UTUH. (The log is NOT SOUND.)");
  else if (!signatureChecked) console.log("Log ini konsisten; tanda tangannya tidak diperiksa karena --vkey tidak diberikan. (Consistent; its signature was not checked, no --vkey was given.)");
  else console.log(pinned ? "Log ini UTUH. (The log is SOUND.)" : "Log ini UTUH, menurut vkey di sebelahnya. (The log is SOUND, by the vkey beside it.)");
}

function placeOf(place: AuditFinding["place"]): string {
  if (place === "checkpoint") return "checkpoint";
  if ("tile" in place) return `tile ${place.level}/${place.tile}`;
  return place.last === undefined ? `leaf ${place.leaf}` : `leaf ${place.leaf}–${place.last}`;
}
