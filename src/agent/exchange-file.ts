import { readFileSync } from "node:fs";
import { decodeBase64url } from "../base/bytes.ts";
import type { Bundle } from "../verify/bundle.ts";
import type { ReceiptFacts } from "../verify/check-receipt.ts";
import { parseReceipt, type Receipt } from "../ledger/receipt.ts";
import type { Sent } from "./consumer.ts";
import { FileFault } from "../source/file-fault.ts";
import { messages } from "./messages.ts";

/**
 * One exchange as its consumer keeps it: a row of `demo --json`, or the file that `call --save` writes. Statement, contents and
 * header fields are as sent and received, contents in base64url; `receipt` is the value of the `Spl-Receipt` field.
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

/** The exchange file of a request and its answer. */
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

/**
 * A receipt with what its holder knows of the exchange, from an exchange file, what a client of `docs/clients` printed, an answer of
 * `/receipts`, the bare value of the field, or an evidence bundle. Throws `FileFault` if the file holds no receipt.
 */
export function readReceiptFile(path: string): { readonly receipt: Receipt; readonly facts: ReceiptFacts } {
  return readReceipt(readFileSync(path), path);
}

/** The same from the file's bytes; `name` names it in a fault. */
export function readReceipt(bytes: Buffer, name: string): { readonly receipt: Receipt; readonly facts: ReceiptFacts } {
  const text = bytes.toString("utf8").trim();
  const file: Partial<ExchangeFile & Bundle> = text.startsWith("{") ? parseJson(text) : (printedExchange(bytes) ?? { receipt: text });
  const receipt = typeof file.receipt === "string" ? parseReceipt(file.receipt) : receiptIn(file);
  if (receipt !== undefined) return { receipt, facts: factsOf(file) };
  throw new FileFault(typeof file.problem === "string" ? messages.noReceiptFor(name, file.problem) : messages.noReceiptIn(name));
}

/** What a client prints: fields a line each, an empty line, the answer's content byte for byte. `undefined` for any other text. */
function printedExchange(bytes: Buffer): Partial<ExchangeFile> | undefined {
  // One character an octet, so that places in the text are places in the bytes.
  const text = bytes.toString("latin1");
  const end = /\r?\n\r?\n/.exec(text);
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}:[ \\t]*(.*?)[ \\t\\r]*$`, "im").exec(text.slice(0, end?.index))?.[1];
  const [statement, receipt, problem, id, status] = ["Spl-Signature", "Spl-Receipt", "Spl-Problem", "Spl-Exchange", "Status"].map(field);
  if (receipt === undefined && statement === undefined) return undefined;
  return {
    ...(receipt !== undefined && { receipt }),
    ...(problem !== undefined && { problem }),
    // Of the receipt's line alone nothing else is known.
    ...(statement !== undefined && { statement }),
    ...(id !== undefined && { id }),
    ...(status !== undefined && { status: Number(status) }),
    ...(statement !== undefined && end !== null && { responseContent: bytes.subarray(end.index + end[0].length).toString("base64url") }),
  };
}

/** A bundle contains the receipt of its exchange. `checkBundle` checks the bundle itself. */
function receiptIn({ type, checkpoint, leaves, open }: Partial<Bundle>): Receipt | undefined {
  const last = Array.isArray(leaves) ? (leaves as Bundle["leaves"]).at(-1) : undefined;
  if (type !== "spl-evidence" || typeof checkpoint !== "string" || typeof last?.leaf !== "string" || !Number.isSafeInteger(last.index))
    return undefined;
  const [proof, request, delivered] = [last.proof, open?.request, open?.delivered].map((text) =>
    text === undefined ? Buffer.alloc(32) : decodeBase64url(String(text)),
  );
  if (proof === undefined || request?.length !== 32 || delivered?.length !== 32) return undefined;
  return { leaf: Buffer.from(last.leaf), index: last.index, proof, checkpoint, open: Buffer.concat([request, delivered]) };
}

/** The facts of an exchange file, contents included. Throws `FileFault` if it is no exchange file. */
export function readExchangeFile(path: string): ReceiptFacts {
  const file = parseJson(readFileSync(path, "utf8"));
  const isExchange = [file.id, file.requestContent, file.responseContent].every((member) => typeof member === "string");
  if (!isExchange) throw new FileFault(messages.notAnExchangeFile(path));
  return factsOf(file);
}

function factsOf({ statement, method, status, id, requestContent, responseContent }: Partial<ExchangeFile>): ReceiptFacts {
  const claims = statement === undefined ? undefined : decodeBase64url(statement.split(".")[1] ?? "");
  return {
    ...(claims === undefined ? undefined : { statement: claims, ...namesOf(claims) }),
    ...(method === undefined ? undefined : { htm: method }),
    ...(status === undefined ? undefined : { status }),
    ...(id === undefined ? undefined : { exchange: id }),
    ...(requestContent === undefined ? undefined : { requestContent: Buffer.from(requestContent, "base64url") }),
    ...(responseContent === undefined ? undefined : { responseContent: Buffer.from(responseContent, "base64url") }),
  };
}

/** Consumer, service and method as the holder's own statement names them. */
function namesOf(claims: Buffer): Pick<ReceiptFacts, "consumer" | "service" | "htm"> {
  const { iss, htu, htm } = parseJson(claims.toString("utf8")) as { iss?: string; htu?: string; htm?: string };
  const service = /\/r1\/((?:[^/]+\/){5}v[0-9]+)(?:\/|$)/.exec(htu ?? "")?.[1];
  return {
    ...(iss === undefined ? undefined : { consumer: iss }),
    ...(service === undefined ? undefined : { service }),
    ...(htm === undefined ? undefined : { htm }),
  };
}

function parseJson(text: string): Partial<ExchangeFile> {
  try {
    return JSON.parse(text) as Partial<ExchangeFile>;
  } catch {
    return {};
  }
}
