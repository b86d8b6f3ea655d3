import type { RegistryState } from "./registry-state.ts";
import type { RegistryStore } from "./registry-store.ts";
import { isReferenceList, readLists, type ReferenceLists } from "../contract/formats/reference-list.ts";

/** The reference lists of a registry; `digest` changes with any of them. */
export interface RegisteredLists {
  readonly digest: string;
  /** Parsed when the first contract is compiled, not when the gateway starts. */
  readonly read: () => ReferenceLists;
}

/** The lists in force, taken over from `previous` where they are the same. */
export async function registeredLists(
  registry: RegistryState,
  store: Pick<RegistryStore, "document">,
  previous?: RegisteredLists,
): Promise<RegisteredLists> {
  const digests = Array.from(registry.of("policy")).flatMap(({ id, state, content }) =>
    state === "active" && isReferenceList(id) ? content.digest : [],
  );
  const digest = digests.join(" ");
  if (previous?.digest === digest) return previous;
  const documents = await Promise.all(digests.map((each) => store.document(each)));
  let lists: ReferenceLists | undefined;
  return { digest, read: () => (lists ??= readLists(documents.map(String))) };
}
