import type { Entry } from "../../registry/entry.ts";

/** An entry as officers see it: without a token's hash and without a decision's idempotency key. */
export function resourceOf(entry: Entry): Pick<Entry, "kind" | "id" | "state"> & { readonly content: object } {
  const { kind, id, state } = entry;
  if (entry.kind === "token") {
    const { hash: _hash, ...content } = entry.content;
    return { kind, id, state, content };
  }
  if (entry.kind === "decision") {
    const { request: _request, ...content } = entry.content;
    return { kind, id, state, content };
  }
  return { kind, id, state, content: entry.content };
}
