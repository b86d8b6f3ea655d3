import { zoneOfInstance } from "../base/local-time.ts";
import type { Audit } from "./audit.ts";
/** The instance whose log is audited, as its registry or its gateway says: the log has only ids and digests. */
export interface AuditedInstance {
  readonly id: string;
  readonly name: string;
  /** IANA name. */
  readonly timeZone: string;
  /** By the name of an entry (`opinion 0199…`) its letters: `dinas: 600/1/2026, 2026-01-04, sha256 5f…`. */
  readonly letters: ReadonlyMap<string, readonly string[]>;
}

/** The letters of what a control leaf changed, where they are known. */
export const lettersOf = (subject: string, instance: AuditedInstance | undefined): readonly string[] =>
  instance?.letters.get(subject) ?? [];

/** The ids of the instances whose services are in the log. */
export const instancesIn = ({ chronicle: { services } }: Audit): readonly string[] =>
  [...new Set(services.map(({ service }) => service.split("/")[0]!))].sort();

/** The time zone in which a report is written: the instance's, or that of the region whose services are in the log. */
export const zoneOf = (audit: Audit, instance?: AuditedInstance): string =>
  instance?.timeZone ?? zoneOfInstance(instancesIn(audit)[0] ?? "");
