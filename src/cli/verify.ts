import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readExchangeFile, readReceipt } from "../agent/exchange-file.ts";
import type { Text } from "../base/text.ts";
import { checkBundle } from "../verify/check-bundle.ts";
import { checkReceipt, type ReceiptFacts } from "../verify/check-receipt.ts";
import { parseVkey } from "../ledger/note.ts";
import { CommandFault, UsageFault, type Verb } from "./verb.ts";

export const verb: Verb = {
  usage: "verify [--vkey VKEY | --logs FILE] [--exchange FILE] [--json] FILE",
  summary: {
    id: "Memeriksa tanda terima atau bundel bukti tanpa bertanya kepada siapa pun",
    en: "Checks a receipt or a bundle of evidence without asking anybody",
  },
  help: [
    {
      id: "VKEY atau FILE daftar log harus dari simpanan Anda sendiri, bukan dari gerbang yang diperiksa. --exchange: berkas dari call --save, yang isinya membuka komitmen. Status keluar: 0 sah, 1 rusak, 2 konsisten tetapi tanpa kunci yang dipegang sendiri.",
      en: "VKEY, or the FILE with the list of logs, must be your own copy, not the suspect's. --exchange: a file of call --save, whose contents open the commitments. Exit status: 0 verified, 1 broken, 2 consistent but without a pinned key.",
    },
  ],
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { vkey: { type: "string" }, logs: { type: "string" }, exchange: { type: "string" }, json: { type: "boolean" } },
      allowPositionals: true,
    });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1)
      throw new UsageFault({ id: "Sebutkan satu berkas (- untuk masukan standar).", en: "Name one file (- for standard input)." });
    const bytes = readFileSync(path === "-" ? 0 : path);
    const pin = (origin: string): string | undefined =>
      pinned(values.vkey ?? (values.logs === undefined ? undefined : vkeyFor(origin, values.logs)));
    const checked = isEvidence(bytes) ? checkEvidence(bytes, pin, values.exchange) : checkReceiptOf(bytes, path, pin, values.exchange);
    if (values.json === true) console.log(JSON.stringify(asJson(checked)));
    else print(checked);
    return outcomes[checked.verdict].status;
  },
};

/** What was looked at, of a receipt or of a bundle. */
interface Finding {
  readonly step: string | number;
  readonly holds: boolean | "not-checked";
  readonly text: Text;
  readonly where?: string;
}

interface Checked {
  readonly kind: keyof typeof kinds;
  readonly findings: readonly Finding[];
  readonly verdict: keyof typeof outcomes;
}

/** Told apart by what it says it is, also where it was written anew or is JSON no more: a bundle is never judged as less. */
const isEvidence = (bytes: Buffer): boolean => bytes.includes('"type":"spl-evidence"') || namesIn(bytes).type === "spl-evidence";

type Pin = (origin: string) => string | undefined;

function checkEvidence(bytes: Buffer, pin: Pin, exchange: string | undefined): Checked {
  const { log, exchange: id } = namesIn(bytes);
  const vkey = log === undefined ? undefined : pin(log);
  const mine = exchange === undefined ? undefined : readExchangeFile(exchange);
  if (mine !== undefined && mine.exchange !== id)
    throw new CommandFault({
      id: `${exchange} tentang pertukaran lain, ${mine.exchange}.`,
      en: `${exchange} is about another exchange, ${mine.exchange}.`,
    });
  const contents = mine === undefined ? undefined : { request: mine.requestContent!, delivered: mine.responseContent! };
  const findings = checkBundle(bytes, {
    ...(vkey === undefined ? undefined : { vkey }),
    ...(contents === undefined ? undefined : { contents }),
  });
  return { kind: "evidence", findings, verdict: verdictOf(findings, vkey) };
}

