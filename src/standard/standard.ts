import type { Text } from "../base/text.ts";
import type { LintFunction, Options } from "./function.ts";
import type { PathExpression } from "./path-expression.ts";

export type Severity = "error" | "warn" | "info";

/** One version of the interoperability standard: a ruleset in Spectral's format, compiled. */
export interface Standard {
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  /** Who may set it, in the words of the profiles' `standard.setter`. */
  readonly setters: readonly string[];
  /** Days; `validUntil` is exclusive. */
  readonly validFrom: string;
  readonly validUntil?: string;
  readonly rules: readonly Rule[];
  readonly file: string;
  /** The file itself. */
  readonly text: string;
  /** Base64url SHA-256 of the file, as the registry's policy entry has it. */
  readonly digest: string;
  /**
   * The texts of the reference lists that go with it, `policies/reference/*.yaml`; a code whose list is missing is
   * judged by its form.
   */
  readonly lists?: readonly string[];
}

export interface Rule {
  readonly id: string;
  /** What it asks for, in one line. */
  readonly title: Text;
  readonly severity: Severity;
  /** The regulation that asks for it, or `project rule`. */
  readonly basis: string;
  /** The specification that states it in full. */
  readonly see?: string;
  /** What is wrong; `{{error}}` and `{{property}}` are filled in. */
  readonly message: Text;
  /** What to do about it. */
  readonly remedy: Text;
  readonly given: readonly { readonly text: string; readonly path: PathExpression }[];
  readonly then: readonly Then[];
}

export interface Then {
  /** The member to judge; `@key` for the name of each member. */
  readonly field?: string;
  readonly judge: LintFunction["judge"];
  readonly options: Options;
}

/** `lid-spl@1.0.0`. */
export const standardName = ({ id, version }: Pick<Standard, "id" | "version">): string => `${id}@${version}`;

/** Whether a standard is in force on a day. */
export const inForce = ({ validFrom, validUntil }: Pick<Standard, "validFrom" | "validUntil">, day: string): boolean =>
  validFrom <= day && (validUntil === undefined || day < validUntil);
