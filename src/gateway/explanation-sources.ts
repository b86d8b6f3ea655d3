import type { ExplanationSources } from "../http/control/control.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { readPolicies } from "../policy/profile/policies-in-force.ts";
import type { cachePastStates } from "../registry/past-states.ts";
import type { RegistryStore } from "../registry/registry-store.ts";

/** What was, for whoever asks why: leaves of the ledger, and the registry and its profile under the root that a leaf names. */
export function explanationSources(
  registry: RegistryStore,
  stateAt: ReturnType<typeof cachePastStates>,
  ledger: Pick<Ledger, "findExchange">,
  operationsOf: ExplanationSources["operationsOf"],
): ExplanationSources {
  const policies = readPolicies(registry);
  return {
    operationsOf,
    async leafOf(id) {
      const stored = await ledger.findExchange(id);
      return stored === undefined ? undefined : readLeaf(stored.leaf);
    },
    async versionOf(root, now) {
      const version = await registry.versionOf(root);
      if (version === undefined || version > now.version) return undefined;
      const state = await stateAt(now, version);
      const { profile } = await policies(state);
      return profile === undefined ? undefined : { registry: state, profile };
    },
  };
}
