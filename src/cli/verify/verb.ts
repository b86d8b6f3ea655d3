import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { isTimeZone, zoneOfInstance } from "../../base/local-time.ts";
import { readExchangeFile, readReceipt } from "../../agent/exchange-file.ts";
import { checkBundle } from "../../verify/check-bundle.ts";
import { checkReceipt, type ReceiptFacts } from "../../verify/check-receipt.ts";
import { CommandFault, UsageFault, type Verb, type VerbOptions } from "../verb.ts";
import type { KeyTrail } from "../../ledger/key-trail.ts";
import { formatVkey } from "../../ledger/note.ts";
import { messages } from "./messages.ts";
import { checkedHtml } from "./page.ts";
import { keysAlong, keysInList, pinned } from "./pin.ts";
import { checkedJson, printChecked, type Checked, checkedVerdict } from "./print.ts";

const options = {
  vkey: {
    type: "string",
    value: "VKEY",
    means: {
      id: "kunci log, harus dari simpanan Anda sendiri, bukan dari gerbang yang diperiksa",
      en: "the log's key; it must be your own copy, not the suspect's",
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
  handovers: {
    type: "string",
    value: "FILE",
    means: {
      id: "bersama --vkey: serah terima kunci log dari /logs/handovers, untuk kunci yang sudah berganti",
      en: "with --vkey: the handovers of the log's key from /logs/handovers, for a key that changed since",
    },
  },
  exchange: {
    type: "string",
    value: "FILE",
    means: {
      id: "berkas dari call --save, yang isinya membuka komitmen",
      en: "a file of call --save, whose contents open the commitments",
    },
  },
  json: { type: "boolean", means: { id: "satu dokumen JSON", en: "one JSON document" } },
  html: {
    type: "string",
    value: "FILE",
    means: { id: "menulis hasilnya sebagai halaman untuk dicetak juga", en: "writes the result as a page to print, too" },
  },
  "time-zone": {
    type: "string",
    value: "ZONA",
    means: {
      id: "zona waktu halaman itu, seperti Asia/Makassar; tanpa ini zona daerah menurut konsumen dalam daun, selain itu zona komputer ini",
      en: "the page's time zone; without it that of the region by the leaf's consumer, or else this computer's",
    },
  },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "auditor",
  usage: "verify [--vkey VKEY [--handovers FILE] | --logs FILE] [--exchange FILE] [--json | --html FILE [--time-zone ZONA]] FILE",
  summary: {
    id: "Memeriksa tanda terima atau bundel bukti tanpa bertanya kepada siapa pun",
    en: "Checks a receipt or a bundle of evidence without asking anybody",
  },
  options,
  exit: {
    0: { id: "sah", en: "verified" },
    1: { id: "rusak", en: "broken" },
    2: { id: "konsisten tetapi tanpa kunci yang dipegang sendiri", en: "consistent but without a pinned key" },
  },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) throw new UsageFault(messages.nameOneFile);
    if (values.json === true && values.html !== undefined) throw new UsageFault(messages.jsonOrHtml);
    const chosen = values["time-zone"];
    if (chosen !== undefined && !isTimeZone(chosen)) throw new UsageFault(messages.noTimeZone(chosen));
    const bytes = readFileSync(path === "-" ? 0 : path);
    if (values.handovers !== undefined && values.vkey === undefined) throw new UsageFault(messages.handoversWithVkey);
    let keys: KeyTrail | string | undefined;
    const pin: Pin = (origin) => {
      const vkey = pinned(values.vkey);
      if (vkey === undefined) return (keys = values.logs === undefined ? undefined : keysInList(origin, values.logs));
      return (keys = values.handovers === undefined ? vkey : keysAlong(vkey, values.handovers));
    };
    const checked = isEvidence(bytes) ? checkEvidence(bytes, pin, values.exchange) : checkReceiptOf(bytes, path, pin, values.exchange);
    if (values.html !== undefined)
      writeFileSync(
        values.html,
        checkedHtml(checked, { name: path, bytes, vkey: shown(keys), now: Date.now(), zone: chosen ?? zoneOf(bytes) }),
      );
    if (values.json === true) console.log(JSON.stringify(checkedJson(checked)));
    else printChecked(checked);
    return statuses[checked.verdict];
  },
};

const statuses = { verified: 0, broken: 1, unvouched: 2 } as const satisfies Readonly<Record<Checked["verdict"], number>>;

/** Recognised by its type even where it was rewritten or is no longer JSON: a bundle is never checked as a mere receipt. */
const isEvidence = (bytes: Buffer): boolean => bytes.includes('"type":"spl-evidence"') || namesIn(bytes).type === "spl-evidence";

/** The zone of the region whose exchange it is; of the reader where the file does not tell. */
function zoneOf(bytes: Buffer): string {
  try {
    const { consumer } = JSON.parse(readReceipt(bytes, "").receipt.leaf.toString("utf8")) as { readonly consumer?: unknown };
    if (typeof consumer === "string" && /^ID-\d\d[.\d]*\//.test(consumer)) return zoneOfInstance(consumer);
  } catch {
    // What cannot be read was reported as that already.
  }
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

type Pin = (origin: string) => KeyTrail | string | undefined;

/** The keys by which something was checked, as text. */
const shown = (keys: KeyTrail | string | undefined): string | undefined =>
  typeof keys === "object" ? keys.keys.map(({ verifier }) => formatVkey(verifier)).join(" ") : keys;

function checkEvidence(bytes: Buffer, pin: Pin, exchange: string | undefined): Checked {
  const { log, exchange: id } = namesIn(bytes);
  const vkey = log === undefined ? undefined : pin(log);
  const mine = exchange === undefined ? undefined : readExchangeFile(exchange);
  if (mine !== undefined && mine.exchange !== id) throw new CommandFault(messages.otherExchange(exchange!, mine.exchange));
  const contents = mine === undefined ? undefined : { request: mine.requestContent!, delivered: mine.responseContent! };
  const findings = checkBundle(bytes, {
    ...(vkey === undefined ? undefined : { vkey }),
    ...(contents === undefined ? undefined : { contents }),
  });
  return { kind: "evidence", findings, verdict: checkedVerdict(findings, vkey) };
}

/** The names that tell which key and contents to use; `checkBundle` checks the document itself. */
function namesIn(bytes: Buffer): { readonly type?: unknown; readonly log?: string; readonly exchange?: string } {
  try {
    const { type, log, exchange } = JSON.parse(bytes.toString("utf8")) as Readonly<Record<string, unknown>>;
    return typeof log === "string" && typeof exchange === "string" ? { type, log, exchange } : { type };
  } catch {
    return {};
  }
}

function checkReceiptOf(bytes: Buffer, path: string, pin: Pin, exchange: string | undefined): Checked {
  const { receipt, facts } = readReceipt(bytes, path);
  const { checkpoint } = receipt;
  const vkey = pin(checkpoint.slice(0, checkpoint.indexOf("\n")));
  const mine: ReceiptFacts = exchange === undefined ? {} : readExchangeFile(exchange);
  const findings = checkReceipt(receipt, { ...facts, ...mine, ...(vkey === undefined ? undefined : { vkey }) });
  return { kind: "receipt", findings, verdict: checkedVerdict(findings, vkey) };
}
