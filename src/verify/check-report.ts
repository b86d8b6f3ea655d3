import type { Text } from "../base/text.ts";
import { skipReasons, bundleSteps, type SkipReason, type BundleStep } from "./check-messages.ts";

/** One finding about a bundle: what was looked at, whether it holds, what that means, and where in the document it stands (RFC 6901). */
export interface BundleFinding {
  readonly step: BundleStep;
  readonly holds: boolean | "not-checked";
  readonly text: Text;
  readonly where: string;
}

/** What the words leave open. */
export type MessageArguments = Readonly<Record<string, string | number | Text | undefined>>;

/** What is found is written down in the order in which it was looked at; nothing is taken back. */
export interface CheckReport {
  readonly findings: readonly BundleFinding[];
  /** Writes down whether a step holds, and gives it back. */
  record(step: BundleStep, where: string, holds: boolean, particulars?: MessageArguments): boolean;
  /** Writes down that a step was not taken, and why. */
  skip(step: BundleStep, where: string, reason: SkipReason, particulars?: MessageArguments): void;
}

export function newCheckReport(): CheckReport {
  const findings: BundleFinding[] = [];
  return {
    findings,
    record(step, where, holds, args = {}) {
      findings.push({ step, holds, text: say(step, holds ? bundleSteps[step].holds : bundleSteps[step].broken, args), where });
      return holds;
    },
    skip(step, where, reason, args = {}) {
      findings.push({ step, holds: "not-checked", text: say(step, skipReasons[reason], args), where });
    },
  };
}

function say(step: BundleStep, sentence: Text, args: MessageArguments): Text {
  const fill = (text: string, language: keyof Text): string =>
    text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const fact = args[name];
      return typeof fact === "object" ? fact[language] : String(fact ?? "-");
    });
  const { title } = bundleSteps[step];
  return { id: fill(`${title.id}: ${sentence.id}`, "id"), en: fill(`${title.en}: ${sentence.en}`, "en") };
}
