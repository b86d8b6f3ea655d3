import { stateAt } from "./state-at.ts";
import type { RegistryState } from "./registry-state.ts";
import type { RegistryStore } from "./registry-store.ts";

/** Images kept: a registry of 100,000 grants takes 10 MB in each. */
const most = 4;

/**
 * The registry at earlier versions, of which the last few that were asked for are remembered: whoever explains or proves what was asks about the same
 * moments again. The newest costs nothing. Rejects as `imageAt` does.
 */
export function cachePastStates(
  store: Pick<RegistryStore, "changes" | "replaced" | "head">,
): (now: RegistryState, version: number) => Promise<RegistryState> {
  /** By version, the one that was asked for last at the end. */
  const kept = new Map<number, Promise<RegistryState>>();
  return async (now, version) => {
    if (version === now.version) return now;
    const state = kept.get(version) ?? stateAt(store, now, version);
    kept.delete(version);
    kept.set(version, state);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    state.catch(() => kept.get(version) === state && kept.delete(version));
    return state;
  };
}
