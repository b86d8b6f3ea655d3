import { dayMs } from "../../base/time.ts";
import { join } from "node:path";
import { openControl, type Control } from "../../control-client/control-client.ts";
import { hinders } from "../../control-client/told.ts";
import type { Profile } from "../../policy/profile/profile.ts";
import { appointOfficials } from "./appoint.ts";
import { readDiary, writeDiary, type RoadEnd, type RoadSummary } from "./diary.ts";
import { letterFolder } from "./letters.ts";
import { officials } from "./officers.ts";
import { scriptFor, type PhaseName } from "./script.ts";
import { phaseLines, summaryLines } from "./show-road.ts";
import { phaseOf, walk, type WalkedPhase, type WalkedScene } from "./walk.ts";

export interface RoadOptions {
  readonly controlOrigin: string;
  /** The first administrator's. */
  readonly token: string;
  readonly profile: Profile;
  /** Where the demo keeps its own files, beside the gateway's. */
  readonly folder: string;
  readonly now: number;
  readonly say: (line: string) => void;
}

const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** Within the longest token and the longest grant. */
const lastingDays = 330;

/** Plays the road of the profile with its officials, or says where it has led if it was walked before. */
export async function takeRoad({ controlOrigin, token, profile, folder, now, say }: RoadOptions): Promise<RoadSummary> {
  const administrator = openControl({ origin: controlOrigin, token });
  const told = (road: RoadSummary): RoadSummary => {
    for (const line of ["", ...summaryLines(road, profile)]) say(line);
    return road;
  };
  const { begun, road } = readDiary(folder) ?? { begun: dayOf(now) };
  if (road !== undefined) return told(road);
  writeDiary(folder, { profile: profile.id, begun });

  const until = dayOf(Date.parse(begun) + lastingDays * dayMs);
  const { id: instance } = await administrator.instance();
  const script = scriptFor({ profile, letters: letterFolder(join(folder, "surat"), begun), instance, begun, until });
  const needed = new Set(script.flatMap(({ scenes }) => scenes.flatMap(({ deeds }) => deeds.map(({ by }) => by))));
  const appointed = officials.filter(({ id }) => needed.has(id));
  const controls = new Map<string, Control>([["administrator", administrator]]);
  for (const [officer, secret] of await appointOfficials(administrator, appointed, until)) controls.set(officer, openControl({ origin: controlOrigin, token: secret }));
  say(`\nPetugas contoh yang ditunjuk administrator, masing-masing dengan tokennya: ${appointed.map(({ id }) => id).join(", ")}. Surat-suratnya sintetis: ${join(folder, "surat")}.`);
  say("(Demo officers appointed by the administrator, each with a token. Their letters are synthetic.)");
  const walked: WalkedPhase[] = [];
  for await (const phase of walk(script, (officer) => controls.get(officer)!)) {
    walked.push(phase);
    for (const line of phaseLines(phase, profile)) say(line);
  }
  const end = { profile: profile.id, ...(await endsOf(administrator, instance, walked)) };
  writeDiary(folder, { profile: profile.id, begun, road: end });
  return told(end);
}

async function endsOf(administrator: Control, instance: string, walked: readonly WalkedPhase[]): Promise<Omit<RoadSummary, "profile">> {
  const scenes = (name: PhaseName): readonly WalkedScene[] => phaseOf(walked, name);
  const endOf = async (kind: "revision" | "grant", id: string, { strides }: WalkedScene): Promise<RoadEnd> => ({ id, state: (await administrator.read(kind, id)).state, unmet: unmetIn(strides.at(-1)) });
  return {
    instance: { id: instance, state: (await administrator.read("instance", instance)).state, unmet: unmetIn(scenes("instance").at(-1)?.strides.at(-1)) },
    services: await Promise.all(scenes("services").map((scene) => endOf("revision", `${scene.subject}/r1`, scene))),
    grants: await Promise.all(scenes("grants").map((scene) => endOf("grant", scene.subject, scene))),
  };
}

const unmetIn = (stride: WalkedScene["strides"][number] | undefined): readonly string[] => (stride?.refusal?.judgements ?? []).filter(hinders).map(({ guard }) => guard);
