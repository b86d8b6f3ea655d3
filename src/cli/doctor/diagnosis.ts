import type { Text } from "../../base/text.ts";
import type { Config } from "../../config/config.ts";
import type { SystemProbes } from "./system-probes.ts";

/** What one look showed. Of what is not good, the text says what is wrong and then what to do. */
export interface Diagnosis {
  readonly state: "good" | "doubtful" | "wrong";
  readonly text: Text;
}

export const good = (id: string, en: string): Diagnosis => ({ state: "good", text: { id, en } });
export const doubtful = (id: string, en: string): Diagnosis => ({ state: "doubtful", text: { id, en } });
export const wrong = (id: string, en: string): Diagnosis => ({ state: "wrong", text: { id, en } });

/** One thing to look at. It changes nothing, and says nothing where another check already says that there is nothing to see. */
export type DoctorCheck = (examined: Examined) => readonly Diagnosis[] | Promise<readonly Diagnosis[]>;

export interface Examined extends SystemProbes {
  readonly config: Config;
}
