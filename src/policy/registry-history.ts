import { cachePastStates } from "../registry/past-states.ts";
import type { RegistryState } from "../registry/registry-state.ts";
import type { RegistryStore } from "../registry/registry-store.ts";
import type { Policies, PolicyReader } from "./profile/policies-in-force.ts";

/** The registry and the policies in force at one version. */
export interface RulesInForce extends Policies {
  readonly registry: RegistryState;
}

/**
 * The rules that were in force under the roots that a leaf's `basis` names, the newest ones where several versions had
 * them; `undefined` if no version had them. Rejects with `RegistryUnusable` if the registry is no longer what was
 * applied.
 */
export type RegistryHistory = (registryRoot: string, policyRoot?: string) => Promise<RulesInForce | undefined>;

export interface HistorySources {
  readonly store: Pick<RegistryStore, "versionOf" | "changes" | "replaced" | "head">;
  newest(): Promise<RegistryState>;
  readonly policies: PolicyReader;
}

export function registryHistory({ store, newest, policies }: HistorySources): RegistryHistory {
  const stateAt = cachePastStates(store);
  return async (registryRoot, policyRoot) => {
    const version = await store.versionOf(registryRoot, policyRoot);
    if (version === undefined) return undefined;
    const registry = await stateAt(await newest(), version);
    return { registry, ...(await policies(registry)) };
  };
}
