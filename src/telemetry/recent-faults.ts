import type { ResponseFault } from "../base/response-fault.ts";

/** The providers' wrong answers since the gateway started, as many as are kept. */
export interface RecentFaults {
  add(fault: ResponseFault): void;
  /** Those of a service version, newest first. */
  of(service: string): readonly ResponseFault[];
}

/** Keeps the newest `ofEach` of at most so many services, in memory; the service whose last one is the oldest is forgotten first. */
export function createRecentFaults({ services = 500, ofEach = 20 } = {}): RecentFaults {
  /** The service with the newest fault is at the end. */
  const kept = new Map<string, readonly ResponseFault[]>();
  return {
    add(fault) {
      const faults = [fault, ...(kept.get(fault.service) ?? [])].slice(0, ofEach);
      kept.delete(fault.service);
      kept.set(fault.service, faults);
      if (kept.size > services) kept.delete(kept.keys().next().value!);
    },
    of: (service) => kept.get(service) ?? [],
  };
}
