import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storesAt } from "../../src/store/open.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import { apply } from "../../src/registry/apply.ts";
import type { Desired, Entry, EntryState } from "../../src/registry/entry.ts";
import { followRegistry, type RegistryChange, type RegistryFollower } from "../../src/registry/follow.ts";
import { plan } from "../../src/registry/plan.ts";
import type { RegistryState } from "../../src/registry/registry-state.ts";
import type { RegistryNotice, RegistryStore } from "../../src/registry/registry-store.ts";
import { loadTree } from "./manifest-tree.ts";

/** A registry file of its own that several connections may open; `remove` closes them all. */
export function registryFile(): { folder: string; file: string; open: () => RegistryStore; remove: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), "simpul-registry-"));
  const opened: RegistryStore[] = [];
  return {
    folder,
    file: join(folder, "registry.sqlite"),
    open() {
      const store = storesAt(dataDirectory(folder)).openRegistry();
      opened.push(store);
      return store;
    },
    async remove() {
      for (const store of opened) await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const at = Date.UTC(2026, 0, 31);

const known = new Map<string, Desired>();

/** What the base tree with changes says; the same tree is loaded once. */
export async function desiredBy(changes: Parameters<typeof loadTree>[0] = {}): Promise<Desired> {
  const key = JSON.stringify(changes, (_, value: unknown) => value ?? null);
  const before = known.get(key);
  if (before !== undefined) return before;
  const { desired, faults } = await loadTree(changes);
  if (desired === undefined || faults.length > 0) throw new Error(JSON.stringify(faults));
  known.set(key, desired);
  return desired;
}

export async function applyTo(store: RegistryStore, desired: Desired, by = "tester"): Promise<RegistryNotice | undefined> {
  return apply(store, plan(await store.read(), desired), { by, at });
}

/** What the control leaf of a test's act says of it: no officer decided anything. */
export const says: RegistryChange["says"] = {
  decision: { id: "019b8bc6-7dc0-7000-8000-000000000001", action: "uji", subject: "officer uji", to: "active" },
  profile: { id: "uji-1-2026", version: "1.0.0", digest: "A".repeat(43) },
};

export const officer = (id: string, position = "a", state: EntryState = "active"): Entry<"officer"> => ({
  kind: "officer",
  id,
  state,
  content: { member: "ID-16.03/GOV/dinsos", position, roles: ["auditor"] },
});

/** Puts entries into the registry as an officer's act would. */
export async function commit(registry: RegistryFollower, ...entries: readonly Entry[]): Promise<RegistryState> {
  return (await registry.commit(await registry.newest(), { entries, by: "tester", at, says })).state;
}

/** A followed registry in a file of its own: the base tree with these changes was applied, then each list of entries committed. */
export async function applied(
  changes: Parameters<typeof desiredBy>[0] = {},
  ...acts: readonly (readonly Entry[])[]
): Promise<
  ReturnType<typeof registryFile> & AsyncDisposable & { store: RegistryStore; registry: RegistryFollower; notice: RegistryNotice }
> {
  const place = registryFile();
  const store = place.open();
  const notice = (await applyTo(store, await desiredBy(changes)))!;
  const registry = followRegistry(store);
  for (const entries of acts) await commit(registry, ...entries);
  return { ...place, store, registry, notice, [Symbol.asyncDispose]: place.remove };
}
