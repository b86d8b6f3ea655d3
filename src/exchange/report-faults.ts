import type { Problem } from "../base/problem.ts";
import type { ExchangeRecord } from "./exchange-record.ts";
import type { Gateway } from "./ports.ts";

/**
 * Counts, logs and keeps a provider's wrong answer, whether it was refused or only reported, without its content: the provider's
 * operators hear of it in no other way. Does nothing about any other exchange.
 */
export function reportFaults(
  { meter, log, recentFaults, clock }: Pick<Gateway, "meter" | "log" | "recentFaults" | "clock">,
  { id: exchange, service, operation, reported }: ExchangeRecord,
  problem: Problem | undefined,
): void {
  const refused = problem?.code === "response-invalid" || problem?.code === "response-unsigned" ? problem : undefined;
  const faults = refused?.errors ?? reported;
  if (faults === undefined || service === undefined || operation === undefined) return;
  const code = refused?.code === "response-unsigned" ? "response-unsigned" : "response-invalid";
  const fault = { exchange, service: service.id, operation: operation.id, code, pointers: faults.map(({ pointer }) => pointer) } as const;
  meter.responseFault(service, operation);
  log.responseFault(fault);
  recentFaults.add({ ...fault, at: new Date(clock()).toISOString(), delivered: problem === undefined });
}
