import type { Past } from "../http/control/control.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { readLeaf } from "../ledger/read-leaf.ts";
import { readPolicies } from "../policy/profile/policies-in-force.ts";
import type { rememberPast } from "../registry/past-images.ts";
import type { RegistryStore } from "../registry/registry-store.ts";

/** What was, for whoever asks why: leaves of the ledger, and the registry and its profile under the root that a leaf names. */
export function readPast(registry: RegistryStore, imageAt: ReturnType<typeof rememberPast>, ledger: Pick<Ledger, "findExchange">, operationsOf: Past["operationsOf"]): Past {
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
      const image = await imageAt(now, version);
      const { profile } = await policies(image);
      return profile === undefined ? undefined : { image, profile };
    },
  };
}
