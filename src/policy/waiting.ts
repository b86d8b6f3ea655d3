import type { Attribution, Entry, EntryState } from "../registry/entry.ts";
import type { RegistryView } from "./context.ts";

/** What an officer has asked for or recorded, and another one has to decide on or confirm. */
export interface Waiting {
  readonly kind: WaitingKind;
  readonly id: string;
  /** Milliseconds: since when it waits. */
  readonly since: number;
}

export type WaitingKind = keyof typeof waiting;

/** By kind: the states in which an entry waits, and who put it there. */
const waiting = {
  revision: { states: ["applied"], asked: ({ content }: Entry<"revision">) => content.applied },
  grant: { states: ["requested", "coordinated"], asked: ({ content }: Entry<"grant">) => content.coordinated ?? content.requested },
  key: { states: ["requested"], asked: ({ content }: Entry<"key">) => content.registered ?? content.proposed },
  opinion: { states: ["recorded"], asked: ({ content }: Entry<"opinion">) => content.recorded },
  exemption: { states: ["recorded"], asked: ({ content }: Entry<"exemption">) => content.recorded },
  evidence: { states: ["recorded"], asked: ({ content }: Entry<"evidence">) => content.recorded },
} as const satisfies {
  readonly [Kind in StatefulWaiting]: {
    readonly states: readonly EntryState[];
    readonly asked: (entry: Entry<Kind>) => Attribution | undefined;
  };
};

type StatefulWaiting = "revision" | "grant" | "key" | "opinion" | "exemption" | "evidence";

export const waitingKinds = Object.keys(waiting) as readonly WaitingKind[];

/** Everything in the registry that waits for a decision. */
export function* whatWaits(registry: Pick<RegistryView, "of">): Iterable<Waiting> {
  for (const kind of waitingKinds) {
    const { states, asked } = waiting[kind] as { states: readonly EntryState[]; asked: (entry: Entry) => Attribution | undefined };
    for (const entry of registry.of(kind)) {
      const by = states.includes(entry.state) ? asked(entry) : undefined;
      if (by !== undefined) yield { kind, id: entry.id, since: Date.parse(by.at) };
    }
  }
}
