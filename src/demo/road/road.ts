import { inline, stacked } from "../../base/text.ts";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openControl, type Control } from "../../control-client/control-client.ts";
import { isBlocking } from "../../control-client/format-explanation.ts";
import { addDays, dayIn } from "../../policy/calendar.ts";
import type { Profile } from "../../policy/profile/profile.ts";
import { appointOfficials } from "./appoint.ts";
import { readJournal, writeJournal, type RoadEnd, type RoadSummary } from "./journal.ts";
import { letterFolder } from "./letters.ts";
import { officials } from "./officers.ts";
import { scriptFor, type PhaseName } from "./script.ts";
import { officerLines, phaseLines, shortPhaseLines, summaryLines } from "./show-road.ts";
import { phaseOf, runScenarios, type PhaseResult, type ScenarioResult } from "./run-scenarios.ts";
import { messages } from "./messages.ts";

export interface RoadOptions {
  readonly controlOrigin: string;
  /** The first administrator's. */
  readonly token: string;
  readonly profile: Profile;
  /** Where the demo keeps its own files. */
  readonly folder: string;
  readonly now: number;
  readonly say: (line: string) => void;
  /** Every step is said, and not only where each part of the road ended. */
  readonly inFull: boolean;
}

/** Shorter than the longest token and the longest grant allowed. */
const lastingDays = 330;

/** Runs the road of the profile with its officials, or says where it ended if an earlier start ran it. */
export async function runRoad({ controlOrigin, token, profile, folder, now, say, inFull }: RoadOptions): Promise<RoadSummary> {
  const administrator = openControl({ origin: controlOrigin, token });
  const told = join(folder, "jalan.txt");
  const summarised = (road: RoadSummary): RoadSummary => {
    for (const line of ["", ...summaryLines(road, profile), stacked(messages.inFull(told))]) say(line);
    return road;
  };
  const { id: instance, content } = await administrator.instance();
  const { begun, road } = readJournal(folder) ?? { begun: dayIn(content.timeZone, now) };
  if (road !== undefined) {
    if (inFull && existsSync(told)) say(readFileSync(told, "utf8").trimEnd());
    return summarised(road);
  }
  writeJournal(folder, { profile: profile.id, begun });

  const until = addDays(begun, lastingDays);
  const script = scriptFor({ profile, letters: letterFolder(join(folder, "surat"), begun), instance, begun, until });
  const needed = new Set(script.flatMap(({ scenarios }) => scenarios.flatMap(({ steps }) => steps.map(({ by }) => by))));
  const appointed = officials.filter(({ id }) => needed.has(id));
  const controls = new Map<string, Control>([["administrator", administrator]]);
  for (const [officer, secret] of await appointOfficials(administrator, appointed, until))
    controls.set(officer, openControl({ origin: controlOrigin, token: secret }));
  /** In full into a file, on the screen as much as is wanted. */
  const tell = (full: readonly string[], short: readonly string[]): void => {
    appendFileSync(told, `${full.join("\n")}\n`);
    for (const line of inFull ? full : short) say(line);
  };
  const heading = `\n${stacked(messages.road(profile.regulation.short))}`;
  tell([heading, ...officerLines(appointed, join(folder, "surat"))], [heading, `   ✓ ${inline(messages.appointed(appointed.length))}`]);
  const results: PhaseResult[] = [];
  for await (const phase of runScenarios(script, (officer) => controls.get(officer)!)) {
    results.push(phase);
    tell(phaseLines(phase, profile), shortPhaseLines(phase));
  }
  const end = { profile: profile.id, ...(await endsOf(administrator, instance, results)) };
  writeJournal(folder, { profile: profile.id, begun, road: end });
  return summarised(end);
}

async function endsOf(administrator: Control, instance: string, phases: readonly PhaseResult[]): Promise<Omit<RoadSummary, "profile">> {
  const scenarios = (name: PhaseName): readonly ScenarioResult[] => phaseOf(phases, name);
  const endOf = async (kind: "revision" | "grant", id: string, { results }: ScenarioResult): Promise<RoadEnd> => ({
    id,
    state: (await administrator.read(kind, id)).state,
    unmet: unmetIn(results.at(-1)),
  });
  return {
    instance: {
      id: instance,
      state: (await administrator.read("instance", instance)).state,
      unmet: unmetIn(scenarios("instance").at(-1)?.results.at(-1)),
    },
    services: await Promise.all(scenarios("services").map((scenario) => endOf("revision", `${scenario.subject}/r1`, scenario))),
    grants: await Promise.all(scenarios("grants").map((scenario) => endOf("grant", scenario.subject, scenario))),
  };
}

const unmetIn = (result: ScenarioResult["results"][number] | undefined): readonly string[] =>
  (result?.refusal?.judgements ?? []).filter(isBlocking).map(({ guard }) => guard);
