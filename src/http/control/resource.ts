import type { Entry, GrantContent, ReadState } from "../../registry/entry.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import { replacementOf } from "../../registry/grant-succession.ts";
import { endOf, lastDayOf, stateNow } from "../../policy/validity/end-of.ts";

/** An entry as officers see it. */
interface Resource extends Pick<Entry, "kind" | "id"> {
  /** `ended` where its end has passed. */
  readonly state: ReadState;
  readonly content: object;
  /** The last day on which it holds, in the region, where it has an end. */
  readonly lastDay?: string;
  readonly replacedBy?: GrantContent["replacedBy"];
}

/** An entry as it reads at a moment, without a token's hash and without a decision's idempotency key. */
export function resourceOf(entry: Entry, registry: RegistryState, now: number): Resource {
  const end = endOf(registry, entry);
  const replacedBy = entry.kind === "grant" ? replacementOf(registry, entry) : undefined;
  return {
    kind: entry.kind,
    id: entry.id,
    state: stateNow(registry, entry, now),
    ...(end === undefined ? {} : { lastDay: lastDayOf(registry, end) }),
    ...(replacedBy === undefined ? {} : { replacedBy }),
    content: shownContent(entry),
  };
}

function shownContent(entry: Entry): object {
  if (entry.kind === "token") {
    const { hash: _hash, ...content } = entry.content;
    return content;
  }
  if (entry.kind === "decision") {
    const { request: _request, ...content } = entry.content;
    return content;
  }
  return entry.content;
}
