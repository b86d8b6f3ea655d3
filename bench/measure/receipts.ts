import { Buffer } from "node:buffer";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import { send } from "../../src/agent/consumer.ts";
import type { SigningKey } from "../../src/trust/sign.ts";
import { service } from "../subjects/manifests.ts";

/** One exchange of a sample, with everything that its consumer knows of it. */
export interface Sampled {
  readonly consumer: string;
  readonly key: SigningKey;
  readonly method: string;
  readonly statement: string;
  readonly requestContent: Buffer;
  readonly status: number;
  /** As sent. */
  readonly fields: Readonly<Record<string, string | string[]>>;
  readonly responseContent: Buffer;
}

/** The same with the receipt that its link leads to, where it did not fit into the answer's fields (protocol §3). */
export async function withReceipt(sampled: Sampled, aud: string): Promise<Sampled> {
  const { fields, key } = sampled;
  const target = /^<([^>]*)>/.exec(String(fields["Link"]))?.[1];
  if (fields["Spl-Receipt"] !== undefined || target === undefined) return sampled;
  const { answer } = await send({ iss: sampled.consumer, aud, method: "GET", target, key });
  return { ...sampled, fields: { ...fields, "Spl-Receipt": (JSON.parse(answer.toString()) as { receipt: string }).receipt } };
}

/**
 * Checks a receipt as its consumer would (protocol §5), with the log's pinned key. Throws, saying what does not hold,
 * unless everything does.
 */
export function requireReceipt(sampled: Sampled, vkey: string): void {
  const field = (name: string): string => {
    const value = sampled.fields[name];
    if (typeof value !== "string") throw new Error(`an answer ${sampled.status} came without ${name}`);
    return value;
  };
  const receipt = parseReceipt(field("Spl-Receipt"));
  if (receipt === undefined) throw new Error("a receipt cannot be read");
  const findings = checkReceipt(receipt, {
    vkey,
    consumer: sampled.consumer,
    service,
    htm: sampled.method,
    status: sampled.status,
    exchange: field("Spl-Exchange"),
    statement: Buffer.from(sampled.statement.split(".")[1] ?? "", "base64url"),
    requestContent: sampled.requestContent,
    responseContent: sampled.responseContent,
  });
  const broken = findings.filter(({ holds }) => holds !== true);
  if (broken.length > 0) throw new Error(`a receipt does not hold: ${broken.map(({ text }) => text.en).join("; ")}`);
}
