import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Audit, AuditInputs } from "../../audit/audit.ts";
import { auditWithEarlier, type EarlierLog } from "../../audit/succession.ts";
import { parseCheckpoint } from "../../ledger/checkpoint.ts";
import { trailInList, type KeyTrail } from "../../ledger/key-trail.ts";
import { logNameIn, parseLogList } from "../../ledger/log-list.ts";
import type { PublishedLog, ReadableLog } from "../../ledger/readable-log.ts";
import { auditHtml } from "../../audit/report/html.ts";
import { auditText } from "../../audit/report/text.ts";
import { loadMasterKeys, type MasterKeys } from "../../ledger/sealed/master-key.ts";
import { closedLogAt, dataDirectory } from "../../base/store-location.ts";
import { storesAt } from "../../store/open.ts";
import { instanceAt, instanceIn } from "./instance.ts";
import { readMetrics, readReceipts, readRemembered, remember } from "./inputs.ts";
import { overHttp } from "./over-http.ts";
import { showProgress } from "./progress.ts";
import { pinned } from "../verify/pin.ts";
import { UsageFault, type Verb, type VerbOptions } from "../verb.ts";
import { shellWord } from "../../base/command-line.ts";
import { versionLine } from "../version.ts";
import { messages } from "./messages.ts";

const options = {
  data: {
    type: "string",
    value: "FOLDER",
    means: { id: "membaca berkas gerbang, juga selagi gerbang berjalan", en: "reads a gateway's files, also while it runs" },
  },
  log: {
    type: "string",
    value: "URL",
    means: {
      id: "membaca ubin yang diterbitkan, misalnya http://127.0.0.1:8080/log/log-1; entri hanya untuk subsistem auditor",
      en: "reads the published tiles, for instance http://127.0.0.1:8080/log/log-1; entries are for auditor subsystems",
    },
  },
  subsystem: { type: "string", value: "ID", means: { id: "untuk --log: subsistem auditor", en: "for --log: the auditor's subsystem" } },
  key: { type: "string", value: "FILE.pem", means: { id: "untuk --log: kuncinya", en: "for --log: its key" } },
  "evidence-key": {
    type: "string",
    value: "FILE",
    means: {
      id: "membuka semua bukti di sisi daun dan membandingkannya dengan daunnya: beberapa kali lebih lama",
      en: "opens all evidence beside the leaves and compares it with them: that takes some times longer",
    },
  },
  vkey: {
    type: "string",
    multiple: true,
    value: "VKEY",
    means: {
      id: "kunci log dari simpanan Anda; boleh berulang, untuk log sebelumnya",
      en: "the log's key, your own copy; may be repeated, for the logs before",
    },
  },
  logs: {
    type: "string",
    value: "FILE",
    means: {
      id: "daftar log dari simpanan Anda sendiri, sebagai ganti --vkey",
      en: "your own copy of the list of logs, instead of --vkey",
    },
  },
  since: {
    type: "string",
    value: "FILE",
    means: {
      id:
        "membandingkan dengan titik periksa yang diingat dalam FILE, dan menambahkan yang baru bila log utuh: " +
        "simpan FILE di luar jangkauan pengelola gerbang",
      en:
        "compares with the checkpoints that FILE remembers, and adds the new one if the log is sound: " +
        "keep FILE where the gateway's operator cannot reach it",
    },
  },
  receipts: {
    type: "string",
    value: "FOLDER",
    means: { id: "membandingkan dengan tanda terima yang disimpan para pihak", en: "compares with receipts that the parties kept" },
  },
  metrics: {
    type: "string",
    value: "FILE|URL",
    means: { id: "membandingkan dengan penghitung gerbang", en: "compares with the gateway's counters" },
  },
  json: { type: "boolean", means: { id: "laporannya sebagai JSON", en: "the report as JSON" } },
  auditor: {
    type: "string",
    value: "NAME",
    means: { id: "untuk --html: siapa yang mengaudit, ditulis dalam laporan", en: "for --html: who audits, written in the report" },
  },
  html: { type: "string", value: "FILE", means: { id: "menulis laporannya sebagai HTML juga", en: "writes the report as HTML, too" } },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "auditor",
  usage:
    "audit (--data FOLDER [--evidence-key FILE] | --log URL --subsystem ID --key FILE.pem) [--vkey VKEY … | --logs FILE] " +
    "[--since FILE] [--receipts FOLDER] [--metrics FILE|URL] [--json | --html FILE [--auditor NAME]]",
  summary: {
    id: "Menghitung ulang seluruh log dan menunjuk tempat yang tidak cocok",
    en: "Recomputes a whole log and names the place that does not fit",
  },
  help: [
    {
      id: "Log yang melanjutkan log lain, sesudah pemulihan dari cadangan, diaudit bersama log sebelumnya.",
      en: "A log that goes on from another one, after a restore from a backup, is audited together with the log before.",
    },
    {
      id: "Kunci di sebelah data cukup terhadap kecelakaan, tidak terhadap pengelola.",
      en: "The key beside the data is enough against accidents, not against the operator.",
    },
  ],
  options,
  exit: {
    0: { id: "utuh", en: "sound" },
    1: { id: "tidak utuh", en: "not sound" },
    2: {
      id: "konsisten tetapi tanpa kunci (--vkey) yang menjaminnya",
      en: "consistent but without a key (--vkey) that vouches for it",
    },
  },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options });
    if ((values.data === undefined) === (values.log === undefined)) throw new UsageFault(messages.dataOrLog);
    if (values.log !== undefined && !/^https?:$/.test(URL.parse(values.log)?.protocol ?? ""))
      throw new UsageFault(messages.notALogUrl(values.log));
    if (values["evidence-key"] !== undefined && values.data === undefined) throw new UsageFault(messages.evidenceKeyForDataOnly);
    if (values.json === true && values.html !== undefined) throw new UsageFault(messages.jsonOrHtml);
    const evidenceKeys = values["evidence-key"] === undefined ? undefined : loadMasterKeys(values["evidence-key"]);
    const files = values.data === undefined ? undefined : storesAt(dataDirectory(resolve(values.data))).readLog(evidenceKeys);
    const log = files ?? overHttp(values.log!, values.subsystem, values.key);
    const { progress, end } = showProgress(process.stderr);
    const held = (values.vkey ?? []).flatMap((vkey) => pinned(vkey) ?? []);
    const keyOf = (origin: string): AuditInputs["key"] => keyFor(origin, held, values.logs, values.data);
    // What the gateway keeps beside its data shows a copy that is older; only what is kept elsewhere shows more.
    const note = values.data === undefined ? undefined : join(values.data, "remembered.note");
    const kept = note !== undefined && existsSync(note) ? readRemembered(note) : [];
    let report: Audit;
    await using earlierLogs = new AsyncDisposableStack();
    const earlier = async (origin: string): Promise<EarlierLog | undefined> => {
      const found = values.data === undefined ? await overHttpBefore(origin, values) : beside(values.data, origin, evidenceKeys);
      if (found === undefined) return undefined;
      earlierLogs.defer(() => found.log.close());
      const key = keyOf(origin);
      return { ...found, ...(key && { key }) };
    };
    try {
      const origin = parseCheckpoint(await log.checkpoint())?.origin ?? "";
      const key = keyOf(origin) ?? (held[0] === undefined ? undefined : { vkey: held[0], pinned: true });
      report = await auditWithEarlier(
        log,
        {
          now: Date.now(),
          progress,
          ...(key && { key }),
          ...(values.since !== undefined && { remembered: readRemembered(values.since) }),
          beside: kept,
          ...(values.receipts !== undefined && { receipts: readReceipts(values.receipts) }),
          // Read before the log, so that every exchange counted here is already in it.
          ...(values.metrics !== undefined && { metrics: await readMetrics(values.metrics) }),
          ...(files && { evidence: files }),
          ...(files && evidenceKeys && { openable: files }),
        },
        earlier,
      );
    } finally {
      end();
      await log.close();
    }
    if (values.since !== undefined && report.verdict === "sound")
      for (let each: Audit | undefined = report; each !== undefined; each = each.before) remember(values.since, each.checkpoint);
    const instance = values.data === undefined ? await instanceAt(values.log!) : await instanceIn(resolve(values.data));
    if (values.html !== undefined)
      writeFileSync(
        values.html,
        auditHtml(report, {
          ...(instance && { instance }),
          ...(values.auditor !== undefined && { auditor: values.auditor }),
          program: versionLine(),
          command: ["simpul audit", ...args.map(shellWord)].join(" "),
        }),
      );
    console.log(values.json === true ? JSON.stringify(report) : auditText(report, instance));
    return { sound: 0, unsound: 1, unvouched: 2 }[report.verdict];
  },
};

