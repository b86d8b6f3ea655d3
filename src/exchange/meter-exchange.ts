import type { PendingAnswer } from "./answer.ts";
import type { ExchangeRecord } from "./exchange-record.ts";
import type { Gateway } from "./ports.ts";
import { Replay } from "./replay-check.ts";
import { reportFaults } from "./report-faults.ts";

/** Counts and logs an exchange. Called exactly once for each, after everything else about it is done. */
export function meterExchange(gateway: Gateway, record: ExchangeRecord, pending: PendingAnswer): void {
  const { meter, log } = gateway;
  const { id, caller, service, operation, stages, peer } = record;
  const code = pending.problem?.code ?? "delivered";
  const consumer = caller?.key.owner;
  const source = peer.address;
  const elapsedMs = performance.now() - record.began;
  meter.exchange({
    consumer,
    service,
    operation,
    code,
    seconds: elapsedMs / 1000,
    stages,
    bytesIn: record.content?.bytes ?? 0,
    bytesOut: pending.content.length,
  });
  reportFaults(gateway, record, pending.problem);
  if (code === "delivered") return log.delivered({ exchange: id, consumer, service: service?.id, ms: Math.round(elapsedMs) });
  // An overloaded gateway refuses thousands a second: `shed` tells of them once a minute.
  if (code === "overloaded") return;
  log.refused({ exchange: id, code, consumer, service: service?.id, source });
  if (code === "internal") log.failed({ exchange: id, error: pending.problem?.cause });
  if (pending.problem instanceof Replay && pending.problem.conflict) {
    meter.replayAlarm();
    log.replayAlarm({ exchange: id, consumer, source });
  }
}
