import { Problem } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import type { ServiceVersion, Snapshot, OpinionDependency } from "../registry/snapshot.ts";
import type { Operation } from "../contract/contract.ts";
import type { RequestHead } from "./head.ts";

/** The service version and operation that a head names; both exist and are active. */
export interface OperationTarget {
  readonly service: ServiceVersion;
  readonly operation: Operation;
  readonly pathParameters: readonly string[];
}

/** Check 3, first half: the service version is known and active, and every opinion that it rests on stands at this moment. */
export function resolveService(snapshot: Snapshot, head: RequestHead, now: number): ServiceVersion {
  const service = head.service === undefined ? undefined : snapshot.services.get(head.service);
  if (service === undefined || service.state === "retired") throw new Problem("service-unknown");
  if (service.state === "suspended") throw suspended(service.suspension === undefined ? undefined : saySuspension(service.suspension));
  for (const dependency of service.dependsOn) if (!isMet(dependency, now)) throw suspended(sayFallen(dependency, now));
  return service;
}

/** Check 3, second half: method and path are an operation of its contract. */
export function resolveOperation(service: ServiceVersion, head: RequestHead): OperationTarget {
  const found = service.findOperation(head.method, head.rest === "" ? "/" : head.rest);
  if (found === undefined) throw new Problem("operation-unknown");
  return { service, ...found };
}

const suspended = (detail: Text | undefined): Problem =>
  new Problem("service-suspended", { fields: { "Retry-After": "60" }, ...(detail === undefined ? {} : { detail }) });

const isMet = ({ opinions }: OpinionDependency, now: number): boolean =>
  opinions.some(({ from, until, revoked }) => revoked === undefined && now >= from && (until === undefined || now < until));

/** Nobody has been authenticated yet: who did it and why is the officers' to tell (`simpul why`). */
function saySuspension({ at }: NonNullable<ServiceVersion["suspension"]>): Text {
  return {
    id: `Layanan dihentikan sementara sejak ${at}; tanyakan sebabnya kepada pemilik layanan.`,
    en: `The service has been suspended since ${at}; its owner can say why.`,
  };
}

/** Which opinion the service has lost, and since when. */
function sayFallen({ name, opinions }: OpinionDependency, now: number): Text {
  const last = opinions.at(-1);
  const missing = (id: string, en: string): Text => ({
    id: `Layanan berhenti: ${name.id} ${id}.`,
    en: `The service has stopped: ${name.en} ${en}.`,
  });
  if (last === undefined) return missing("belum ada", "is not there yet");
  if (last.revoked !== undefined)
    return missing(`(${last.id}) dicabut sejak ${last.revoked.at}`, `(${last.id}) was revoked at ${last.revoked.at}`);
  if (now < last.from)
    return missing(`(${last.id}) baru berlaku ${moment(last.from)}`, `(${last.id}) does not stand before ${moment(last.from)}`);
  return missing(`(${last.id}) tidak berlaku lagi sejak ${moment(last.until!)}`, `(${last.id}) has not stood since ${moment(last.until!)}`);
}

const moment = (ms: number): string => new Date(ms).toISOString();
