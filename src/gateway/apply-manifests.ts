import { existsSync, mkdirSync } from "node:fs";
import { systemClock } from "../base/clock.ts";
import type { Config } from "../config/config.ts";
import { loadDesired } from "../policy/load-desired.ts";
import { applyDesired, type AppliedPlan } from "../registry/manifest/apply-desired.ts";
import type { Loaded } from "../registry/manifest/load.ts";
import { storesAt } from "../store/open.ts";

/**
 * Loads the manifests that the configuration names and applies them to its registry, which is made if it is not there.
 * With a fault, or a plan that is refused, nothing is written; `dryRun` writes nothing at all.
 */
export async function applyManifests(
  config: Pick<Config, "services" | "registry">,
  { by, dryRun = false }: { readonly by: string; readonly dryRun?: boolean },
): Promise<{ readonly faults: Loaded["faults"] } | AppliedPlan> {
  const { desired, faults } = await loadDesired(config.services);
  if (desired === undefined) return { faults };
  if (!existsSync(config.registry.directory)) mkdirSync(config.registry.directory, { recursive: true, mode: 0o700 });
  const store = storesAt(config.registry).openRegistry();
  try {
    return await applyDesired(store, desired, { by, clock: systemClock, dryRun });
  } finally {
    await store.close();
  }
}
