import type { Text } from "../base/text.ts";
import { bundleSteps, type BundleStep } from "./bundle-steps.ts";
import { messages } from "./messages.ts";
import { skipReasons, type SkipReason } from "./skip-reasons.ts";

/** One finding about a bundle: the step, whether it holds, what that means, and its place in the document (JSON Pointer, RFC 6901). */
export interface BundleFinding {
  readonly step: BundleStep;
  readonly holds: boolean | "not-checked";
  readonly text: Text;
  readonly where: string;
}

/** The facts for the `{name}`s of a sentence. */
export type MessageArguments = Readonly<Record<string, string | number | Text | undefined>>;

/** Collects findings in the order of the checks. */
export interface CheckReport {
  readonly findings: readonly BundleFinding[];
  /** Adds a finding; returns `holds`. */
  record(step: BundleStep, where: string, holds: boolean, args?: MessageArguments): boolean;
  /** Adds a finding that a step was not taken, and why. */
  skip(step: BundleStep, where: string, reason: SkipReason, args?: MessageArguments): void;
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
  const { id, en } = messages.finding(bundleSteps[step].title, sentence);
  return { id: fill(id, "id"), en: fill(en, "en") };
}
