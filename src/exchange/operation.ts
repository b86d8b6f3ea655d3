import { Problem } from "../base/problem.ts";
import { firstDayIn, lastDayIn, localTime, zoneName } from "../base/local-time.ts";
import type { Text } from "../base/text.ts";
import type { ServiceVersion, Snapshot, OpinionDependency } from "../registry/snapshot.ts";
import type { Operation } from "../contract/contract.ts";
import { requestMethods, type RequestHead } from "./head.ts";
import { messages } from "./messages.ts";

/** The service version and operation that a head names; both exist and are active. */
export interface OperationTarget {
  readonly service: ServiceVersion;
  readonly operation: Operation;
  readonly pathParameters: readonly string[];
}

/**
 * Check 3, first half: the service version is known and active, and every opinion that it depends on is in force at
 * this moment.
 */
export function resolveService(snapshot: Snapshot, head: RequestHead, now: number): ServiceVersion {
  const service = head.service === undefined ? undefined : snapshot.services.get(head.service);
  if (service === undefined || service.state === "retired") throw new Problem("service-unknown", { detail: nearService(snapshot, head) });
  if (service.state === "suspended")
    throw suspended(
      service.suspension === undefined ? undefined : messages.serviceSuspended(localTime(service.suspension.at, snapshot.timeZone)),
    );
  for (const dependency of service.dependsOn)
    if (!isMet(dependency, now)) throw suspended(describeLoss(dependency, now, snapshot.timeZone));
  return service;
}

/** Check 3, second half: method and path are an operation of its contract. */
export function resolveOperation(service: ServiceVersion, head: RequestHead): OperationTarget {
  const found = service.findOperation(head.method, head.rest === "" ? "/" : head.rest);
  if (found === undefined) throw new Problem("operation-unknown", { detail: nearOperation(service, head.rest) });
  return { service, ...found };
}

/** Versions are looked up and not searched for: whoever asks is not authenticated yet. */
const highestVersionShown = 20;

/** Which versions of the named service there are, or the form of a path that names none. */
function nearService({ services }: Snapshot, { service }: RequestHead): Text {
  const name = service?.replace(/\/v\d+$/, "");
  if (name === undefined) return messages.pathNames;
  const versions = Array.from({ length: highestVersionShown }, (_, i) => `v${i + 1}`).filter((version) => {
    const found = services.get(`${name}/${version}`);
    return found !== undefined && found.state !== "retired";
  });
  return versions.length === 0 ? messages.noSuchService : messages.otherVersions(versions.join(", "));
}

/** Which methods the path has, here or without its last slash. It repeats nothing of the path, which may hold personal data. */
function nearOperation({ findOperation }: ServiceVersion, rest: string): Text {
  const methodsOf = (path: string): string => requestMethods.filter((method) => findOperation(method, path) !== undefined).join(", ");
  const here = methodsOf(rest === "" ? "/" : rest);
  if (here !== "") return messages.otherMethods(here);
  return rest.endsWith("/") && methodsOf(rest.slice(0, -1)) !== "" ? messages.slashAtEnd : messages.noSuchPath;
}

/** The caller is not authenticated yet, so it learns since when; by whom and why is for officers (`simpul why`). */
const suspended = (detail: Text | undefined): Problem =>
  new Problem("service-suspended", { fields: { "Retry-After": "60" }, ...(detail === undefined ? {} : { detail }) });

const isMet = ({ opinions }: OpinionDependency, now: number): boolean =>
  opinions.some(({ from, until, revoked }) => revoked === undefined && now >= from && (until === undefined || now < until));

/** Which opinion the service has lost, and since when. */
function describeLoss({ name, opinions }: OpinionDependency, now: number, zone: string): Text {
  const last = opinions.at(-1);
  if (last === undefined) return messages.opinionMissing(name);
  if (last.revoked !== undefined) return messages.opinionRevoked(name, last.id, localTime(last.revoked.at, zone));
  if (now < last.from) return messages.opinionNotYetInForce(name, last.id, `${firstDayIn(zone, last.from)} ${zoneName(zone)}`);
  return messages.opinionExpired(name, last.id, `${lastDayIn(zone, last.until!)} ${zoneName(zone)}`);
}
