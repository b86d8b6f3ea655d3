import { compatible } from "./functions/compatible.ts";
import type { Standard } from "./standard.ts";

/** The rules of a standard by which a change breaks consumers of the contract in force. */
export const breakingRules = ({ rules }: Pick<Standard, "rules">): ReadonlySet<string> =>
  new Set(rules.filter(({ then }) => then.some(({ judge }) => judge === compatible.judge)).map(({ id }) => id));
