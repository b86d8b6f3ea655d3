import { isEnded, type Entry, type ServiceContent } from "./entry.ts";
import { sameService } from "./preserve-decisions.ts";

/** The application of a subsystem is reached at another address. */
export interface UpstreamMove {
  /** `ID-16.03/GOV/bapenda/pajak`. */
  readonly subsystem: string;
  readonly from: string;
  readonly to: string;
}

/** The services of a subsystem at an address, and their revisions that have not ended, as they are at the other address. */
export function movedBeside(
  entries: Iterable<Entry>,
  { subsystem, from, to }: UpstreamMove,
): readonly (Entry<"service"> | Entry<"revision">)[] {
  const isThere = ({ provider, upstream }: ServiceContent): boolean => provider === subsystem && upstream === from;
  const moved: (Entry<"service"> | Entry<"revision">)[] = [];
  for (const entry of entries) {
    if (isEnded(entry)) continue;
    if (entry.kind === "service" && isThere(entry.content)) moved.push({ ...entry, content: { ...entry.content, upstream: to } });
    if (entry.kind === "revision" && isThere(entry.content.proposal))
      moved.push({ ...entry, content: { ...entry.content, proposal: { ...entry.content.proposal, upstream: to } } });
  }
  return moved;
}

/** Whether two contents of a service differ in the address and in nothing else. */
export const differInUpstream = (a: ServiceContent, b: ServiceContent): boolean =>
  a.upstream !== b.upstream && sameService({ ...a, upstream: b.upstream }, b);
