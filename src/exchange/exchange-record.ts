import type { Message, Peer } from "../base/message.ts";
import type { ContentFault } from "../base/problem.ts";
import type { Grant, ServiceVersion, Snapshot } from "../registry/snapshot.ts";
import type { Operation } from "../contract/contract.ts";
import type { Stage } from "../telemetry/meter.ts";
import { lockstep } from "../base/lockstep.ts";
import { uuidv7 } from "../base/uuid.ts";
import type { Caller } from "./authenticate.ts";
import type { ContentCommitment } from "./content.ts";
import type { ProviderAnswer } from "./forward.ts";
import type { Gateway } from "./ports.ts";
import type { RequestHead } from "./head.ts";
import type { ProviderSignature } from "./provider-signature.ts";
import type { QuotaUse } from "./spend.ts";

/**
 * Everything established about one exchange, filled in from top to bottom of `carry`. The steps never read it: each
 * gets the facts that it needs as arguments. It serves the two steps that follow every exchange, however far it came:
 * notarise and meter.
 */
export interface ExchangeRecord {
  readonly id: string;
  readonly receivedAt: number;
  /** The monotonic clock at that moment, in milliseconds. */
  readonly began: number;
  readonly peer: Peer;
  /** Method and fields as sent: a refusal by check 1, too, is in the caller's language, and without content for HEAD. */
  readonly method: string;
  readonly fields: readonly string[];
  readonly snapshot: Snapshot;
  /** Seconds spent in each stage. */
  readonly stages: Partial<Record<Stage, number>>;
  head?: RequestHead;
  service?: ServiceVersion;
  operation?: Operation;
  caller?: Caller;
  /** Gives the caller's place free. */
  place?: () => void;
  grant?: Grant;
  /** Set when the quota counts the call; removed when the ledger has counted it with a leaf. */
  usage?: QuotaUse | undefined;
  content?: ContentCommitment;
  /** Index of the durable intent leaf. */
  intent?: number;
  /** Whether the provider may have seen the request. */
  forwarded?: true;
  provider?: ProviderAnswer;
  /** Its signature, if it verified. */
  signature?: ProviderSignature | undefined;
  /** Where the answer breaks its contract, if service or operation only ask to `report` that. */
  reported?: readonly ContentFault[];
}

export function startExchange(
  gateway: Gateway,
  { receivedAt, peer, method, fields }: Pick<Message, "receivedAt" | "peer" | "method" | "fields">,
): ExchangeRecord {
  return { id: uuidv7(receivedAt), receivedAt, began: performance.now(), peer, method, fields, snapshot: gateway.snapshot(), stages: {} };
}

/**
 * A stop watch: `lap` adds the time since the last lap to a stage. Awaiting it lets the other requests of this tick
 * catch up.
 */
export function stopWatch(record: ExchangeRecord): (stage: Stage) => Promise<void> {
  let last = record.began;
  return (stage) => {
    const now = performance.now();
    record.stages[stage] = (now - last) / 1000;
    last = now;
    return lockstep;
  };
}
