import { columnsFigure, rankingFigure, timeBandFigure } from "../../report/figures.ts";
import { palette } from "../../report/palette.ts";
import type { ActivitySummary } from "../activity-summary.ts";
import { messages } from "./messages.ts";
import type { Periods } from "./periods.ts";

/** Types of leaves in the order in which they are stacked, which tells them apart in black and white, too. */
export const typeColours: Readonly<Record<string, string>> = {
  outcome: palette.info,
  intent: "#9cc3e6",
  refusal: palette.bad,
  control: "#c98a00",
};

/** What is kept by type of leaf, by its Indonesian name. */
const inIndonesian = <Value>(byType: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(byType).map(([type, value]) => [messages.types[type]?.id ?? type, value]));

/** Leaves by period, stacked by type. */
export const activityFigure = ({ periods }: Periods): string =>
  columnsFigure(
    messages.activityFigure.id,
    inIndonesian(typeColours),
    periods.map(({ name, leaves }) => ({ name, counts: inIndonesian(leaves) })),
  );

/** Refusals by code. */
export const refusalFigure = (codes: readonly { readonly code: string; readonly count: number }[]): string =>
  rankingFigure(
    messages.refusalFigure.id,
    palette.bad,
    codes.map(({ code, count }) => ({ name: code, count })),
  );

/** The time that the log covers, its longest gaps, and the clock's regressions. */
export const timeFigure = ({ first = "", last = "", silences, setBack }: ActivitySummary): string =>
  timeBandFigure(messages.timeFigure.id, {
    from: first,
    until: last,
    gaps: silences,
    marks: setBack.map(({ before, leaf }) => ({ at: before, title: String(leaf) })),
  });
