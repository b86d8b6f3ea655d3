import type { Entry } from "../../registry/entry.ts";

/** An entry as officers see it: without the hash of a token, and without the idempotency key of a decision. */
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
