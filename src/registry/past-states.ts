import { recentValues } from "../base/recent.ts";
import { stateAt } from "./state-at.ts";
import type { RegistryState } from "./registry-state.ts";
import type { RegistryStore } from "./registry-store.ts";

/** States kept: a registry of 100,000 grants takes 10 MB in each. */
const most = 4;

/**
 * The registry at earlier versions, of which the last few that were asked for are kept: explanations and bundles come
 * back to the same moments. The newest costs nothing. Rejects as `stateAt` does.
 */
export function cachePastStates(
  store: Pick<RegistryStore, "changes" | "replaced" | "head">,
): (now: RegistryState, version: number) => Promise<RegistryState> {
  const recent = recentValues<number, RegistryState>(most);
  return async (now, version) => (version === now.version ? now : recent(version, () => stateAt(store, now, version)));
}
