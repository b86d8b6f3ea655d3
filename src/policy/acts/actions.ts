import type { Action } from "./action.ts";
import { actionTitles } from "./action-titles.ts";
import { correctionActions } from "./correction-actions.ts";
import { grantActions } from "./grant-actions.ts";
import { proofOfDutyActions, exemptionActions, instanceActions, memberActions, officerActions, tokenActions } from "./instance-actions.ts";
import { keyActions } from "./key-actions.ts";
import { opinionActions } from "./opinion-actions.ts";
import { subsystemActions } from "./subsystem-actions.ts";
import { revisionActions } from "./revision-actions.ts";

/** The whole table of states and transitions, by name: every action on the stateful kinds of the registry. */
export const actions: ReadonlyMap<string, Action> = new Map(
  [
    ...revisionActions,
    ...correctionActions,
    ...opinionActions,
    ...grantActions,
    ...keyActions,
    ...instanceActions,
    ...proofOfDutyActions,
    ...exemptionActions,
    ...memberActions,
    ...subsystemActions,
    ...officerActions,
    ...tokenActions,
  ].map((row) => [row.name, { ...row, title: actionTitles[row.name as keyof typeof actionTitles] } as unknown as Action]),
);
