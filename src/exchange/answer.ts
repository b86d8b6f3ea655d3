import type { Answer } from "../base/message.ts";
import { noBytes } from "../base/bytes.ts";
import { advice } from "../base/problem-messages.ts";
import { Problem, problems, type ProblemCode } from "../base/problem.ts";
import { languageOf } from "../base/text.ts";
import { formatReceipt } from "../ledger/receipt.ts";
import type { Appended } from "../ledger/ledger.ts";
import { passingFields } from "./answer-fields.ts";
import { deprecationFields } from "./deprecation.ts";
import { field, type ProviderAnswer } from "./forward.ts";
import type { ContentCommitment } from "./content.ts";
import type { ExchangeRecord } from "./exchange-record.ts";
import type { Gateway } from "./ports.ts";
import type { RequestHead } from "./head.ts";
import type { OperationTarget } from "./operation.ts";
import type { ProviderSignature } from "./provider-signature.ts";

/** An answer before it is notarised, with the problem if it is a refusal. */
export interface PendingAnswer extends Answer {
  readonly problem: Problem | undefined;
}

/** Protocol §3: the provider's answer with the fields that pass, and a verified `Spl-Signature`. */
export function deliver(
  gateway: Pick<Gateway, "publicOrigin" | "maxAnswerFieldBytes">,
  { service, operation }: OperationTarget,
  head: RequestHead,
  answer: ProviderAnswer,
  signature?: ProviderSignature,
): PendingAnswer {
  const fields = passingFields(gateway, service, head, answer, operation.contract);
  if (signature !== undefined) fields.push("Spl-Signature", signature.field);
  const bodiless = head.method === "HEAD" || answer.status === 204;
  return { status: answer.status, fields, content: bodiless ? noBytes : answer.content, problem: undefined };
}

/** Protocol §3.1. An error that is not a `Problem` becomes `internal`: its cause is logged and not shown. */
export function refuse(gateway: Gateway, record: ExchangeRecord, error: unknown): PendingAnswer {
  const problem = error instanceof Problem ? error : new Problem("internal", { cause: error });
  return {
    status: problems[problem.code].status,
    fields: problemFields(gateway.publicOrigin, problem),
    content:
      record.method === "HEAD"
        ? noBytes
        : problemDocument(
            gateway.publicOrigin,
            problem,
            field(record.fields, "accept-language"),
            belongsInLedger(record, problem) ? record.id : undefined,
          ),
    problem,
  };
}

/**
 * A refusal before check 7 gets no leaf, so that no unauthenticated caller can grow the ledger; nor does one of check 8,
 * whose statement was not taken and could come any number of times (protocol §4).
 */
export function belongsInLedger({ caller, grant }: ExchangeRecord, problem: Problem | undefined): boolean {
  if (caller === undefined || (problem?.code === "rate-limited" && grant === undefined)) return false;
  return problem === undefined || !unrecorded.has(problem.code);
}

const unrecorded = new Set<ProblemCode>(["overloaded", "replayed", "replay-unknown", "ledger-unavailable"]);

/** The fields of a refusal. */
export function problemFields(publicOrigin: string, problem: Problem): string[] {
  const fields = ["Content-Type", "application/problem+json", "Spl-Problem", problem.code];
  if (problems[problem.code].status === 401) fields.push("WWW-Authenticate", `Spl realm="${publicOrigin}"`);
  for (const name in problem.fields) fields.push(name, problem.fields[name]!);
  if (problems[problem.code].status === 503 && problem.fields["Retry-After"] === undefined) fields.push("Retry-After", "5");
  return fields;
}

/** RFC 9457, in the caller's language. `type` is a page that the gateway serves. */
export function problemDocument(
  publicOrigin: string,
  problem: Problem,
  acceptLanguage: string | undefined,
  id: string | undefined,
): Buffer {
  const language = languageOf(acceptLanguage);
  const { status, title } = problems[problem.code];
  return Buffer.from(
    JSON.stringify({
      type: `${publicOrigin}/problems/${problem.code}`,
      title: title[language],
      status,
      detail: (problem.detail ?? advice[problem.code])[language],
      instance: id === undefined ? undefined : `/receipts/${id}`,
      code: problem.code,
      errors:
        problem.errors.length === 0
          ? undefined
          : problem.errors.map((fault) => ({ in: fault.in, pointer: fault.pointer, detail: fault.detail[language] })),
    }),
  );
}

/**
 * Common proxies allow 4 KB of fields (protocol §3). `setAside` is for what Node adds: status line, Date, Connection,
 * Content-Length.
 */
const maxFieldBytes = 3500;
const setAside = 160;

/** A leaf with its place in the log. */
export type Notarised = Appended & { readonly leaf: Buffer; readonly keys: Buffer };

/**
 * The last step: adds the gateway's own fields and the receipt, as a field if the caller asked for it and it fits,
 * otherwise as a link.
 */
export function finish(record: ExchangeRecord, pending: PendingAnswer, delivered: ContentCommitment, notarised?: Notarised): Answer {
  const fields = [
    ...pending.fields,
    "Spl-Exchange",
    record.id,
    "Cache-Control",
    "no-store, no-transform",
    "Content-Digest",
    delivered.digest,
  ];
  if (record.service?.deprecation !== undefined) fields.push(...deprecationFields(record.service));
  if (notarised !== undefined) fields.push(...receiptFields(record, fields, notarised));
  return { status: pending.status, fields, content: pending.content, left: record.place };
}

function receiptFields(record: ExchangeRecord, others: readonly string[], notarised: Notarised): [string, string] {
  if (record.head?.wantsReceipt === true || record.service?.fullReceipt === true) {
    const receipt = formatReceipt(notarised);
    let bytes = setAside + "Spl-Receipt: ".length + receipt.length + 2;
    for (let i = 0; i < others.length; i += 2) bytes += others[i]!.length + others[i + 1]!.length + 4;
    if (bytes <= maxFieldBytes) return ["Spl-Receipt", receipt];
  }
  return ["Link", `</receipts/${record.id}>; rel="https://simpul.id/rel/receipt"`];
}

/** The place holder in a receipt for a key that its leaf does not need (protocol §5). */
export const noKey: Buffer = Buffer.alloc(32);
