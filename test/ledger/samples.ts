import { randomBytes } from "node:crypto";
import { sha256 } from "../../src/base/bytes.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { encodeLeaf, type ControlLeaf, type ExchangeLeaf } from "../../src/ledger/leaf.ts";
import type { LedgerEntry } from "../../src/ledger/ledger.ts";

export const origin = "gw.example/log/a";
const hash = (text: string): string => sha256(Buffer.from(text)).toString("base64url");
export const basis = { registry: hash("registry"), policy: hash("policy") };

/** An exchange's leaf with every fact that matters to a reader; `over` replaces some. */
export function exchangeLeaf(over: Partial<ExchangeLeaf> = {}): ExchangeLeaf {
  return {
    v: 1,
    log: origin,
    type: "outcome",
    id: uuidv7(1_750_000_000_000),
    at: "2025-06-15T15:06:40.000Z",
    consumer: "ID-16.03/GOV/dinsos/bansos",
    service: "ID-16.03/GOV/disdukcapil/siak/penduduk/v1",
    operation: "matchPenduduk",
    grant: "g1",
    purpose: "verifikasi",
    htm: "POST",
    request: { statement: randomBytes(32).toString("base64url"), jti: "0123456789abcdefghijkl", kid: hash("kid") },
    ms: 12,
    basis,
    ...over,
  };
}

/** An entry as the exchange appends it. */
export function entryOf(leaf: ExchangeLeaf | ControlLeaf, more: Partial<LedgerEntry> = {}): LedgerEntry {
  const statement = "request" in leaf ? { statement: Buffer.from(leaf.request.statement, "base64url") } : {};
  return { leaf: encodeLeaf(leaf), type: leaf.type, id: leaf.id, at: Date.parse(leaf.at), ...statement, ...more };
}

export const outcome = (over: Partial<ExchangeLeaf> = {}, more: Partial<LedgerEntry> = {}): LedgerEntry => entryOf(exchangeLeaf(over), more);
export const outcomes = (count: number): LedgerEntry[] => Array.from({ length: count }, () => outcome());
