import type { ProblemCode } from "../base/problem.ts";
import type { ServiceId, SubsystemId } from "../base/names.ts";
import type { ControlChange } from "./control-change.ts";

/**
 * One leaf of the log (protocol §4): the facts of an exchange, never its content nor a bare digest of it. Hashes and
 * commitments are base64url of 32 bytes, `id` is the exchange's UUIDv7, times are RFC 3339 in UTC with milliseconds.
 */
export type Leaf = ExchangeLeaf | RefusalsLeaf | ControlLeaf;

interface LeafBase {
  readonly v: 1;
  /** The log's origin. */
  readonly log: string;
  readonly id: string;
  readonly at: string;
}

/** A member that is `undefined` is not written. */
export interface ExchangeLeaf extends LeafBase {
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
    /** H(octets of the claims) of a batch of statements. */
    readonly batch?: string | undefined;
    /** With `bytes`: only when the content was read. */
    readonly commit?: string | undefined;
    readonly bytes?: number | undefined;
  };
  /** Where the intent leaf is, if there was one. */
  readonly intent?: { readonly log: string; readonly index: number } | undefined;
  readonly response?:
    | {
        readonly provider?: (Delivery & { readonly statement?: string }) | undefined;
        readonly delivered?: Delivery | undefined;
        readonly truncated?: true | undefined;
      }
    | undefined;
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

/** Refusals of one consumer beyond the configured number a minute (`gatheredRefusalsPerMinute`), counted together. */
export interface RefusalsLeaf extends LeafBase {
  readonly type: "refusal";
  readonly consumer: SubsystemId;
  readonly since: string;
  readonly counts: Readonly<Partial<Record<ProblemCode, number>>>;
}

/** What changed in registry, policy, keys or logs, by whom, with digests before and after. */
export interface ControlLeaf extends LeafBase {
  readonly type: "control";
  /** Of a leaf that was read it may be anything: `readControlChange`. */
  readonly change: ControlChange | Readonly<Record<string, unknown>>;
}

export const maxLeafBytes = 65_535;

/** The bytes that are hashed and stored. Throws `RangeError` beyond 65,535 bytes. */
export function encodeLeaf(leaf: Leaf): Buffer {
  const bytes = Buffer.from(JSON.stringify(leaf));
  if (bytes.length > maxLeafBytes) throw new RangeError(`a leaf has at most ${maxLeafBytes} bytes`);
  return bytes;
}
