import { noBytes } from "../base/bytes.ts";
import { encodeLeaf, type ExchangeLeaf } from "../ledger/leaf.ts";
import type { LedgerEntry } from "../ledger/ledger.ts";
import { noKey, type PendingAnswer } from "./answer.ts";
import { commitToContent, type ContentCommitment } from "./content.ts";
import type { ExchangeRecord } from "./exchange-record.ts";

/**
 * An entry with the keys of the leaf's commitments, as a receipt needs them: request, delivered answer, provider's
 * answer.
 */
type EntryWithKeys = LedgerEntry & { readonly toSeal: { readonly keys: Buffer } };

/** The intent: a request is about to reach the provider (protocol §4). */
export function intentEntry(origin: string, record: ExchangeRecord, at: number): EntryWithKeys {
  const keys = Buffer.concat([record.content?.key ?? noKey, noKey]);
  return {
    type: "intent",
    id: record.id,
    at,
    leaf: encodeLeaf(leafOf(origin, record, at, { type: "intent" })),
    toSeal: { months: record.service!.evidenceMonths, keys, statement: record.head!.signature! },
    ...usageOf(record),
  };
}

/** The end of an exchange: a refusal if the provider cannot have seen the request, an outcome otherwise (protocol §4). */
export function outcomeEntry(
  origin: string,
  record: ExchangeRecord,
  pending: PendingAnswer,
  delivered: ContentCommitment,
  at: number,
): EntryWithKeys {
  const { caller, forwarded, signature } = record;
  const gone = pending.problem?.code === "caller-gone";
  const provider = commitToProvider(record, pending);
  const type = forwarded === undefined ? "refusal" : "outcome";
  const response = {
    provider:
      provider === undefined
        ? undefined
        : { status: record.provider!.status, commit: provider.commit, bytes: provider.bytes, ...statementOf(signature) },
    delivered: gone ? undefined : { status: pending.status, commit: delivered.commit, bytes: delivered.bytes },
    truncated: record.provider?.cut === undefined ? undefined : (true as const),
  };
  const ms = Math.round(performance.now() - record.began);
  return {
    type,
    id: record.id,
    at,
    leaf: encodeLeaf(leafOf(origin, record, at, { type, response, problem: pending.problem?.code, ms })),
    statement: caller!.statement.hash,
    toSeal: {
      months: record.service!.evidenceMonths,
      keys: Buffer.concat([record.content?.key ?? noKey, gone ? noKey : delivered.key, provider?.key ?? noBytes]),
      ...(record.intent === undefined ? { statement: record.head!.signature! } : {}),
      ...(signature === undefined ? {} : { response: signature.field }),
    },
    ...usageOf(record),
  };
}

const statementOf = (signature: ExchangeRecord["signature"]): { statement?: string } =>
  signature === undefined ? {} : { statement: signature.statement.toString("base64url") };

/**
 * Commits to the provider's content if the provider signed it, or if it differs from the delivered content (protocol
 * §4).
 */
function commitToProvider({ provider, signature }: ExchangeRecord, { problem, content }: PendingAnswer): ContentCommitment | undefined {
  if (provider === undefined) return undefined;
  const delivered = problem === undefined && (content === provider.content || provider.content.length === 0);
  return signature === undefined && delivered ? undefined : commitToContent(provider.content, signature?.contentHash);
}

/** The leaf with its members in the order of protocol §4, and what its type adds. */
function leafOf(
  origin: string,
  record: ExchangeRecord,
  at: number,
  { type, response, problem, ms }: Pick<ExchangeLeaf, "type" | "response" | "problem" | "ms">,
): ExchangeLeaf {
  const { head, service, operation, caller, grant, content, intent, snapshot } = record;
  const { claims, jws, hash } = caller!.statement;
  return {
    v: 1,
    log: origin,
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
    intent: intent === undefined ? undefined : { log: origin, index: intent },
    response,
    problem,
    ms,
    basis: { registry: snapshot.root, policy: snapshot.policyRoot },
  };
}

const usageOf = ({ usage }: ExchangeRecord): Pick<LedgerEntry, "usage"> => (usage === undefined ? {} : { usage: [{ ...usage, uses: 1 }] });
