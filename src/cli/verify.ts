import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readReceiptFile } from "../agent/exchange-file.ts";
import { checkReceipt, type Finding } from "../ledger/check-receipt.ts";
import { parseVkey } from "../ledger/note.ts";
import { CommandFault, UsageFault, type Verb } from "./verb.ts";

export const verb: Verb = {
  usage: "verify [--vkey VKEY | --logs FILE] FILE",
  summary: { id: "Memeriksa sebuah tanda terima tanpa bertanya kepada siapa pun", en: "Checks a receipt without asking anybody" },
  help: [
    {
      id: "VKEY atau FILE daftar log harus dari simpanan Anda sendiri, bukan dari gerbang yang diperiksa. Status keluar: 0 sah, 1 rusak, 2 konsisten tetapi tanpa kunci yang dipegang sendiri.",
      en: "VKEY, or the FILE with the list of logs, must be your own copy, not the suspect's. Exit status: 0 verified, 1 broken, 2 consistent but without a pinned key.",
    },
  ],
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options: { vkey: { type: "string" }, logs: { type: "string" } }, allowPositionals: true });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new UsageFault({ id: "Sebutkan satu berkas (- untuk masukan standar).", en: "Name one file (- for standard input)." });
    const { receipt, facts } = readReceiptFile(file);
    const vkey = values.vkey ?? (values.logs === undefined ? undefined : vkeyFor(receipt.checkpoint, values.logs));
    if (vkey !== undefined && parseVkey(vkey) === undefined) throw new CommandFault({ id: `${vkey} bukan vkey.`, en: `${vkey} is not a vkey.` });
    const findings = checkReceipt(receipt, { ...facts, ...(vkey === undefined ? undefined : { vkey }) });
    printFindings(findings);
    return verdict(findings, vkey !== undefined);
  },
};

/** The vkey of the receipt's log, from a list that the holder keeps. */
function vkeyFor(checkpoint: string, path: string): string {
  const origin = checkpoint.slice(0, checkpoint.indexOf("\n"));
  const line = readFileSync(path, "utf8").split("\n").find((row) => row.startsWith(`${origin} `));
  const vkey = line?.split(" ")[1];
  if (vkey === undefined) throw new CommandFault({ id: `${path} tidak memuat log ${origin}.`, en: `${path} does not list the log ${origin}.` });
  return vkey;
}

/** What holds, what does not, what could not be looked at. */
export function printFindings(findings: readonly Finding[], print: (line: string) => void = console.log): void {
  for (const { holds, step, text } of findings) {
    const mark = holds === true ? "✓" : holds === false ? "✗" : "–";
    print(`  ${mark} (${step}) ${text.id}\n        ${text.en}`);
  }
}

function verdict(findings: readonly Finding[], pinned: boolean): number {
  if (findings.some(({ holds }) => holds === false)) {
    console.log("Tanda terima ini RUSAK: lihat baris bertanda ✗. (The receipt is BROKEN: see the lines with ✗.)");
    return 1;
  }
  if (!pinned) {
    console.log("Konsisten, tetapi tidak ada yang menjamin kuncinya: berikan --vkey dari simpanan Anda. (Consistent, but nobody vouches for the key: give your own --vkey.)");
    return 2;
  }
  const open = findings.filter(({ holds }) => holds === "not-checked").length;
  if (open === 0) console.log("Tanda terima ini SAH. (The receipt is VERIFIED.)");
  else console.log(`Tanda terima ini SAH sejauh diperiksa; ${open} hal tidak diperiksa (baris bertanda –). (The receipt is VERIFIED as far as it was checked; ${open} points were not: see the lines with –.)`);
  return 0;
}
