import { canonicalJson } from "../../base/canonical-json.ts";
import type { Text } from "../../base/text.ts";
import type { Source } from "../../source/source.ts";
import { profileFault, type ProfileFault } from "./profile-fault.ts";
import { askedKeys, type AnswerValue, type AnswerShape } from "./profile-keys.ts";
import { faultsOfValue } from "./profile-value.ts";

/** What a key asks of a regulation, the same for every region. */
export interface Definition {
  /** The row of the comparison to which it belongs. */
  readonly row: number;
  readonly question: Text;
  readonly shape: AnswerShape;
  /** Whether a guard acts on it; otherwise it is cited data that reports print. */
  readonly guard: boolean;
  /** What a guard does where the answer is not met. A silent regulation never blocks. */
  readonly semantics: "deny" | "allow" | "warn" | "report";
  /**
   * A key of the project, not of a regulation: it may have a value where the regulation is silent, and a profile may set it without
   * a citation.
   */
  readonly ours: boolean;
}

/** The answer where a regulation is silent, and its basis: a national rule or the project's own. */
export interface Silence {
  readonly value: AnswerValue | null;
  readonly basis: string;
  readonly id: string;
  readonly en: string;
}

/** The words of a regulation for the terms that all of them have. */
export interface ProfileLabels {
  /** *kelaikan* or *kelayakan*. */
  readonly kelaikan: string;
  readonly dinas: string;
  readonly pd: string;
  readonly head: string;
  readonly government: string;
  readonly team: string;
}

/** `policies/regulations/base.yaml`. */
export interface Base {
  readonly id: string;
  readonly version: string;
  readonly labels: ProfileLabels;
  /** In the order in which reports print them. */
  readonly keys: ReadonlyMap<string, Definition & { readonly silent: Silence }>;
}

interface BaseDocument {
  readonly profile: string;
  readonly version: string;
  readonly labels: ProfileLabels;
  readonly rows: Readonly<Record<string, Text>>;
  readonly keys: Readonly<
    Record<string, AnswerShape & Omit<Definition, "question" | "shape" | "ours"> & { readonly ours?: true; readonly silent: Silence }>
  >;
}

const shapeOf = (definition: AnswerShape): AnswerShape =>
  "words" in definition ? { type: definition.type, words: definition.words } : { type: definition.type };
const written = (shape: AnswerShape): string => ("words" in shape ? `${shape.type} [${shape.words.join(", ")}]` : shape.type);

/**
 * Reads the base from a source that has its structure. A base without faults has every key that the program asks for, in the
 * expected shape.
 */
export function readBase(source: Source): { readonly base: Base | undefined; readonly faults: readonly ProfileFault[] } {
  const { profile, version, labels, rows, keys } = source.value as BaseDocument;
  const faults: ProfileFault[] = [];
  const defined = new Map<string, Definition & { readonly silent: Silence }>();
  for (const [key, { row, guard, semantics, ours = false, silent, ...rest }] of Object.entries(keys)) {
    const at = ["keys", key];
    const shape = shapeOf(rest);
    const question = Object.hasOwn(rows, row) ? rows[row] : undefined;
    const asked: AnswerShape | undefined = Object.hasOwn(askedKeys, key) ? askedKeys[key as keyof typeof askedKeys] : undefined;
    if (question === undefined) faults.push(profileFault(source.at([...at, "row"]), "row-unknown"));
    else defined.set(key, { row, question, shape, guard, semantics, ours, silent });
    if (asked === undefined && guard) faults.push(profileFault(source.at([...at, "guard"]), "guard-unknown"));
    if (asked !== undefined && canonicalJson(asked) !== canonicalJson(shape))
      faults.push(profileFault(source.at([...at, "type"]), "key-shape", written(asked)));
    if (silent.value !== null && !ours) faults.push(profileFault(source.at([...at, "silent", "value"]), "value-silent"));
    else if (silent.value !== null) faults.push(...faultsOfValue(source, [...at, "silent", "value"], shape, silent.value));
  }
  for (const key of Object.keys(askedKeys))
    if (!Object.hasOwn(keys, key)) faults.push(profileFault(source.atName(["keys"]), "key-missing", key));
  return { base: faults.length > 0 ? undefined : { id: profile, version, labels, keys: defined }, faults };
}
