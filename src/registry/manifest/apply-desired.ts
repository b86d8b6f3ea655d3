import type { Clock } from "../../base/clock.ts";
import { apply } from "../apply.ts";
import { VersionConflict } from "../commit-change.ts";
import type { Desired } from "../entry.ts";
import { plan, type Plan } from "../plan.ts";
import type { RegistryStore } from "../registry-store.ts";

/** `version` is the one that was made; `undefined` where there was nothing to do, and for a dry run. */
export interface AppliedPlan {
  readonly plan: Plan;
  readonly version: number | undefined;
}

/** Plans and applies, anew where another change came in between. `by` is the operator's name as the ledger shows it. */
export async function applyDesired(
  store: RegistryStore,
  desired: Desired,
  { by, clock, dryRun }: { readonly by: string; readonly clock: Clock; readonly dryRun: boolean },
): Promise<AppliedPlan> {
  for (;;) {
    const planned = plan(await store.read(), desired);
    if (dryRun) return { plan: planned, version: undefined };
    try {
      return { plan: planned, version: (await apply(store, planned, { by, at: clock() }))?.version };
    } catch (fault) {
      if (!(fault instanceof VersionConflict)) throw fault;
    }
  }
}
