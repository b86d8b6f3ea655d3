import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { send, type Sent } from "../agent/consumer.ts";
import { exchangeFile } from "../agent/exchange-file.ts";
import { readSigningKey } from "../agent/key-file.ts";
import { checkReceipt } from "../verify/check-receipt.ts";
import { parseReceipt } from "../ledger/receipt.ts";
import { CommandFault, UsageFault, type Verb } from "./verb.ts";
import { printFindings } from "./verify.ts";

export const verb: Verb = {
  usage: "call --subsystem ID --key FILE.pem --purpose P [--content FILE] [--vkey VKEY] [--save FILE] METHOD URL",
  summary: {
    id: "Menandatangani dan mengirim satu permintaan, lalu memeriksa tanda terimanya",
    en: "Signs and sends one request, then checks its receipt",
  },
  help: [
    {
      id: "URL lengkap dengan asal publik gerbang, misalnya http://127.0.0.1:8080/r1/…; tanpa --purpose untuk /receipts. --alg PS256 bila kunci RSA Anda terdaftar demikian. --hdr NAMA=NILAI boleh berulang.",
      en: "URL with the gateway's public origin, such as http://127.0.0.1:8080/r1/…; without --purpose for /receipts. --alg PS256 if your RSA key is registered so. --hdr NAME=VALUE may be repeated.",
    },
  ],
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        subsystem: { type: "string" },
        key: { type: "string" },
        purpose: { type: "string" },
        content: { type: "string" },
        "content-type": { type: "string", default: "application/json" },
        alg: { type: "string" },
        hdr: { type: "string", multiple: true, default: [] },
        vkey: { type: "string" },
        save: { type: "string" },
      },
      allowPositionals: true,
    });
    const [method, address] = positionals;
    if (method === undefined || address === undefined || !URL.canParse(address))
      throw new UsageFault({ id: "Sebutkan METHOD dan URL.", en: "Name METHOD and URL." });
    if (values.subsystem === undefined || values.key === undefined)
      throw new UsageFault({ id: "Sebutkan --subsystem dan --key.", en: "Name --subsystem and --key." });
    if (values.alg !== undefined && values.alg !== "RS256" && values.alg !== "PS256")
      throw new UsageFault({ id: "--alg hanya RS256 atau PS256.", en: "--alg is RS256 or PS256." });

    const aud = new URL(address).origin;
    const target = address.slice(aud.length);
    const content = values.content === undefined ? undefined : readFileSync(values.content);
    const hdr = Object.fromEntries(values.hdr.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
    const sent = await send({
      iss: values.subsystem,
      aud,
      method,
      target: target === "" ? "/" : target,
      key: readSigningKey(values.key, values.alg),
      fields: { Prefer: "receipt=full" },
      ...(values.purpose === undefined ? undefined : { purpose: values.purpose }),
      ...(content === undefined ? undefined : { content, contentType: values["content-type"] }),
      ...(values.hdr.length === 0 ? undefined : { hdr }),
    }).catch((error: NodeJS.ErrnoException) => {
      throw new CommandFault(
        {
          id: `Gerbang ${aud} tidak dapat dihubungi (${error.code ?? error.message}).`,
          en: `The gateway ${aud} cannot be reached (${error.code ?? error.message}).`,
        },
        error,
      );
    });
    if (values.save !== undefined)
      writeFileSync(values.save, `${JSON.stringify(exchangeFile(method, target, sent), undefined, 2)}\n`, { mode: 0o600 });
    return show(sent, method, values.vkey);
  },
};

function show({ claims, content, status, fields, answer }: Sent, method: string, vkey: string | undefined): number {
  console.log(
    `HTTP ${status}${fields["spl-problem"] === undefined ? "" : `  ${fields["spl-problem"]}`}\nSpl-Exchange ${fields["spl-exchange"] ?? "-"}`,
  );
  if (answer.length > 0) console.log(answer.toString("utf8"));
  const receipt = fields["spl-receipt"] === undefined ? undefined : parseReceipt(fields["spl-receipt"]);
  if (receipt === undefined) {
    console.log(fields["link"] === undefined ? "Tanpa tanda terima. (No receipt.)" : `Tanda terima (receipt): ${fields["link"]}`);
  } else {
    const id = fields["spl-exchange"] ?? "";
    console.log("\nTanda terima (receipt):", receipt.leaf.toString("utf8"));
    const findings = checkReceipt(receipt, {
      statement: claims,
      requestContent: content,
      responseContent: answer,
      htm: method,
      status,
      exchange: id,
      ...(vkey === undefined ? undefined : { vkey }),
    });
    printFindings(findings);
    if (findings.some(({ holds }) => holds === false)) return 1;
  }
  return status < 400 ? 0 : 1;
}
