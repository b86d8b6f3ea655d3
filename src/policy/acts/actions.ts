import type { Action } from "./action.ts";
import { grantActions } from "./grant-actions.ts";
import { proofOfDutyActions, exemptionActions, instanceActions, memberActions, officerActions, tokenActions } from "./instance-actions.ts";
import { opinionActions } from "./opinion-actions.ts";
import { revisionActions } from "./revision-actions.ts";

/** The table of states and transitions, whole: what can be done to whatever lives in the registry. */
export const actions: ReadonlyMap<string, Action> = new Map(
  [
    ...revisionActions,
    ...opinionActions,
    ...grantActions,
    ...instanceActions,
    ...proofOfDutyActions,
    ...exemptionActions,
    ...memberActions,
    ...officerActions,
    ...tokenActions,
  ].map((action) => [action.name, action as unknown as Action]),
);
