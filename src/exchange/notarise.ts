import type { Answer } from "../base/message.ts";
import { noBytes } from "../base/bytes.ts";
import { encodeLeaf, type ExchangeLeaf } from "../ledger/leaf.ts";
import type { LedgerEntry } from "../ledger/ledger.ts";
import { finish, noKey, refuse, type Draft } from "./answer.ts";
import { commitTo, type Committed } from "./content.ts";
import type { Facts } from "./facts.ts";
import type { Gateway } from "./ports.ts";
import { Replay } from "./take-once.ts";

/** Intent before effect (protocol §4): a durable leaf says that something is about to happen at the provider. */
export async function announce(gateway: Gateway, facts: Facts): Promise<void> {
  gateway.underWay.add(facts.id);
  const at = gateway.clock();
  const leaf = encodeLeaf(leafOf(gateway, facts, at, { type: "intent" }));
  const keys = Buffer.concat([facts.content?.key ?? noKey, noKey]);
  const evidence = { months: facts.service!.evidenceMonths, keys, statement: facts.head!.signature! };
  const { index } = await gateway.ledger.append({ type: "intent", id: facts.id, at, leaf, evidence, ...usageOf(facts) });
  facts.usage = undefined;
  facts.intent = index;
}

/**
 * Durable before visible (protocol §4): the answer that comes back is either on stable storage with its receipt, or a refusal that needs no leaf,
 * or `ledger-unavailable`. Every exchange is metered here, once.
 */
export async function notarise(gateway: Gateway, facts: Facts, draft: Draft): Promise<Answer> {
  const began = performance.now();
  let answer: Answer;
  let last = draft;
  try {
    answer = await conclude(gateway, facts, draft);
  } catch (error) {
    last = refuse(gateway, facts, error);
    answer = finish(facts, last, commitTo(last.content));
  }
  gateway.underWay.delete(facts.id);
  facts.stages.ledger = (performance.now() - began) / 1000;
  meterExchange(gateway, facts, last);
  return answer;
}

async function conclude(gateway: Gateway, facts: Facts, draft: Draft): Promise<Answer> {
  const delivered = commitTo(draft.content, draft.content === facts.provider?.content ? facts.signature?.contentHash : undefined);
  if (!belongsInLedger(facts, draft)) return finish(facts, draft, delivered);
  const at = gateway.clock();
  const { caller, forwarded, signature } = facts;
  if (draft.problem !== undefined && forwarded === undefined && !gateway.gatherer.admit(caller!.key.owner, draft.problem.code, at, facts.usage)) {
    return finish(facts, draft, delivered);
  }
  const gone = draft.problem?.code === "caller-gone";
  const provider = commitToProvider(facts, draft);
  const type = forwarded === undefined ? "refusal" : "outcome";
  const response = {
    provider: provider === undefined ? undefined : { status: facts.provider!.status, commit: provider.commit, bytes: provider.bytes, ...statementOf(signature) },
    delivered: gone ? undefined : { status: draft.status, commit: delivered.commit, bytes: delivered.bytes },
  };
  const ms = Math.round(performance.now() - facts.began);
  const leaf = encodeLeaf(leafOf(gateway, facts, at, { type, response, problem: draft.problem?.code, ms }));
  const keys = Buffer.concat([facts.content?.key ?? noKey, gone ? noKey : delivered.key, provider?.key ?? noBytes]);
  const evidence = {
    months: facts.service!.evidenceMonths,
    keys,
    ...(facts.intent === undefined ? { statement: facts.head!.signature! } : {}),
    ...(signature === undefined ? {} : { response: signature.field }),
  };
  const { index, proof, checkpoint } = await gateway.ledger.append({ type, id: facts.id, at, leaf, statement: caller!.statement.hash, evidence, ...usageOf(facts) });
  return finish(facts, draft, delivered, { leaf, keys, index, proof, checkpoint });
}

const statementOf = (signature: Facts["signature"]): { statement?: string } => (signature === undefined ? {} : { statement: signature.statement.toString("base64url") });

/** What the provider sent, where it signed, or where something else was delivered (protocol §4). */
function commitToProvider({ provider, signature }: Facts, { problem, content }: Draft): Committed | undefined {
  if (provider === undefined) return undefined;
  const delivered = problem === undefined && (content === provider.content || provider.content.length === 0);
  return signature === undefined && delivered ? undefined : commitTo(provider.content, signature?.contentHash);
}

/** A refusal before check 7 is not a leaf, nor is a replay: nobody unauthenticated can grow the ledger (protocol §4). */
function belongsInLedger(facts: Facts, { problem }: Draft): boolean {
  if (facts.caller === undefined) return false;
  return problem?.code !== "replayed" && problem?.code !== "replay-unknown" && problem?.code !== "ledger-unavailable";
}

/** The leaf in the order of protocol §4, with what its type adds. */
function leafOf(gateway: Gateway, facts: Facts, at: number, { type, response, problem, ms }: Pick<ExchangeLeaf, "type" | "response" | "problem" | "ms">): ExchangeLeaf {
  const { head, service, operation, caller, grant, content, intent, snapshot } = facts;
  const { claims, jws, hash } = caller!.statement;
  return {
    v: 1,
    log: gateway.ledger.origin,
    type,
    id: facts.id,
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

const usageOf = ({ usage }: Facts): Pick<LedgerEntry, "usage"> => (usage === undefined ? {} : { usage: [{ ...usage, uses: 1 }] });

/** The last thing about every exchange: it is counted, once, and a refusal is logged. */
export function meterExchange(gateway: Gateway, facts: Facts, draft: Draft): void {
  const { id, caller, service, operation, stages, source } = facts;
  const code = draft.problem?.code ?? "delivered";
  const consumer = caller?.key.owner;
  gateway.meter.exchange({
    consumer,
    service,
    operation,
    code,
    seconds: (performance.now() - facts.began) / 1000,
    stages,
    bytesIn: facts.content?.bytes ?? 0,
    bytesOut: draft.content.length,
  });
  if (code === "delivered") return gateway.log.delivered({ exchange: id, consumer, service: service?.id, ms: Math.round(performance.now() - facts.began) });
  gateway.log.refused({ exchange: id, code, consumer, service: service?.id, source });
  if (code === "internal") gateway.log.failed({ exchange: id, error: draft.problem?.cause });
  if (draft.problem instanceof Replay && draft.problem.conflict) {
    gateway.meter.replayAlarm();
    gateway.log.replayAlarm({ exchange: id, consumer, source });
  }
}
