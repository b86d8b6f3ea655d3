import { readFileSync } from "node:fs";
import { decodeBase64url } from "../base/bytes.ts";
import type { ReceiptFacts } from "../ledger/check-receipt.ts";
import { parseReceipt, type Receipt } from "../ledger/receipt.ts";
import type { Sent } from "./consumer.ts";
import { FileFault } from "./file-fault.ts";

/**
 * One exchange as its consumer keeps it: one row of `demo --json`, or what `call --save` writes. Contents are base64url; `receipt` is the value of
 * the `Spl-Receipt` field.
 */
export interface ExchangeFile {
  readonly id: string;
  readonly method: string;
  readonly target: string;
  readonly status: number;
  readonly problem: string | null;
  readonly statement: string;
  readonly requestContent: string;
  readonly responseContent: string;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly receipt: string | null;
}

/** An exchange as its consumer keeps it. */
export function exchangeFile(method: string, target: string, { statement, content, status, fields, answer }: Sent): ExchangeFile {
  return {
    id: fields["spl-exchange"] ?? "",
    method,
    target,
    status,
    problem: fields["spl-problem"] ?? null,
    statement,
    requestContent: content.toString("base64url"),
    responseContent: answer.toString("base64url"),
    responseHeaders: fields,
    receipt: fields["spl-receipt"] ?? null,
  };
}

/** A receipt with what its holder knows of the exchange: from an exchange file, an answer of `/receipts`, or the bare value of the field. */
export function readReceiptFile(path: string): { readonly receipt: Receipt; readonly facts: ReceiptFacts } {
  const text = readFileSync(path === "-" ? 0 : path, "utf8").trim();
  const file = text.startsWith("{") ? parseJson(text) : { receipt: text };
  const receipt = typeof file.receipt === "string" ? parseReceipt(file.receipt.replace(/^spl-receipt:\s*/i, "")) : undefined;
  if (receipt === undefined) {
    throw new FileFault({
      id: `${path} tidak memuat tanda terima: nilai kolom Spl-Receipt, jawaban /receipts, atau berkas dari call --save.`,
      en: `${path} holds no receipt: the value of an Spl-Receipt field, an answer of /receipts, or a file of call --save.`,
    });
  }
  const { statement, method, status, id, requestContent, responseContent } = file;
  const claims = statement === undefined ? undefined : decodeBase64url(statement.split(".")[1] ?? "");
  return {
    receipt,
    facts: {
      ...(claims === undefined ? undefined : { statement: claims, ...namesOf(claims) }),
      ...(method === undefined ? undefined : { htm: method }),
      ...(status === undefined ? undefined : { status }),
      ...(id === undefined ? undefined : { exchange: id }),
      ...(requestContent === undefined ? undefined : { requestContent: Buffer.from(requestContent, "base64url") }),
      ...(responseContent === undefined ? undefined : { responseContent: Buffer.from(responseContent, "base64url") }),
    },
  };
}

/** Consumer and service as my own statement names them. */
function namesOf(claims: Buffer): ReceiptFacts {
  const { iss, htu } = parseJson(claims.toString("utf8")) as { iss?: string; htu?: string };
  const service = /\/r1\/((?:[^/]+\/){5}v[0-9]+)(?:\/|$)/.exec(htu ?? "")?.[1];
  return { ...(iss === undefined ? undefined : { consumer: iss }), ...(service === undefined ? undefined : { service }) };
}

function parseJson(text: string): Partial<ExchangeFile> {
  try {
    return JSON.parse(text) as Partial<ExchangeFile>;
  } catch {
    return {};
  }
}
