import { placesFor, tryTampering, type Verdict } from "./tamper-judge.ts";
import { makeTamperFixture, type LogPlan } from "./tamper-fixture.ts";
import { means, type Means, type Tampering } from "./tampering.ts";
import { tamperings } from "./tamperings.ts";

/** What a campaign found of one tampering, at all places together. */
export interface Row {
  readonly tampering: Tampering;
  readonly tried: number;
  readonly places: Readonly<Record<Means, ReadonlySet<Verdict["place"]>>>;
}

/** Something that was found otherwise than the table of tamperings says, or not at all. */
export interface Surprise {
  readonly what: string;
  readonly at: number;
  readonly verdict: Verdict;
}

export interface Campaign {
  readonly rows: readonly Row[];
  readonly surprises: readonly Surprise[];
}

/** Tries every tampering in logs of these plans, at so many places each; tells of each one as it is done. */
export async function tamperCampaign(
  plans: readonly LogPlan[],
  placesEach: number,
  onTried: (done: number, what: string) => void = () => undefined,
): Promise<Campaign> {
  const rows = tamperings.map((tampering) => ({
    tampering,
    tried: 0,
    places: { nothing: new Set<Verdict["place"]>(), checkpoints: new Set<Verdict["place"]>(), "a receipt": new Set<Verdict["place"]>() },
  }));
  const surprises: Surprise[] = [];
  let done = 0;
  for (const plan of plans) {
    const scenario = await makeTamperFixture(plan);
    try {
      for (const row of rows) {
        const { tampering } = row;
        for (const at of placesFor(scenario, tampering, placesEach)) {
          for (const verdict of await tryTampering(scenario, tampering, at)) {
            row.places[verdict.means].add(verdict.place);
            const expected: readonly Verdict["place"][] = tampering.found[verdict.means] ?? ["not found"];
            if (!expected.includes(verdict.place)) surprises.push({ what: `${tampering.what} (${tampering.by})`, at, verdict });
          }
          row.tried++;
          onTried(++done, tampering.what);
        }
      }
    } finally {
      await scenario.close();
    }
  }
  return { rows, surprises };
}

const said = (places: ReadonlySet<Verdict["place"]>): string =>
  places.has("not found") && places.size === 1
    ? "–"
    : (["leaf", "range", "checkpoint", "not found", "elsewhere"] as const).filter((place) => places.has(place)).join(", ");

/** The result as a table of Markdown. */
export function tableOf({ rows }: Campaign): string {
  const auditors = means.map((one) => `an auditor with ${one}`).join(" | ");
  const head = `| what is done to the log | by whom has | ${auditors} | tried |\n| --- | --- | --- | --- | --- | --: |`;
  return [
    head,
    ...rows.map(
      ({ tampering: { what, by }, places, tried }) =>
        `| ${what} | the ${by} | ${means.map((one) => said(places[one])).join(" | ")} | ${tried} |`,
    ),
  ].join("\n");
}
