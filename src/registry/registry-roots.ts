import { hashBytes, hashLeafInto, treeRoot } from "../ledger/merkle.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { RegistryRoots, SaltedEntry } from "./registry-store.ts";

/** What stands in the tree for an entry: salt ‖ canonical JSON of `{kind, id, state, content}` (protocol §4, `basis`). */
export function entryLeaf({ entry, salt }: SaltedEntry): Buffer {
  const { kind, id, state, content } = entry;
  return Buffer.concat([salt, Buffer.from(canonicalJson({ content, id, kind, state }))]);
}

function rootOf(entries: readonly SaltedEntry[]): string {
  const hashes = Buffer.allocUnsafe(entries.length * hashBytes);
  entries.forEach((entry, index) => hashLeafInto(entryLeaf(entry), hashes, index * hashBytes));
  return treeRoot(hashes).toString("base64url");
}

/** The roots over entries in the order of `compareEntries`. The policies' tree holds those in force; a policy's leaf names its path and its digest. */
export function registryRoots(entries: readonly SaltedEntry[]): RegistryRoots {
  return {
    registry: rootOf(entries.filter(({ entry }) => entry.kind !== "policy")),
    policy: rootOf(entries.filter(({ entry }) => entry.kind === "policy" && entry.state === "active")),
  };
}
