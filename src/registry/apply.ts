import { sha256 } from "../base/bytes.ts";
import { randomOctets, uuidv7 } from "../base/uuid.ts";
import { compareEntries, type Entry } from "./entry.ts";
import { entryName, type Plan } from "./plan.ts";
import { registryRoots } from "./registry-roots.ts";
import type { RegistryNotice, RegistryStore, SaltedEntry } from "./registry-store.ts";

/** Somebody else applied between the plan and the apply: plan again. */
export class VersionConflict extends Error {
  override readonly name = "RegistryMoved";
}

/** A control leaf has 65,535 bytes, and more than the change stands in it. */
const maxChangeBytes = 48_000;

/** The names, or, where they would not fit into the leaf, how many and the H of the names joined by line feeds. */
type Names = readonly string[] | { readonly count: number; readonly digest: string };

const summarise = (names: readonly string[]): Names => ({
  count: names.length,
  digest: sha256(Buffer.from(names.join("\n"))).toString("base64url"),
});

function describeChange(planned: Plan, version: number, after: { registry: string; policy: string }, by: string): string {
  const write = (shorten: (names: readonly string[]) => Names): string =>
    JSON.stringify({
      registry: { before: planned.current.roots.registry, after: after.registry, version },
      policy: { before: planned.current.roots.policy, after: after.policy },
      by,
      added: shorten(planned.added.map(entryName)),
      changed: shorten(planned.changed.map(entryName)),
      retired: shorten(planned.retired.map(entryName)),
      ...(planned.proposed.length === 0 ? {} : { proposed: shorten(planned.proposed.map(entryName)) }),
    });
  const whole = write((names) => names);
  return Buffer.byteLength(whole) <= maxChangeBytes ? whole : write(summarise);
}

/**
 * Carries a plan out: entries, version + 1 and the notice for the ledger in one transaction. `undefined` if there is nothing to do. Throws
 * `VersionConflict` if the registry is no longer what was planned against, and a `TypeError` on a plan that was refused.
 */
export async function apply(
  store: RegistryStore,
  planned: Plan,
  options: { readonly by: string; readonly at: number },
): Promise<RegistryNotice | undefined> {
  if (planned.refused.length > 0) throw new TypeError("a refused plan cannot be applied");
  const by = options.by.slice(0, 200);
  const act = { by, at: new Date(options.at).toISOString() };
  const touched = [...planned.added, ...planned.changed, ...planned.retired, ...planned.proposed.map((proposal) => proposal.sign(act))];
  if (touched.length === 0) return undefined;
  const fresh = touched.map((entry: Entry): SaltedEntry => ({ entry, salt: entry.kind === "policy" ? Buffer.alloc(0) : randomOctets(16) }));
  const after = new Map([...planned.current.entries, ...fresh].map((stored) => [entryName(stored.entry), stored]));
  const entries = [...after.values()].sort((a, b) => compareEntries(a.entry, b.entry));
  const roots = registryRoots(entries);
  const version = planned.current.version + 1;
  const notice: RegistryNotice = {
    id: uuidv7(options.at),
    version,
    at: options.at,
    by,
    change: describeChange(planned, version, roots, by),
  };
  if (!(await store.commit(planned.current.version, { entries: fresh, documents: planned.documents, roots, notice }))) {
    throw new VersionConflict(`the registry is no longer at version ${planned.current.version}`);
  }
  return notice;
}
