import { Problem } from "../base/problem.ts";
import type { Operation, ServiceVersion, Snapshot } from "../registry/snapshot.ts";
import type { Head } from "./head.ts";

/** The service version and operation that a head names; both exist and are active. */
export interface Target {
  readonly service: ServiceVersion;
  readonly operation: Operation;
  readonly pathParameters: readonly string[];
}

/** Check 3, first half: the service version is known and active. */
export function resolveService(snapshot: Snapshot, head: Head): ServiceVersion {
  const service = head.service === undefined ? undefined : snapshot.services.get(head.service);
  if (service === undefined || service.state === "retired") throw new Problem("service-unknown");
  if (service.state === "suspended") throw new Problem("service-suspended", { fields: { "Retry-After": "60" } });
  return service;
}

/** Check 3, second half: method and path are an operation of its contract. */
export function resolveOperation(service: ServiceVersion, head: Head): Target {
  const found = service.findOperation(head.method, head.rest === "" ? "/" : head.rest);
  if (found === undefined) throw new Problem("operation-unknown");
  return { service, ...found };
}
