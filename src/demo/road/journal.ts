import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The demo's record of its road, kept next to its data so that the next start continues instead of beginning again. */
export interface Journal {
  readonly profile: string;
  /** The day on which the road began. */
  readonly begun: string;
  /** Set once the whole road was taken. */
  readonly road?: RoadSummary;
}

/** Where the road ended: the states of the instance, of each service and of each grant, and what keeps them from going further. */
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

export const writeJournal = (folder: string, journal: Journal): void =>
  writeFileSync(fileIn(folder), `${JSON.stringify(journal, undefined, 2)}\n`);
