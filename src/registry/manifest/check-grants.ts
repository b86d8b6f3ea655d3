import type { Entry } from "../entry.ts";
import { faultAt, type ManifestFault, type SourcePlace } from "../../source/fault.ts";
import type { SubsystemManifest } from "./manifests.ts";
import { readMoment } from "./period.ts";
import type { Source } from "../../source/source.ts";

/**
 * A service of the tree as grants may refer to it. What could not be read is `undefined`, so that a grant is not blamed
 * for it.
 */
export interface KnownService {
  readonly id: string | undefined;
  readonly operations: readonly string[] | undefined;
  /** Those of `fields` that no answer of these operations has. */
  readonly unknownFields?: (operations: readonly string[], fields: readonly string[]) => readonly string[];
}

/**
 * Adds to `entries` the grants that a subsystem asks for, or to `faults` what is wrong with them. `known` has every
 * service, by `member/subsystem/service/version`.
 */
export function checkGrants(
  source: Source,
  consumer: string | undefined,
  timeZone: string | undefined,
  known: ReadonlyMap<string, KnownService>,
  entries: Entry[],
  faults: ManifestFault[],
): void {
  const seen = new Set<string>();
  ((source.value as SubsystemManifest).grants ?? []).forEach((grant, index) => {
    const at = (...steps: readonly string[]): SourcePlace => source.at(["grants", String(index), ...steps]);
    if (seen.has(grant.id)) faults.push(faultAt(at("id"), "grant-duplicate"));
    seen.add(grant.id);

    const service = known.get(grant.service.split("/").slice(2).join("/"));
    if (service === undefined || (service.id !== undefined && service.id !== grant.service)) {
      faults.push(
        faultAt(at("service"), "grant-service-unknown", [...known.values()].flatMap((other) => other.id ?? []).join(", ") || "–"),
      );
    }
    const operations = service?.operations;
    grant.operations.forEach((operation, position) => {
      if (operations !== undefined && !operations.includes(operation))
        faults.push(faultAt(at("operations", String(position)), "grant-operation-unknown", operations.join(", ")));
    });

    const unknown = operations === undefined ? [] : (service?.unknownFields?.(grant.operations, grant.fields ?? []) ?? []);
    for (const field of unknown) faults.push(faultAt(at("fields", String(grant.fields!.indexOf(field))), "grant-field-unknown"));

    // Even without a time zone the calendar can be checked.
    const from = readMoment(grant.from, "from", timeZone ?? "UTC");
    const until = grant.until === undefined ? undefined : readMoment(grant.until, "until", timeZone ?? "UTC");
    if (from === undefined) faults.push(faultAt(at("from"), "moment-invalid"));
    if (grant.until !== undefined && until === undefined) faults.push(faultAt(at("until"), "moment-invalid"));
    if (from === undefined || consumer === undefined || (grant.until !== undefined && until === undefined)) return;
    if (until !== undefined && until <= from) faults.push(faultAt(at("until"), "period-empty"));
    const { id, service: serviceId, purpose, legalBasis, rate, dailyQuota } = grant;
    entries.push({
      kind: "grant",
      id: `${consumer}#${id}`,
      state: "active",
      content: {
        consumer,
        service: serviceId,
        purpose,
        legalBasis,
        rate,
        dailyQuota,
        operations: [...grant.operations].sort(),
        from: new Date(from).toISOString(),
        ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
        ...(grant.fields === undefined ? {} : { fields: [...grant.fields].sort() }),
      },
    });
  });
}
