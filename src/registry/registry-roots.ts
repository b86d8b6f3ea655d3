import { hashBytes, hashLeafInto, treeRoot } from "../ledger/merkle.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import type { Entry } from "./entry.ts";
import type { RegistryRoots, SaltedEntry } from "./registry-store.ts";

/** The leaf of an entry: salt ‖ its canonical JSON (protocol §4.5). */
export const entryLeaf = ({ entry, salt }: SaltedEntry): Buffer => Buffer.concat([salt, Buffer.from(entryText(entry))]);

/** RFC 8785 JSON of `{content, id, kind, state}`. */
export const entryText = ({ kind, id, state, content }: Entry): string => canonicalJson({ content, id, kind, state });

function rootOf(entries: readonly SaltedEntry[]): string {
  const hashes = Buffer.allocUnsafe(entries.length * hashBytes);
  entries.forEach((entry, index) => hashLeafInto(entryLeaf(entry), hashes, index * hashBytes));
  return treeRoot(hashes).toString("base64url");
}

/**
 * The roots over entries in the order of `compareEntries`. The tree of policies holds those in force; the leaf of one
 * names its path and digest.
 */
export function registryRoots(entries: readonly SaltedEntry[]): RegistryRoots {
  return {
    registry: rootOf(entries.filter(({ entry }) => entry.kind !== "policy")),
    policy: rootOf(policiesInForce(entries)),
  };
}

/** The policies that have a leaf under `basis.policy`. */
export const policiesInForce = (entries: readonly SaltedEntry[]): readonly SaltedEntry[] =>
  entries.filter(({ entry }) => entry.kind === "policy" && entry.state === "active");
