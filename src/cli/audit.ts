import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { audit, type Audit, type AuditInputs } from "../audit/audit.ts";
import { auditHtml } from "../audit/report/html.ts";
import { auditText } from "../audit/report/text.ts";
import { dataDirectory } from "../base/store-location.ts";
import { loadMasterKeys } from "../ledger/sealed/master-key.ts";
import { parseVkey } from "../ledger/note.ts";
import { storesAt } from "../store/open.ts";
import { readMetrics, readReceipts, readRemembered, remember } from "./audit/inputs.ts";
import { overHttp } from "./audit/over-http.ts";
import { showProgress } from "./audit/progress.ts";
import { CommandFault, UsageFault, type Verb } from "./verb.ts";

export const verb: Verb = {
  usage:
    "audit (--data FOLDER [--evidence-key FILE] | --log URL --subsystem ID --key FILE.pem) [--vkey VKEY] [--since FILE] [--receipts FOLDER] [--metrics FILE|URL] [--json | --html FILE]",
  summary: {
    id: "Menghitung ulang seluruh log dan menunjuk tempat yang tidak cocok",
    en: "Recomputes a whole log and names the place that does not fit",
  },
  help: [
    {
      id: "--data membaca berkas gerbang, juga selagi gerbang berjalan. --log membaca ubin yang diterbitkan, misalnya http://127.0.0.1:8080/log/log-1; entri hanya untuk subsistem auditor.",
      en: "--data reads a gateway's files, also while it runs. --log reads the published tiles, for instance http://127.0.0.1:8080/log/log-1; entries are for auditor subsystems.",
    },
    {
      id: "--evidence-key membuka semua bukti di sisi daun dan membandingkannya dengan daunnya: beberapa kali lebih lama.",
      en: "--evidence-key opens all evidence beside the leaves and compares it with them: that takes some times longer.",
    },
    {
      id: "--since membandingkan dengan titik periksa yang diingat dalam FILE, dan menambahkan yang baru bila log utuh: simpan FILE di luar jangkauan pengelola gerbang. --receipts membandingkan dengan tanda terima yang disimpan para pihak.",
      en: "--since compares with the checkpoints that FILE remembers, and adds the new one if the log is sound: keep FILE where the gateway's operator cannot reach it. --receipts compares with receipts that the parties kept.",
    },
    {
      id: "Status keluar: 0 utuh, 1 tidak utuh, 2 konsisten tetapi tanpa kunci (--vkey) yang menjaminnya. Kunci di sebelah data cukup terhadap kecelakaan, tidak terhadap pengelola.",
      en: "Exit status: 0 sound, 1 not sound, 2 consistent but without a key (--vkey) that vouches for it. The key beside the data is enough against accidents, not against the operator.",
    },
  ],
  async run(args) {
    const { values } = parseArgs({ args: [...args], options });
    if ((values.data === undefined) === (values.log === undefined))
      throw new UsageFault({ id: "Pilih salah satu: --data atau --log.", en: "Choose one of --data and --log." });
    if (values.log !== undefined && !/^https?:$/.test(URL.parse(values.log)?.protocol ?? ""))
      throw new UsageFault({ id: `${values.log} bukan URL log.`, en: `${values.log} is not the URL of a log.` });
    if (values["evidence-key"] !== undefined && values.data === undefined)
      throw new UsageFault({ id: "--evidence-key hanya untuk --data.", en: "--evidence-key is for --data only." });
    if (values.json === true && values.html !== undefined)
      throw new UsageFault({ id: "Pilih salah satu: --json atau --html.", en: "Choose one of --json and --html." });
    const evidenceKeys = values["evidence-key"] === undefined ? undefined : loadMasterKeys(values["evidence-key"]);
    const files = values.data === undefined ? undefined : storesAt(dataDirectory(resolve(values.data))).readLog(evidenceKeys);
    const log = files ?? overHttp(values.log!, values.subsystem, values.key);
    const { progress, end } = showProgress(process.stderr);
    let report: Audit;
    try {
      const key = keyOf(values.vkey, values.data);
      report = await audit(log, {
        now: Date.now(),
        progress,
        ...(key && { key }),
        ...(values.since !== undefined && { remembered: readRemembered(values.since) }),
        ...(values.receipts !== undefined && { receipts: readReceipts(values.receipts) }),
        // Before the log: what was counted by then is in it.
        ...(values.metrics !== undefined && { metrics: await readMetrics(values.metrics) }),
        ...(files && { evidence: files }),
        ...(files && evidenceKeys && { openable: files }),
      });
    } finally {
      end();
      await log.close();
    }
    if (values.since !== undefined && report.verdict === "sound") remember(values.since, report.checkpoint);
    if (values.html !== undefined) writeFileSync(values.html, auditHtml(report));
    console.log(values.json === true ? JSON.stringify(report) : auditText(report));
    return { sound: 0, unsound: 1, unvouched: 2 }[report.verdict];
  },
};

const options = {
  data: { type: "string" },
  log: { type: "string" },
  subsystem: { type: "string" },
  key: { type: "string" },
  "evidence-key": { type: "string" },
  vkey: { type: "string" },
  since: { type: "string" },
  receipts: { type: "string" },
  metrics: { type: "string" },
  json: { type: "boolean" },
  html: { type: "string" },
} as const;

/** The auditor's own key, or the one that `init` wrote beside the log. */
function keyOf(vkey: string | undefined, data: string | undefined): AuditInputs["key"] {
  if (vkey !== undefined && parseVkey(vkey) === undefined)
    throw new CommandFault({ id: `${vkey} bukan vkey.`, en: `${vkey} is not a vkey.` });
  if (vkey !== undefined) return { vkey, pinned: true };
  const list = data === undefined ? undefined : join(data, "logs.note");
  const beside = list === undefined || !existsSync(list) ? undefined : readFileSync(list, "utf8").split("\n")[1]?.split(" ")[1];
  return beside === undefined ? undefined : { vkey: beside, pinned: false };
}
