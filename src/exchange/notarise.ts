import type { Answer } from "../base/message.ts";
import { belongsInLedger, finish, refuse, type PendingAnswer } from "./answer.ts";
import { commitToContent } from "./content.ts";
import type { ExchangeRecord } from "./exchange-record.ts";
import { intentEntry, outcomeEntry } from "./ledger-entry.ts";
import { meterExchange } from "./meter-exchange.ts";
import type { Gateway } from "./ports.ts";

/** Intent before effect (protocol §4): a leaf is durable before the provider can see the request. */
export async function recordIntent(gateway: Gateway, record: ExchangeRecord): Promise<void> {
  gateway.inFlight.add(record.id);
  const { index } = await gateway.ledger.append(intentEntry(gateway.ledger.origin, record, gateway.clock()));
  record.usage = undefined;
  record.intent = index;
}

/**
 * Durable before visible (protocol §4): the returned answer is either on stable storage with its receipt, or a refusal
 * that needs no leaf, or `ledger-unavailable`. Meters every exchange, once.
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
  const signed = pending.content === record.provider?.content ? record.signature?.contentHash : undefined;
  const delivered = commitToContent(pending.content, signed);
  const at = gateway.clock();
  if (!belongsInLedger(record, pending.problem) || isAggregated(gateway, record, pending, at)) return finish(record, pending, delivered);
  const entry = outcomeEntry(gateway.ledger.origin, record, pending, delivered, at);
  const appended = await gateway.ledger.append(entry);
  return finish(record, pending, delivered, { leaf: entry.leaf, keys: entry.toSeal.keys, ...appended });
}

/** Whether this refusal was only counted, for the leaf that sums up its minute. */
function isAggregated(gateway: Gateway, { caller, forwarded, usage }: ExchangeRecord, { problem }: PendingAnswer, at: number): boolean {
  if (problem === undefined || forwarded !== undefined) return false;
  return !gateway.refusals.shouldRecord(caller!.key.owner, problem.code, at, usage);
}
