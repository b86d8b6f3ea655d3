import type { Text } from "../../base/text.ts";
import type { Config } from "../../config/config.ts";
import type { Senses } from "./senses.ts";

/** What one look showed. Of what is not good, the text says what is wrong and then what to do. */
export interface Finding {
  readonly state: "good" | "doubtful" | "wrong";
  readonly text: Text;
}

export const good = (id: string, en: string): Finding => ({ state: "good", text: { id, en } });
export const doubtful = (id: string, en: string): Finding => ({ state: "doubtful", text: { id, en } });
export const wrong = (id: string, en: string): Finding => ({ state: "wrong", text: { id, en } });

/** One thing to look at. It changes nothing, and says nothing where another check already says that there is nothing to see. */
export type Check = (examined: Examined) => readonly Finding[] | Promise<readonly Finding[]>;

export interface Examined extends Senses {
  readonly config: Config;
}
