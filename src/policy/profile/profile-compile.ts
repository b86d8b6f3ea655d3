import { sha256 } from "../../base/bytes.ts";
import type { Text } from "../../base/text.ts";
import { canonicalJson } from "../../base/canonical-json.ts";
import type { Source } from "../../source/source.ts";
import { readBase, type Base, type ProfileLabels } from "./profile-base.ts";
import { profileFault, type ProfileFault } from "./profile-fault.ts";
import type { AnswerValue } from "./profile-keys.ts";
import { readProfileSource } from "./profile-schema.ts";
import { faultsOfValue } from "./profile-value.ts";
import type { ProfileAnswer, Profile, RegulationReading, Regulation } from "./profile.ts";

/** Either the profile, or every reason why not. */
export type Compiled =
  { readonly profile: Profile; readonly faults: readonly [] } | { readonly profile: undefined; readonly faults: readonly ProfileFault[] };

export interface ProfileDocument {
  readonly profile: string;
  readonly version: string;
  readonly extends: string;
  readonly region: string;
  readonly regulation: Regulation;
  readonly labels?: Partial<ProfileLabels>;
  readonly readings?: readonly RegulationReading[];
  readonly answers: Readonly<Record<string, Text & { readonly value: AnswerValue; readonly cite?: string; readonly basis?: string }>>;
}

/** `P28(6)b`: pasal, ayat (or, in a pasal of definitions, angka), huruf. */
const citeForm = /^P[1-9]\d{0,2}(?:\([1-9]\d{0,2}\))?[a-z]?(?:, P[1-9]\d{0,2}(?:\([1-9]\d{0,2}\))?[a-z]?)*$/;

/**
 * Compiles a profile from the texts of `regulations/base.yaml` and of the regulation's own file, as the folder or the registry
 * holds them. Pure. Reports all faults at once, each at its line, under the names in `files`.
 */
export function compileProfile(
  baseText: string,
  profileText: string,
  files: { readonly base: string; readonly profile: string } = {
    base: "policies/regulations/base.yaml",
    profile: "policies/regulations/profile.yaml",
  },
): Compiled {
  const read = readProfileSource(files.base, baseText);
  const { base, faults } = read.source === undefined ? { base: undefined, faults: [] } : readBase(read.source);
  const own = readProfileSource(files.profile, profileText);
  const broken = [...read.faults, ...faults, ...own.faults];
  if (base === undefined || own.source === undefined) return { profile: undefined, faults: broken };
  return mergeProfile(base, own.source);
}

/** Merges the answers of a regulation into the base. The source has the structure of a regulation's profile. */
export function mergeProfile(base: Base, source: Source): Compiled {
  const document = source.value as ProfileDocument;
  const { profile: id, version, region, regulation, readings = [] } = document;
  const faults: ProfileFault[] = [];
  if (document.extends !== base.id) faults.push(profileFault(source.at(["extends"]), "base-unknown", `${document.extends}.yaml`));
  const judgeCite = (cite: string | undefined, ...steps: readonly string[]): void => {
    if (cite !== undefined && !citeForm.test(cite)) faults.push(profileFault(source.at([...steps, "cite"]), "cite-form"));
  };
  judgeCite(regulation.revokes?.cite, "regulation", "revokes");
  readings.forEach(({ cite }, index) => judgeCite(cite, "readings", String(index)));
  for (const [key, { value, cite, basis }] of Object.entries(document.answers)) {
    const definition = base.keys.get(key);
    if (definition === undefined) {
      faults.push(profileFault(source.atName(["answers", key]), "key-unknown"));
      continue;
    }
    if ((cite === undefined) === (basis === undefined) || (basis !== undefined && !definition.ours))
      faults.push(profileFault(source.atName(["answers", key]), "value-uncited"));
    judgeCite(cite, "answers", key);
    faults.push(...faultsOfValue(source, ["answers", key, "value"], definition.shape, value));
  }
  if (faults.length > 0) return { profile: undefined, faults };

  const labels = { ...base.labels, ...document.labels };
  const answers = new Map<string, ProfileAnswer>();
  for (const [key, { silent, ...definition }] of base.keys) {
    const own = Object.hasOwn(document.answers, key) ? document.answers[key] : undefined;
    const { value, id: said, en } = own ?? silent;
    answers.set(key, {
      value,
      cite: own?.cite ?? null,
      basis: own === undefined ? silent.basis : (own.basis ?? regulation.short),
      id: said,
      en,
      definition,
    });
  }
  const effective = { id, version, base: base.version, region, regulation, labels, readings };
  const digest = sha256(Buffer.from(canonicalJson({ ...effective, answers: Object.fromEntries(answers) }))).toString("base64url");
  return { profile: { ...effective, answers, digest }, faults: [] };
}
