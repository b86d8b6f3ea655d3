import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Sent } from "../agent/consumer.ts";
import { exchangeFile } from "../agent/exchange-file.ts";
import { inline } from "../base/text.ts";
import { readSigningKey } from "../agent/key-file.ts";
import { checkReceipt } from "../verify/check-receipt.ts";
import { parseReceipt } from "../ledger/receipt.ts";
import { messages } from "./messages.ts";
import { rsaAlgorithm, sendToGateway } from "./to-gateway.ts";
import { UsageFault, type Verb, type VerbOptions } from "./verb.ts";
import { printChecked, checkedVerdict } from "./verify/print.ts";

const options = {
  subsystem: { type: "string", value: "ID", means: { id: "subsistem yang memanggil", en: "the subsystem that calls" } },
  key: { type: "string", value: "FILE.pem", means: { id: "kunci privatnya", en: "its private key" } },
  purpose: {
    type: "string",
    value: "P",
    means: { id: "tujuan menurut izinnya; tidak untuk /receipts", en: "the grant's purpose; not for /receipts" },
  },
  content: { type: "string", value: "FILE", means: { id: "isi permintaan", en: "the request's content" } },
  "content-type": { type: "string", default: "application/json", value: "TYPE", means: { id: "jenis isinya", en: "its type" } },
  alg: {
    type: "string",
    value: "RS256|PS256",
    means: { id: "PS256 bila kunci RSA Anda terdaftar demikian", en: "PS256 if your RSA key is registered so" },
  },
  hdr: {
    type: "string",
    multiple: true,
    value: "NAMA=NILAI",
    means: { id: "kepala yang ditandatangani; boleh berulang", en: "a header that is signed; may be repeated" },
  },
  vkey: {
    type: "string",
    value: "VKEY",
    means: { id: "kunci log untuk memeriksa tanda terima", en: "the log's key, to check the receipt with" },
  },
  save: { type: "string", value: "FILE", means: { id: "menyimpan pertukaran untuk verify", en: "keeps the exchange for verify" } },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "developer",
  usage: "call --subsystem ID --key FILE.pem --purpose P [--content FILE] [--vkey VKEY] [--save FILE] METHOD URL",
  summary: {
    id: "Menandatangani dan mengirim satu permintaan, lalu memeriksa tanda terimanya",
    en: "Signs and sends one request, then checks its receipt",
  },
  help: [
    {
      id: "URL lengkap dengan asal publik gerbang, misalnya http://127.0.0.1:8080/r1/….",
      en: "URL with the gateway's public origin, such as http://127.0.0.1:8080/r1/….",
    },
  ],
  options,
  exit: {
    0: { id: "dijawab, dan tanda terimanya cocok", en: "answered, and its receipt fits" },
    1: { id: "ditolak, tidak terjangkau, atau tanda terimanya tidak cocok", en: "refused, not reachable, or its receipt does not fit" },
  },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [method, address] = positionals;
    if (method === undefined || address === undefined || !URL.canParse(address)) throw new UsageFault(messages.nameMethodAndUrl);
    if (values.subsystem === undefined || values.key === undefined) throw new UsageFault(messages.subsystemAndKey);
    const alg = rsaAlgorithm(values.alg);

    const aud = new URL(address).origin;
    const target = address.slice(aud.length);
    const content = values.content === undefined ? undefined : readFileSync(values.content);
    const hdr = Object.fromEntries((values.hdr ?? []).map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
    const sent = await sendToGateway({
      iss: values.subsystem,
      aud,
      method,
      target: target === "" ? "/" : target,
      key: readSigningKey(values.key, alg),
      fields: { Prefer: "receipt=full" },
      ...(values.purpose === undefined ? undefined : { purpose: values.purpose }),
      ...(content === undefined ? undefined : { content, contentType: values["content-type"] }),
      ...(values.hdr === undefined ? undefined : { hdr }),
    });
    if (values.save !== undefined)
      writeFileSync(values.save, `${JSON.stringify(exchangeFile(method, target, sent), undefined, 2)}\n`, { mode: 0o600 });
    return show(sent, { method, consumer: values.subsystem, service: serviceIn(target), vkey: values.vkey });
  },
};

/** `/r1/<service version>/…`; a request for a receipt names no service. */
const serviceIn = (target: string): string | undefined => /^\/r1\/((?:[^/?]+\/){5}[^/?]+)/.exec(target)?.[1];

interface Asked {
  readonly method: string;
  readonly consumer: string;
  readonly service: string | undefined;
  readonly vkey: string | undefined;
}

function show({ claims, content, status, fields, answer }: Sent, { method, consumer, service, vkey }: Asked): number {
  const problem = fields["spl-problem"];
  console.log(`HTTP ${status}${problem === undefined ? "" : `  ${problem}`}\nSpl-Exchange ${fields["spl-exchange"] ?? "-"}`);
  if (answer.length > 0) console.log(answer.toString("utf8"));
  const receipt = fields["spl-receipt"] === undefined ? undefined : parseReceipt(fields["spl-receipt"]);
  if (receipt === undefined) {
    console.log(fields["link"] === undefined ? inline(messages.noReceipt) : `${inline(messages.receipt)}: ${fields["link"]}`);
  } else {
    const id = fields["spl-exchange"] ?? "";
    console.log(`\n${inline(messages.receipt)}: ${receipt.leaf.toString("utf8")}`);
    const findings = checkReceipt(receipt, {
      consumer,
      ...(service === undefined ? undefined : { service }),
      statement: claims,
      requestContent: content,
      responseContent: answer,
      htm: method,
      status,
      exchange: id,
      ...(vkey === undefined ? undefined : { vkey }),
    });
    printChecked({ kind: "receipt", findings, verdict: checkedVerdict(findings, vkey) });
    if (findings.some(({ holds }) => holds === false)) return 1;
  }
  return status < 400 ? 0 : 1;
}
