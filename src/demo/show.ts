import { join } from "node:path";
import type { Config } from "../config.ts";
import type { Instance } from "../instance.ts";
import { checkReceipt } from "../ledger/check-receipt.ts";
import { parseReceipt } from "../ledger/receipt.ts";
import { publicJwk } from "../trust/key-proof.ts";
import type { Shown } from "./exchanges.ts";
import type { Kabupaten } from "./kabupaten.ts";

/** All that there is to show of one run of the demo. */
export interface Demonstration {
  readonly config: Config;
  readonly instance: Instance;
  readonly kabupaten: Kabupaten;
  readonly exchanges: readonly Shown[];
  readonly checkpoint: string;
  readonly controlOrigin: string;
}

/** The document of `demo --once --json`: enough for a stranger's program to check everything. */
export function demoDocument({ config, instance, kabupaten, exchanges, checkpoint }: Demonstration): object {
  return {
    publicOrigin: config.publicOrigin,
    log: { origin: instance.origin, vkey: instance.vkey },
    keys: Array.from(kabupaten.keys, ([subsystem, key]) => ({ kid: key.kid, alg: key.alg, subsystem, jwk: publicJwk(key) })),
    exchanges: exchanges.map(({ file }) => file),
    checkpoint,
    data: config.data,
  };
}

/** The same for people: what was tried, what came back, what it proves; then commands to paste. */
export function printDemo({ config, instance, kabupaten, exchanges, controlOrigin }: Demonstration, { serving }: { readonly serving: boolean }): void {
  console.log(`\nSimpul melayani Kabupaten Demo pada ${config.publicOrigin}  (kendali: ${controlOrigin}/metrics)\n`);
  exchanges.forEach(({ consumer, tried, proves, file }, i) => {
    const mark = file.problem === null ? "✓" : "✗";
    console.log(`${i + 1}. ${tried.id}\n   ${tried.en}`);
    console.log(`   ${consumer}\n   ${file.method} ${file.target}`);
    console.log(`   ${mark} HTTP ${file.status}${file.problem === null ? "" : ` ${file.problem}`} · ${receiptLine(file, instance.vkey)}`);
    console.log(`   → ${proves.id}\n     (${proves.en})\n`);
  });
  if (serving) printCommands(config, instance, kabupaten);
}

function receiptLine({ receipt: value, statement, status, id, requestContent, responseContent }: Shown["file"], vkey: string): string {
  const receipt = value === null ? undefined : parseReceipt(value);
  if (receipt === undefined) return "tanpa tanda terima baru (no new receipt)";
  const findings = checkReceipt(receipt, {
    vkey,
    status,
    exchange: id,
    statement: Buffer.from(statement.split(".")[1] ?? "", "base64url"),
    requestContent: Buffer.from(requestContent, "base64url"),
    responseContent: Buffer.from(responseContent, "base64url"),
  });
  return findings.some(({ holds }) => holds === false) ? "tanda terima RUSAK (receipt BROKEN)" : `tanda terima sah, daun ${receipt.index} (receipt verified, leaf ${receipt.index})`;
}

function printCommands(config: Config, { vkey }: Instance, { keys }: Kabupaten): void {
  const portal = "ID-16.03/GOV/diskominfo/portal";
  if (!keys.has(portal)) return;
  const key = join(config.data, "demo/keys/diskominfo-portal.pem");
  console.log(`Coba sendiri (try it yourself):

  npm run -s simpul -- call --subsystem ${portal} --key ${key} \\
      --purpose informasi-tarif-pajak --vkey '${vkey}' --save pertukaran.json \\
      GET '${config.publicOrigin}/r1/ID-16.03/GOV/bapenda/pajak/pbb/v1/tarif/16.03.02?tahun=2026'
  npm run -s simpul -- verify --vkey '${vkey}' pertukaran.json
  npm run -s simpul -- audit --data ${config.data}
  curl -s ${config.publicOrigin}/log/${config.logName}/checkpoint

Ctrl-C menghentikan gerbang; start berikutnya melanjutkan data dan log yang sama. (Ctrl-C stops it; the next start goes on with the same data and log.)`);
}
