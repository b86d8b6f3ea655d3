import type { Text } from "../../base/text.ts";
import type { Config } from "../../config/config.ts";
import type { SystemProbes } from "./system-probes.ts";

/** One result of a check. Where it is not good, the text says what is wrong and then what to do. */
export interface Diagnosis {
  /** `unchecked`: nothing could be found out, and the text says why. */
  readonly state: "good" | "unchecked" | "doubtful" | "wrong";
  readonly text: Text;
  /** Set on the one result that has an exit status of its own. */
  readonly isStopped?: true;
}

export const good = (text: Text): Diagnosis => ({ state: "good", text });
export const unchecked = (text: Text): Diagnosis => ({ state: "unchecked", text });
export const doubtful = (text: Text): Diagnosis => ({ state: "doubtful", text });
export const wrong = (text: Text): Diagnosis => ({ state: "wrong", text });

/** One check. It changes nothing, and finds nothing where another check already reports that its subject is missing. */
export type DoctorCheck = (examined: Examined) => readonly Diagnosis[] | Promise<readonly Diagnosis[]>;

export interface Examined extends SystemProbes {
  readonly config: Config;
  /** A server whose time the operator trusts. */
  readonly timeSource?: string;
}
