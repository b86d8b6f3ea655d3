import type { Text } from "../base/text.ts";
import type { ActivitySummary } from "./activity-summary.ts";
import { durationOf } from "./audit-labels.ts";
import { messages } from "./messages.ts";

/** Facts that are no fault by themselves, but that the operator should be able to explain. `local` writes a time as the report does. */
export function noticesOf({ openIntents, silences, setBack, untold }: ActivitySummary, local: (at: string) => string): readonly Text[] {
  const [intent, gap, regression, basis] = [openIntents[0], silences[0], setBack[0], untold[0]];
  return [
    intent && messages.openIntents(openIntents.length, intent.leaf, local(intent.at)),
    gap && messages.longGaps(silences.length, durationOf(gap.seconds), Math.round(gap.seconds), gap.leaf, local(gap.from)),
    regression &&
      messages.clockRegressions(setBack.length, durationOf(regression.seconds), Math.round(regression.seconds), regression.leaf),
    basis && messages.unexplainedBasis(basis.leaf, untold.length),
  ].filter((notice) => notice !== undefined);
}
