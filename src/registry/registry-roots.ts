import { hashBytes, hashLeafInto, treeRoot } from "../ledger/merkle.ts";
import { canonicalJson } from "../base/canonical-json.ts";
import type { Entry } from "./entry.ts";
import type { RegistryRoots, SaltedEntry } from "./registry-store.ts";

/** What stands in the tree for an entry: salt ‖ its canonical JSON (protocol §4, `basis`). */
export const entryLeaf = ({ entry, salt }: SaltedEntry): Buffer => Buffer.concat([salt, Buffer.from(entryText(entry))]);

/** RFC 8785 JSON of `{content, id, kind, state}`. */
export const entryText = ({ kind, id, state, content }: Entry): string => canonicalJson({ content, id, kind, state });

function rootOf(entries: readonly SaltedEntry[]): string {
  const hashes = Buffer.allocUnsafe(entries.length * hashBytes);
  entries.forEach((entry, index) => hashLeafInto(entryLeaf(entry), hashes, index * hashBytes));
  return treeRoot(hashes).toString("base64url");
}

/** The roots over entries in the order of `compareEntries`. The policies' tree holds those in force; a policy's leaf names its path and its digest. */
export function registryRoots(entries: readonly SaltedEntry[]): RegistryRoots {
  return {
    registry: rootOf(entries.filter(({ entry }) => entry.kind !== "policy")),
    policy: rootOf(policiesInForce(entries)),
  };
}

/** What has a leaf under `basis.policy`. */
export const policiesInForce = (entries: readonly SaltedEntry[]): readonly SaltedEntry[] =>
  entries.filter(({ entry }) => entry.kind === "policy" && entry.state === "active");
