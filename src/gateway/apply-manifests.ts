import { existsSync, mkdirSync } from "node:fs";
import { systemClock } from "../base/clock.ts";
import type { Config } from "../config/config.ts";
import { foresee, type Foreseen } from "../policy/foresee.ts";
import { loadDesired } from "../policy/load-desired.ts";
import { applyDesired, type AppliedPlan } from "../registry/manifest/apply-desired.ts";
import type { Loaded } from "../registry/manifest/load.ts";
import { storesAt } from "../store/open.ts";
import type { OpenRegistryOptions } from "../store/stores.ts";

/** The faults of the manifests, and what was done with their sound part: nothing at all where there is no plan. */
export interface AppliedManifests extends Partial<AppliedPlan> {
  readonly faults: Loaded["faults"];
  /** Of a dry run: what the next steps of officers will be refused for. */
  readonly foreseen: readonly Foreseen[];
}

/**
 * Loads the manifests that the configuration names and applies them to its registry, which is made if it is not there:
 * the sound members in one transaction, while a member with a fault, and an entry that is refused, stays as it is. A
 * fault outside the members' folders keeps everything as it is; `dryRun` writes nothing at all.
 */
export async function applyManifests(
  { services, registry, upstreamNetworks }: Pick<Config, "services" | "registry" | "upstreamNetworks">,
  { by, dryRun = false, onMigrated }: { readonly by: string; readonly dryRun?: boolean } & Pick<OpenRegistryOptions, "onMigrated">,
): Promise<AppliedManifests> {
  const { desired, faults } = await loadDesired({ services, upstreamNetworks });
  if (desired === undefined) return { faults, foreseen: [] };
  if (!existsSync(registry.directory)) mkdirSync(registry.directory, { recursive: true, mode: 0o700 });
  const store = storesAt(registry).openRegistry(dryRun && storesAt(registry).hasRegistry() ? { asItIs: true } : { onMigrated });
  try {
    const applied = await applyDesired(store, desired, { by, clock: systemClock, dryRun });
    return { faults, ...applied, foreseen: dryRun ? await foresee(applied.plan, store, { by, now: systemClock() }) : [] };
  } finally {
    await store.close();
  }
}
