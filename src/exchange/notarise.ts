import type { Answer } from "../base/message.ts";
import { noBytes } from "../base/bytes.ts";
import { encodeLeaf, type ExchangeLeaf } from "../ledger/leaf.ts";
import type { LedgerEntry } from "../ledger/ledger.ts";
import { belongsInLedger, finish, noKey, refuse, type PendingAnswer } from "./answer.ts";
import { commitToContent, type ContentCommitment } from "./content.ts";
import type { ExchangeRecord } from "./exchange-record.ts";
import type { Gateway } from "./ports.ts";
import { Replay } from "./replay-check.ts";

/** Intent before effect (protocol §4): a durable leaf says that something is about to happen at the provider. */
export async function recordIntent(gateway: Gateway, record: ExchangeRecord): Promise<void> {
  gateway.inFlight.add(record.id);
  const at = gateway.clock();
  const leaf = encodeLeaf(leafOf(gateway, record, at, { type: "intent" }));
  const keys = Buffer.concat([record.content?.key ?? noKey, noKey]);
  const toSeal = { months: record.service!.evidenceMonths, keys, statement: record.head!.signature! };
  const { index } = await gateway.ledger.append({ type: "intent", id: record.id, at, leaf, toSeal, ...usageOf(record) });
  record.usage = undefined;
  record.intent = index;
}

/**
 * Durable before visible (protocol §4): the answer that comes back is either on stable storage with its receipt, or a refusal that needs no leaf,
 * or `ledger-unavailable`. Every exchange is metered here, once.
 */
export async function notarise(gateway: Gateway, record: ExchangeRecord, pending: PendingAnswer): Promise<Answer> {
  const began = performance.now();
  let answer: Answer;
  let last = pending;
  try {
    answer = await recordOutcome(gateway, record, pending);
  } catch (error) {
    last = refuse(gateway, record, error);
    answer = finish(record, last, commitToContent(last.content));
  }
  gateway.inFlight.delete(record.id);
  record.stages.ledger = (performance.now() - began) / 1000;
  meterExchange(gateway, record, last);
  return answer;
}

async function recordOutcome(gateway: Gateway, record: ExchangeRecord, pending: PendingAnswer): Promise<Answer> {
  const delivered = commitToContent(
    pending.content,
    pending.content === record.provider?.content ? record.signature?.contentHash : undefined,
  );
  if (!belongsInLedger(record, pending.problem)) return finish(record, pending, delivered);
  const at = gateway.clock();
  const { caller, forwarded, signature } = record;
  if (
    pending.problem !== undefined &&
    forwarded === undefined &&
    !gateway.refusals.shouldRecord(caller!.key.owner, pending.problem.code, at, record.usage)
  ) {
    return finish(record, pending, delivered);
  }
  const gone = pending.problem?.code === "caller-gone";
  const provider = commitToProvider(record, pending);
  const type = forwarded === undefined ? "refusal" : "outcome";
  const response = {
    provider:
      provider === undefined
        ? undefined
        : { status: record.provider!.status, commit: provider.commit, bytes: provider.bytes, ...statementOf(signature) },
    delivered: gone ? undefined : { status: pending.status, commit: delivered.commit, bytes: delivered.bytes },
  };
  const ms = Math.round(performance.now() - record.began);
  const leaf = encodeLeaf(leafOf(gateway, record, at, { type, response, problem: pending.problem?.code, ms }));
  const keys = Buffer.concat([record.content?.key ?? noKey, gone ? noKey : delivered.key, provider?.key ?? noBytes]);
  const toSeal = {
    months: record.service!.evidenceMonths,
    keys,
    ...(record.intent === undefined ? { statement: record.head!.signature! } : {}),
    ...(signature === undefined ? {} : { response: signature.field }),
  };
  const { index, proof, checkpoint } = await gateway.ledger.append({
    type,
    id: record.id,
    at,
    leaf,
    statement: caller!.statement.hash,
    toSeal,
    ...usageOf(record),
  });
  return finish(record, pending, delivered, { leaf, keys, index, proof, checkpoint });
}

const statementOf = (signature: ExchangeRecord["signature"]): { statement?: string } =>
  signature === undefined ? {} : { statement: signature.statement.toString("base64url") };

/** What the provider sent, where it signed, or where something else was delivered (protocol §4). */
function commitToProvider({ provider, signature }: ExchangeRecord, { problem, content }: PendingAnswer): ContentCommitment | undefined {
  if (provider === undefined) return undefined;
  const delivered = problem === undefined && (content === provider.content || provider.content.length === 0);
  return signature === undefined && delivered ? undefined : commitToContent(provider.content, signature?.contentHash);
}

/** The leaf in the order of protocol §4, with what its type adds. */
function leafOf(
  gateway: Gateway,
  record: ExchangeRecord,
  at: number,
  { type, response, problem, ms }: Pick<ExchangeLeaf, "type" | "response" | "problem" | "ms">,
): ExchangeLeaf {
  const { head, service, operation, caller, grant, content, intent, snapshot } = record;
  const { claims, jws, hash } = caller!.statement;
  return {
    v: 1,
    log: gateway.ledger.origin,
    type,
    id: record.id,
    at: new Date(at).toISOString(),
    consumer: claims.iss,
    service: service!.id,
    operation: operation!.id,
    grant: grant?.id,
    purpose: claims.purpose,
    htm: head!.method,
    request: { statement: hash.toString("base64url"), jti: claims.jti, kid: jws.kid, commit: content?.commit, bytes: content?.bytes },
    intent: intent === undefined ? undefined : { log: gateway.ledger.origin, index: intent },
    response,
    problem,
    ms,
    basis: { registry: snapshot.root, policy: snapshot.policyRoot },
  };
}

const usageOf = ({ usage }: ExchangeRecord): Pick<LedgerEntry, "usage"> => (usage === undefined ? {} : { usage: [{ ...usage, uses: 1 }] });

/** The last thing about every exchange: it is counted, once, and a refusal is logged. */
export function meterExchange(gateway: Gateway, record: ExchangeRecord, pending: PendingAnswer): void {
  const { id, caller, service, operation, stages, source } = record;
  const code = pending.problem?.code ?? "delivered";
  const consumer = caller?.key.owner;
  gateway.meter.exchange({
    consumer,
    service,
    operation,
    code,
    seconds: (performance.now() - record.began) / 1000,
    stages,
    bytesIn: record.content?.bytes ?? 0,
    bytesOut: pending.content.length,
  });
  if (code === "delivered")
    return gateway.log.delivered({ exchange: id, consumer, service: service?.id, ms: Math.round(performance.now() - record.began) });
  gateway.log.refused({ exchange: id, code, consumer, service: service?.id, source });
  if (code === "internal") gateway.log.failed({ exchange: id, error: pending.problem?.cause });
  if (pending.problem instanceof Replay && pending.problem.conflict) {
    gateway.meter.replayAlarm();
    gateway.log.replayAlarm({ exchange: id, consumer, source });
  }
}
