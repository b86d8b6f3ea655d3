import { isLoopback } from "../base/networks.ts";
import type { Text } from "../base/text.ts";
import { origin } from "../config/parsers.ts";
import type { Ask } from "../workbench/questions.ts";
import { messages } from "./new-messages.ts";
import { CommandFault, UsageFault } from "./verb.ts";

export interface OriginChoice {
  /** Where the configuration names one. */
  readonly given: string | undefined;
  /** A gateway for this machine alone is wanted. */
  readonly development: boolean;
  /** Where there is a terminal. */
  readonly ask: Ask | undefined;
}

/**
 * The public origin of a new instance: the one that is given, else the one that is typed; `undefined` for a development instance at the
 * default. It can never be changed later, so nothing is taken for granted.
 *
 * @throws {UsageFault} where nobody can be asked.
 * @throws {CommandFault} for a loopback origin of what is no development instance.
 */
export async function choosePublicOrigin({ given, development, ask }: OriginChoice): Promise<string | undefined> {
  const wrong = (answer: string): Text | undefined => {
    if (origin.parse(answer, "") === undefined) return origin.form;
    return isLoopback(new URL(answer).hostname) && !development ? messages.loopbackOrigin(answer) : undefined;
  };
  if (given !== undefined) {
    const fault = wrong(given);
    if (fault !== undefined) throw new CommandFault(fault);
    return given;
  }
  if (development) return undefined;
  if (ask === undefined) throw new UsageFault(messages.namePublicOrigin);
  let answer: string;
  let fault: Text | undefined;
  do {
    answer = (await ask(messages.askPublicOrigin, undefined, fault)).trim();
    fault = wrong(answer);
  } while (fault !== undefined);
  return answer;
}