/** The names by which a key and contents are looked for; whether the document is sound is judged elsewhere. */
function namesIn(bytes: Buffer): { readonly type?: unknown; readonly log?: string; readonly exchange?: string } {
  try {
    const { type, log, exchange } = JSON.parse(bytes.toString("utf8")) as Readonly<Record<string, unknown>>;
    return typeof log === "string" && typeof exchange === "string" ? { type, log, exchange } : { type };
  } catch {
    return {};
  }
}

function checkReceiptOf(bytes: Buffer, path: string, pin: Pin, exchange: string | undefined): Checked {
  const { receipt, facts } = readReceipt(bytes.toString("utf8"), path);
  const { checkpoint } = receipt;
  const vkey = pin(checkpoint.slice(0, checkpoint.indexOf("\n")));
  const mine: ReceiptFacts = exchange === undefined ? {} : readExchangeFile(exchange);
  const findings = checkReceipt(receipt, { ...facts, ...mine, ...(vkey === undefined ? undefined : { vkey }) });
  return { kind: "receipt", findings, verdict: verdictOf(findings, vkey) };
}

function pinned(vkey: string | undefined): string | undefined {
  if (vkey !== undefined && parseVkey(vkey) === undefined)
    throw new CommandFault({ id: `${vkey} bukan vkey.`, en: `${vkey} is not a vkey.` });
  return vkey;
}

/** The vkey of a log, from a list that the holder keeps. */
function vkeyFor(origin: string, path: string): string {
  const line = readFileSync(path, "utf8")
    .split("\n")
    .find((row) => row.startsWith(`${origin} `));
  const vkey = line?.split(" ")[1];
  if (vkey === undefined)
    throw new CommandFault({ id: `${path} tidak memuat log ${origin}.`, en: `${path} does not list the log ${origin}.` });
  return vkey;
}

/** A key that came with what is checked vouches for nothing: without a pinned one the best is consistent. */
function verdictOf(findings: readonly Finding[], vkey: string | undefined): Checked["verdict"] {
  if (findings.some(({ holds }) => holds === false)) return "broken";
  return vkey === undefined ? "unvouched" : "verified";
}

const kinds = {
  receipt: { id: "Tanda terima ini", en: "The receipt is" },
  evidence: { id: "Bundel bukti ini", en: "The evidence is" },
} as const satisfies Readonly<Record<string, Text>>;

const outcomes = {
  verified: { status: 0, id: "SAH", en: "VERIFIED" },
  broken: { status: 1, id: "RUSAK: lihat baris bertanda ✗", en: "BROKEN: see the lines with ✗" },
  unvouched: {
    status: 2,
    id: "konsisten, tetapi tidak ada yang menjamin kuncinya: berikan --vkey dari simpanan Anda",
    en: "consistent, but nobody vouches for the key: give your own --vkey",
  },
} as const;

function print({ kind, findings, verdict }: Checked): void {
  printFindings(findings);
  const { id, en } = outcomes[verdict];
  const left = verdict === "verified" ? findings.filter(({ holds }) => holds === "not-checked").length : 0;
  const bounds =
    left === 0
      ? { id: "", en: "" }
      : {
          id: ` sejauh diperiksa; ${left} hal tidak diperiksa (baris bertanda –)`,
          en: ` as far as it was checked; ${left} points were not: see the lines with –`,
        };
  console.log(`${kinds[kind].id} ${id}${bounds.id}. (${kinds[kind].en} ${en}${bounds.en}.)`);
}

/** What holds, what does not, what could not be looked at. */
export function printFindings(findings: readonly Finding[], print: (line: string) => void = console.log): void {
  for (const { holds, step, text } of findings) {
    const mark = holds === true ? "✓" : holds === false ? "✗" : "–";
    print(`  ${mark} (${step}) ${text.id}\n        ${text.en}`);
  }
}

const asJson = ({ kind, verdict, findings }: Checked): object => ({
  kind,
  verdict,
  findings: findings.map(({ text, ...finding }) => ({ ...finding, ...text })),
});
