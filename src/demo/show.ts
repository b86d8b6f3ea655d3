import { commandLine, quoted } from "../base/command-line.ts";
import { join } from "node:path";
import type { Control } from "../control-client/control-client.ts";
import { explanationLines } from "../control-client/format-explanation.ts";
import { inline, stacked } from "../base/text.ts";
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
import { messages } from "./messages.ts";

/** Everything that one run of the demo shows. */
export interface Demonstration {
  readonly config: Config;
  readonly instance: Instance;
  readonly kabupaten: Kabupaten;
  readonly exchanges: readonly Shown[];
  readonly road: RoadSummary;
  readonly checkpoint: string;
  readonly controlOrigin: string;
}

/** The document of `demo --once --json`. Another program can check every exchange with it alone. */
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

/** Where the gateway serves, and under which regulation. */
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
    `${inline(messages.profile)}: ${profile.regulation.short}, ${profile.id} versi ${profile.version}`,
  ];
}

/** The exchanges for people: what was tried, what was answered, what it proves. */
export function exchangeLines({ instance, exchanges }: Demonstration): readonly string[] {
  return exchanges.flatMap(({ consumer, tried, proves, file }, i) => [
    "",
    `${i + 1}. ${tried.id}\n   ${tried.en}`,
    `   ${consumer}\n   ${file.method} ${file.target}`,
    `   ${outcomeOf(file)} · ${receiptLine(file, instance.vkey)}`,
    ...("spl-signature" in file.responseHeaders ? [`     ${inline(messages.providerSigned)}`] : []),
    `   → ${stacked(proves, "     ")}`,
  ]);
}

const outcomeOf = ({ status, problem }: Shown["file"]): string => (problem === null ? `✓ HTTP ${status}` : `✗ HTTP ${status} ${problem}`);

/** Why the first exchange was allowed. */
export async function whyLines(control: Control, [first]: readonly Shown[]): Promise<readonly string[]> {
  if (first === undefined) return [];
  return ["", stacked(messages.whyAllowed), ...explanationLines((await control.get(`/v1/why/exchange/${first.file.id}`)) as Explanation)];
}

function receiptLine({ receipt: value, statement, status, id, requestContent, responseContent }: Shown["file"], vkey: string): string {
  const receipt = value === null ? undefined : parseReceipt(value);
  if (receipt === undefined) return inline(messages.noNewReceipt);
  const findings = checkReceipt(receipt, {
    vkey,
    status,
    exchange: id,
    statement: Buffer.from(statement.split(".")[1] ?? "", "base64url"),
    requestContent: Buffer.from(requestContent, "base64url"),
    responseContent: Buffer.from(responseContent, "base64url"),
  });
  const broken = findings.some(({ holds }) => holds === false);
  return inline(broken ? messages.receiptBroken : messages.receiptVerified(receipt.index));
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
  const control = ["--control", controlOrigin, "--data", config.data];
  const id = exchanges[0]?.file.id ?? "";
  return [
    `
${inline(messages.tryIt)}:

  ${commandLine("call", "--subsystem", portal, "--key", key)} \\
      --purpose informasi-tarif-pajak --vkey ${quoted(vkey)} --save pertukaran.json \\
      GET '${config.publicOrigin}/r1/ID-16.03/GOV/bapenda/pajak/pbb/v1/tarif/16.03.02?tahun=2026'
  ${commandLine("verify", "--vkey", vkey, "pertukaran.json")}
  ${commandLine("why", id, ...control)}
  ${commandLine("why", "instance", ...control)}
  ${commandLine("service", "list", ...control)}
  ${commandLine("evidence", id, "--data", config.data)} > bukti.json
  ${commandLine("verify", "--logs", join(config.data, "logs.note"), "bukti.json")}
  ${commandLine("audit", "--data", config.data)}
  curl -s ${config.publicOrigin}/log/${config.logName}/checkpoint`,
  ];
}
