import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What the demo keeps of its road beside its data, so that the next start goes on and does not walk it again. */
export interface Journal {
  readonly profile: string;
  /** The day on which it was begun. */
  readonly begun: string;
  /** Set once the whole road was walked. */
  readonly road?: RoadSummary;
}

/** Where the road has led: the states of the instance, of each service and of each grant, and what keeps them from going further. */
export interface RoadSummary {
  readonly profile: string;
  readonly instance: RoadEnd;
  readonly services: readonly RoadEnd[];
  readonly grants: readonly RoadEnd[];
}

export interface RoadEnd {
  readonly id: string;
  readonly state: string;
  /** Names of the guards that keep it from going further. */
  readonly unmet: readonly string[];
}

const fileIn = (folder: string): string => join(folder, "road.json");

export const readJournal = (folder: string): Journal | undefined =>
  existsSync(fileIn(folder)) ? (JSON.parse(readFileSync(fileIn(folder), "utf8")) as Journal) : undefined;

export const writeJournal = (folder: string, diary: Journal): void =>
  writeFileSync(fileIn(folder), `${JSON.stringify(diary, undefined, 2)}\n`);
