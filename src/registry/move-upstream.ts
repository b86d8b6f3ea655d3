import { isEnded, type Entry, type ServiceContent } from "./entry.ts";
import { sameService } from "./preserve-decisions.ts";

/** The application of a subsystem is reached at another address. */
export interface UpstreamMove {
  /** `ID-16.03/GOV/bapenda/pajak`. */
  readonly subsystem: string;
  readonly from: string;
  readonly to: string;
}

/** Where an application is reached. */
type Addresses = Pick<ServiceContent, "replicas"> & { readonly upstream?: string };

export const addressesOf = ({ upstream, replicas = [] }: Addresses): readonly string[] => [
  ...(upstream === undefined ? [] : [upstream]),
  ...replicas.map(({ origin }) => origin),
];

/** What is reached at `from`, reached at `to`. */
export const readdressed = <Content extends Addresses>(content: Content, { from, to }: Pick<UpstreamMove, "from" | "to">): Content => ({
  ...content,
  ...(content.upstream === from ? { upstream: to } : {}),
  ...(content.replicas === undefined
    ? {}
    : { replicas: content.replicas.map((replica) => (replica.origin === from ? { ...replica, origin: to } : replica)) }),
});

/** The services of a subsystem at an address, and their revisions that have not ended, as they are at the other address. */
export function movedBeside(entries: Iterable<Entry>, move: UpstreamMove): readonly (Entry<"service"> | Entry<"revision">)[] {
  const isThere = (content: ServiceContent): boolean => content.provider === move.subsystem && addressesOf(content).includes(move.from);
  const moved: (Entry<"service"> | Entry<"revision">)[] = [];
  for (const entry of entries) {
    if (isEnded(entry)) continue;
    if (entry.kind === "service" && isThere(entry.content)) moved.push({ ...entry, content: readdressed(entry.content, move) });
    if (entry.kind === "revision" && isThere(entry.content.proposal))
      moved.push({ ...entry, content: { ...entry.content, proposal: readdressed(entry.content.proposal, move) } });
  }
  return moved;
}

/** Whether two contents of a service differ in the address and in nothing else. */
export const differInUpstream = (a: ServiceContent, b: ServiceContent): boolean =>
  a.upstream !== b.upstream && sameService({ ...a, upstream: b.upstream }, b);
