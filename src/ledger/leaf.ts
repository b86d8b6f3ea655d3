import type { ProblemCode } from "../base/problem.ts";
import type { ServiceId, SubsystemId } from "../base/names.ts";
import { readJson } from "./leaf-json.ts";
import { readOwnSpelling } from "./own-spelling.ts";

/**
 * What one leaf says (protocol §4): the facts of an exchange, never its content nor a bare digest of it. Hashes and commitments are base64url of
 * 32 bytes, `id` is the exchange's UUIDv7, times are RFC 3339 UTC with milliseconds.
 */
export type Leaf = ExchangeLeaf | RefusalsLeaf | ControlLeaf;

interface Head {
  readonly v: 1;
  /** The log's origin. */
  readonly log: string;
  readonly id: string;
  readonly at: string;
}

/** A member that is `undefined` is not written. */
export interface ExchangeLeaf extends Head {
  readonly type: "intent" | "outcome" | "refusal";
  readonly consumer: SubsystemId;
  readonly service?: ServiceId | undefined;
  readonly operation?: string | undefined;
  readonly grant?: string | undefined;
  readonly purpose?: string | undefined;
  readonly htm?: string | undefined;
  readonly request: {
    /** H(octets of the claims). */
    readonly statement: string;
    readonly jti: string;
    readonly kid: string;
    /** The same hash of the batch's claims. */
    readonly batch?: string | undefined;
    /** With `bytes`: only when the content was read. */
    readonly commit?: string | undefined;
    readonly bytes?: number | undefined;
  };
  /** Where the intent leaf is, if there was one. */
  readonly intent?: { readonly log: string; readonly index: number } | undefined;
  readonly response?: {
    readonly provider?: Delivery & { readonly statement?: string } | undefined;
    readonly delivered?: Delivery | undefined;
    readonly truncated?: true | undefined;
  } | undefined;
  readonly problem?: ProblemCode | undefined;
  readonly ms?: number | undefined;
  /** Roots over the registry's entries and the policy documents that were in force. */
  readonly basis: { readonly registry: string; readonly policy: string };
}

export interface Delivery {
  readonly status: number;
  readonly commit: string;
  readonly bytes: number;
}

/** Refusals of one consumer beyond 60 a minute, gathered. */
export interface RefusalsLeaf extends Head {
  readonly type: "refusal";
  readonly consumer: SubsystemId;
  readonly since: string;
  readonly counts: Readonly<Partial<Record<ProblemCode, number>>>;
}

/** What changed in registry, policy, keys or logs, by whom, with digests before and after. */
export interface ControlLeaf extends Head {
  readonly type: "control";
  readonly change: { readonly [name: string]: Json };
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export const maxLeafBytes = 65_535;

/** The bytes that are hashed and stored. Throws `RangeError` beyond 65,535 bytes. */
export function encodeLeaf(leaf: Leaf): Buffer {
  const bytes = Buffer.from(JSON.stringify(leaf));
  if (bytes.length > maxLeafBytes) throw new RangeError(`a leaf has at most ${maxLeafBytes} bytes`);
  return bytes;
}

/** Reads a leaf strictly: JSON as protocol §1 has it, the fields of §4 in their forms and nothing else; `undefined` for anything else. */
export function readLeaf(bytes: Buffer): Leaf | undefined {
  return readOwnSpelling(bytes) ?? readAnySpelling(bytes);
}

/** The same in any spelling, and for every type. */
export function readAnySpelling(bytes: Buffer): Leaf | undefined {
  const leaf = readJson(bytes);
  return isLeaf(leaf) ? leaf : undefined;
}

type Check = (value: unknown) => boolean;

const form = (pattern: RegExp): Check => (value) => typeof value === "string" && pattern.test(value);
const text = form(/^[^]{1,512}$/);
const hash = form(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);
const time = form(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const uuid = form(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const count: Check = (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
const is = (...allowed: readonly unknown[]): Check => (value) => allowed.includes(value);
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** An object with all of `required`, any of `optional`, and no other member. */
function object(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  const names = Object.keys(required);
  return (value) => {
    if (!isObject(value)) return false;
    for (const name in value) if (checks.get(name)?.(value[name]) !== true) return false;
    return names.every((name) => name in value);
  };
}

const countsByCode: Check = (value) => isObject(value) && Object.entries(value).every(([code, n]) => /^[a-z-]{1,64}$/.test(code) && count(n));
const head = { v: is(1), log: text, id: uuid, at: time };
const delivery = { status: count, commit: hash, bytes: count };
const exchangeLeaf = object(
  {
    ...head,
    type: is("intent", "outcome", "refusal"),
    consumer: text,
    request: object({ statement: hash, jti: text, kid: hash }, { batch: hash, commit: hash, bytes: count }),
    basis: object({ registry: hash, policy: hash }),
  },
  {
    service: text,
    operation: text,
    grant: text,
    purpose: text,
    htm: text,
    intent: object({ log: text, index: count }),
    response: object({}, { provider: object(delivery, { statement: hash }), delivered: object(delivery), truncated: is(true) }),
    problem: text,
    ms: count,
  },
);
const refusalsLeaf = object({ ...head, type: is("refusal"), consumer: text, since: time, counts: countsByCode });
const controlLeaf = object({ ...head, type: is("control"), change: isObject });

function isLeaf(value: unknown): value is Leaf {
  if (!isObject(value)) return false;
  if (value["type"] === "control") return controlLeaf(value);
  return "counts" in value ? refusalsLeaf(value) : exchangeLeaf(value);
}
