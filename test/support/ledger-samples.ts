import { createSecretKey, randomBytes } from "node:crypto";
import { sha256 } from "../../src/base/bytes.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { encodeLeaf, type ControlLeaf, type ExchangeLeaf } from "../../src/ledger/leaf.ts";
import type { MasterKey, MasterKeys } from "../../src/ledger/sealed/master-key.ts";
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

export const outcome = (over: Partial<ExchangeLeaf> = {}, more: Partial<LedgerEntry> = {}): LedgerEntry =>
  entryOf(exchangeLeaf(over), more);
export const outcomes = (count: number): LedgerEntry[] => Array.from({ length: count }, () => outcome());

export const control = (change: ControlLeaf["change"]): LedgerEntry =>
  entryOf({ v: 1, log: origin, type: "control", id: uuidv7(1_750_000_000_000), at: "2025-06-15T15:06:40.000Z", change });

/** A compact JWS such as a consumer or provider sends, as to its form; every `n` says something else. */
export function jws(n: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = part({ alg: "ES256", kid: hash("kid"), typ: n < 0 ? "spl-res+jwt" : "spl-req+jwt" });
  return `${header}.${part({ iss: "ID-16.03/GOV/dinsos/bansos", n })}.${sha256(String(n)).toString("base64url")}`;
}

const evidenceKey = (line: number): MasterKey => ({ id: String(line).repeat(16), line, key: createSecretKey(Buffer.alloc(32, line)) });

/** Master keys as from a file whose lines are these, newest first. */
export const evidenceKeysOf = (...lines: number[]): MasterKeys => ({ file: "evidence.key", lines: lines.map(evidenceKey) });
export const evidenceKeys = evidenceKeysOf(1);