/** The auditor's own key of a log, or the one in the list beside it. */
function keyFor(origin: string, held: readonly string[], logs: string | undefined, data: string | undefined): AuditInputs["key"] {
  const own = held.find((vkey) => vkey.startsWith(`${origin}+`));
  if (own !== undefined) return { vkey: own, pinned: true };
  const listed = logs === undefined ? undefined : keysInList(origin, logs);
  if (listed !== undefined) return { ...listed, pinned: true };
  const list = data === undefined || held.length > 0 || logs !== undefined ? undefined : join(data, "logs.note");
  const found = list === undefined || !existsSync(list) ? undefined : keysInList(origin, list);
  return found && { ...found, pinned: false };
}

/** The log's keys as a list names them, and the present one. */
function keysInList(origin: string, file: string): { readonly vkey: string; readonly trail?: KeyTrail } | undefined {
  const list = parseLogList(readFileSync(file, "utf8"));
  const vkey = list.findLast((log) => log.origin === origin)?.vkey;
  const trail = trailInList(origin, list);
  return vkey === undefined ? undefined : { vkey, ...(trail && { trail }) };
}

/** A closed log in a data directory. */
function beside(data: string, origin: string, keys: MasterKeys | undefined): (EarlierLog & { readonly log: ReadableLog }) | undefined {
  const stores = storesAt(closedLogAt(dataDirectory(resolve(data)), logNameIn(origin)));
  if (!stores.hasLedger()) return undefined;
  const log = stores.readLog(keys);
  return { log, evidence: log, ...(keys && { openable: log }) };
}

/** A closed log that the same gateway publishes. */
async function overHttpBefore(
  origin: string,
  { log: url, subsystem, key }: { readonly log?: string; readonly subsystem?: string; readonly key?: string },
): Promise<{ readonly log: PublishedLog & { close(): Promise<void> } } | undefined> {
  const log = overHttp(new URL(`/log/${logNameIn(origin)}`, url).href, subsystem, key);
  return (await log.checkpoint()) === "" ? undefined : { log };
}
