import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storesAt } from "../../src/store/open.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import { apply } from "../../src/registry/apply.ts";
import type { Desired } from "../../src/registry/entry.ts";
import { plan } from "../../src/registry/plan.ts";
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
  if (desired === undefined) throw new Error(JSON.stringify(faults));
  known.set(key, desired);
  return desired;
}

export async function applyTo(store: RegistryStore, desired: Desired, by = "tester"): Promise<RegistryNotice | undefined> {
  return apply(store, plan(await store.read(), desired), { by, at });
}
