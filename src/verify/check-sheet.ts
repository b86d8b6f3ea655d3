import type { Text } from "../base/text.ts";
import { reasons, steps, type Reason, type Step } from "./check-words.ts";

/** One finding about a bundle: what was looked at, whether it holds, what that means, and where in the document it stands (RFC 6901). */
export interface BundleFinding {
  readonly step: Step;
  readonly holds: boolean | "not-checked";
  readonly text: Text;
  readonly where: string;
}

/** What the words leave open. */
export type Particulars = Readonly<Record<string, string | number | Text | undefined>>;

/** What is found is written down in the order in which it was looked at; nothing is taken back. */
export interface Sheet {
  readonly findings: readonly BundleFinding[];
  /** Writes down whether a step holds, and gives it back. */
  judge(step: Step, where: string, holds: boolean, particulars?: Particulars): boolean;
  /** Writes down that a step was not taken, and why. */
  leave(step: Step, where: string, reason: Reason, particulars?: Particulars): void;
}

export function openSheet(): Sheet {
  const findings: BundleFinding[] = [];
  return {
    findings,
    judge(step, where, holds, particulars = {}) {
      findings.push({ step, holds, text: say(step, holds ? steps[step].holds : steps[step].broken, particulars), where });
      return holds;
    },
    leave(step, where, reason, particulars = {}) {
      findings.push({ step, holds: "not-checked", text: say(step, reasons[reason], particulars), where });
    },
  };
}

function say(step: Step, sentence: Text, particulars: Particulars): Text {
  const fill = (text: string, language: keyof Text): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const fact = particulars[name];
      return typeof fact === "object" ? fact[language] : String(fact ?? "-");
    });
  const { title } = steps[step];
  return { id: fill(`${title.id}: ${sentence.id}`, "id"), en: fill(`${title.en}: ${sentence.en}`, "en") };
}
