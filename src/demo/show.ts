import { join } from "node:path";
import type { Control } from "../control-client/control-client.ts";
import { explanationLines } from "../control-client/format-explanation.ts";
import type { Config } from "../config/config.ts";
import type { Instance } from "../gateway/identity.ts";
import { checkReceipt } from "../verify/check-receipt.ts";
import { parseReceipt } from "../ledger/receipt.ts";
import type { Profile } from "../policy/profile/profile.ts";
import type { Explanation } from "../base/explanation.ts";
import { publicJwk } from "../trust/key-proof.ts";
import type { Shown } from "./exchanges.ts";
import type { Kabupaten } from "./kabupaten.ts";
import type { RoadSummary } from "./road/journal.ts";

/** All that there is to show of one run of the demo. */
export interface Demonstration {
  readonly config: Config;
  readonly instance: Instance;
  readonly kabupaten: Kabupaten;
  readonly exchanges: readonly Shown[];
  readonly road: RoadSummary;
  readonly checkpoint: string;
  readonly controlOrigin: string;
}

/** The document of `demo --once --json`: enough for a stranger's program to check everything. */
export function demoDocument({ config, instance, kabupaten, exchanges, checkpoint, road }: Demonstration): object {
  return {
    publicOrigin: config.publicOrigin,
    log: { origin: instance.origin, vkey: instance.vkey },
    keys: Array.from(kabupaten.keys, ([subsystem, key]) => ({ kid: key.kid, alg: key.alg, subsystem, jwk: publicJwk(key) })),
    exchanges: exchanges.map(({ file }) => file),
    checkpoint,
    data: config.data,
    road,
  };
}

/** Where it serves, under which regulation. */
export function greeting({
  publicOrigin,
  controlOrigin,
  profile,
}: {
  readonly publicOrigin: string;
  readonly controlOrigin: string;
  readonly profile: Profile;
}): readonly string[] {
  return [
    `\nSimpul melayani Kabupaten Demo pada ${publicOrigin}  (kendali: ${controlOrigin}/v1/openapi.json)`,
    `Profil peraturan (policy profile): ${profile.regulation.short}, ${profile.id} versi ${profile.version}`,
  ];
}

/** The exchanges for people: what was tried, what came back, what it proves. */
export function exchangeLines({ instance, exchanges }: Demonstration): readonly string[] {
  return exchanges.flatMap(({ consumer, tried, proves, file }, i) => [
    "",
    `${i + 1}. ${tried.id}\n   ${tried.en}`,
    `   ${consumer}\n   ${file.method} ${file.target}`,
    `   ${file.problem === null ? "✓" : "✗"} HTTP ${file.status}${file.problem === null ? "" : ` ${file.problem}`} · ${receiptLine(file, instance.vkey)}`,
    ...("spl-signature" in file.responseHeaders
      ? ["     jawaban ditandatangani penyedia, diperiksa gerbang (the provider signed the answer, the gateway checked it)"]
      : []),
    `   → ${proves.id}\n     (${proves.en})`,
  ]);
}

/** Why the first of them was allowed. */
export async function whyLines(control: Control, [first]: readonly Shown[]): Promise<readonly string[]> {
  if (first === undefined) return [];
  return [
    "",
    "Mengapa panggilan pertama diizinkan?\n(Why was the first call allowed?)",
    ...explanationLines((await control.get(`/v1/why/exchange/${first.file.id}`)) as Explanation),
  ];
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
  return findings.some(({ holds }) => holds === false)
    ? "tanda terima RUSAK (receipt BROKEN)"
    : `tanda terima sah, daun ${receipt.index} (receipt verified, leaf ${receipt.index})`;
}

/** Commands to paste. */
export function commandLines({
  config,
  instance: { vkey },
  kabupaten: { keys },
  exchanges,
  controlOrigin,
}: Demonstration): readonly string[] {
  const portal = "ID-16.03/GOV/diskominfo/portal";
  if (!keys.has(portal)) return [];
  const key = join(config.data, "demo/keys/diskominfo-portal.pem");
  const control = `--control ${controlOrigin} --data ${config.data}`;
  return [
    `
Coba sendiri (try it yourself):

  npm run -s simpul -- call --subsystem ${portal} --key ${key} \\
      --purpose informasi-tarif-pajak --vkey '${vkey}' --save pertukaran.json \\
      GET '${config.publicOrigin}/r1/ID-16.03/GOV/bapenda/pajak/pbb/v1/tarif/16.03.02?tahun=2026'
  npm run -s simpul -- verify --vkey '${vkey}' pertukaran.json
  npm run -s simpul -- why ${exchanges[0]?.file.id ?? ""} ${control}
  npm run -s simpul -- why instance ${control}
  npm run -s simpul -- service list ${control}
  npm run -s simpul -- evidence ${exchanges[0]?.file.id ?? ""} --data ${config.data} > bukti.json
  npm run -s simpul -- verify --logs ${config.data}/logs.note bukti.json
  npm run -s simpul -- audit --data ${config.data}
  curl -s ${config.publicOrigin}/log/${config.logName}/checkpoint

Ctrl-C menghentikan gerbang; start berikutnya melanjutkan data dan log yang sama. (Ctrl-C stops it; the next start goes on with the same data and log.)`,
  ];
}
