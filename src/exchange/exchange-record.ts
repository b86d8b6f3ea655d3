import type { Message } from "../base/message.ts";
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
 * What has been established about one exchange, filled from top to bottom of `carry`. The steps never read it: each gets the facts it needs as
 * arguments. It is for the two lines that follow every exchange, however far it came: notarise and meter.
 */
export interface ExchangeRecord {
  readonly id: string;
  readonly receivedAt: number;
  /** The monotonic clock's milliseconds at that moment. */
  readonly began: number;
  readonly source: string;
  /** As sent: a refusal by check 1 is written in the caller's language, too, and without content for HEAD. */
  readonly method: string;
  readonly fields: readonly string[];
  readonly snapshot: Snapshot;
  /** Seconds spent in each stage. */
  readonly stages: Partial<Record<Stage, number>>;
  head?: RequestHead;
  service?: ServiceVersion;
  operation?: Operation;
  caller?: Caller;
  grant?: Grant;
  /** Set once the call was counted; taken away when a leaf has carried it into the ledger. */
  usage?: QuotaUse | undefined;
  content?: ContentCommitment;
  /** Index of the durable intent leaf. */
  intent?: number;
  /** Whether the provider may have seen the request. */
  forwarded?: true;
  provider?: ProviderAnswer;
  /** Of that answer, once it verified. */
  signature?: ProviderSignature | undefined;
}

export function startExchange(
  gateway: Gateway,
  { receivedAt, source, method, fields }: Pick<Message, "receivedAt" | "source" | "method" | "fields">,
): ExchangeRecord {
  return { id: uuidv7(receivedAt), receivedAt, began: performance.now(), source, method, fields, snapshot: gateway.snapshot(), stages: {} };
}

/** A stop watch over the stages: `lap` books the time since the last lap. Awaited, it lets the other exchanges of this turn come as far. */
export function stopWatch(record: ExchangeRecord): (stage: Stage) => Promise<void> {
  let last = record.began;
  return (stage) => {
    const now = performance.now();
    record.stages[stage] = (now - last) / 1000;
    last = now;
    return lockstep;
  };
}
