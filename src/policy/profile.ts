import type { Text } from "../base/text.ts";
import { treeLimits } from "../registry/limits.ts";
import { faultAt } from "../registry/manifest/fault.ts";
import type { Source } from "../registry/manifest/source.ts";
import { openTree, startOf } from "../registry/manifest/tree.ts";
import { readBase, type Definition, type Labels } from "./profile-base.ts";
import { mergeProfile } from "./profile-compile.ts";
import { profileFault, type ProfileFault } from "./profile-fault.ts";
import type { AnswerValue, AskedKey, ValueOf } from "./profile-keys.ts";
import { readProfileSource } from "./profile-schema.ts";

export { compileProfile } from "./profile-compile.ts";

/** The regulation of one region as data: what it answers to every question of the base, with its pasal, and what holds where it is silent. */
export interface Profile {
  readonly id: string;
  readonly version: string;
  /** Version of the base under it. */
  readonly base: string;
  /** Kemendagri code of the kabupaten or kota. */
  readonly region: string;
  readonly regulation: Regulation;
  readonly labels: Labels;
  readonly readings: readonly Reading[];
  /** Every key of the base, in its order. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** Base64url SHA-256 of the canonical JSON (RFC 8785) of all the above. */
  readonly digest: string;
}

export interface Regulation {
  readonly title: Text;
  readonly short: string;
  /** A day. */
  readonly enacted: string;
  readonly revokes?: { readonly short: string; readonly cite: string };
}

/** How an unclear or faulty sentence of the regulation is read here. */
export interface Reading extends Text {
  readonly cite: string;
}

/** `value` is null where the regulation is silent; then `cite` is, too. `id` and `en` say it in one line. */
export interface Answer<Value = AnswerValue | null> extends Text {
  readonly value: Value;
  /** `P28(6)b`, several joined by `, `. */
  readonly cite: string | null;
  /** The regulation's short title where it is cited, else a national rule or `project rule`. */
  readonly basis: string;
  readonly definition: Definition;
}

/** What the profile answers to a key; compiling it has made sure of the key and of the value's type. */
export function answer<Key extends AskedKey>(profile: Profile, key: Key): Answer<ValueOf<Key> | null> {
  return profile.answers.get(key) as Answer<ValueOf<Key> | null>;
}

/** The profiles of a folder of policies that compile, by id, and every fault of the folder: with one, nothing may be applied. Throws only if it cannot be read at all. */
export function loadProfiles(folder: string): { readonly profiles: ReadonlyMap<string, Profile>; readonly faults: readonly ProfileFault[] } {
  const tree = openTree(folder, "policies");
  const names = tree.list("regulations").map(({ name }) => name);
  const faults: ProfileFault[] = [];
  const sources = new Map<string, Source>();
  for (const name of names) {
    const file = `policies/regulations/${name}`;
    const text = name.endsWith(".yaml") ? tree.read(`regulations/${name}`, treeLimits.policyBytes) : undefined;
    if (!name.endsWith(".yaml")) faults.push(faultAt(startOf(file), "file-unknown", "*.yaml"));
    if (text === undefined) continue;
    const read = readProfileSource(file, text);
    faults.push(...read.faults);
    if (read.source !== undefined) sources.set(name, read.source);
  }
  faults.push(...tree.faults);
  if (!names.includes("base.yaml")) faults.push(faultAt(startOf("policies/regulations"), "file-missing", "base.yaml"));

  const ground = sources.get("base.yaml");
  const { base, faults: broken } = ground === undefined ? { base: undefined, faults: [] } : readBase(ground);
  faults.push(...broken);
  const profiles = new Map<string, Profile>();
  const owners = new Map<string, string>();
  for (const [name, source] of sources) {
    const { profile: id } = source.value as { readonly profile: string };
    const owner = owners.get(id);
    if (owner !== undefined) faults.push(profileFault(source.at(["profile"]), "id-duplicate", owner));
    else if (name !== `${id}.yaml`) faults.push(profileFault(source.at(["profile"]), "id-file", `${id}.yaml`));
    owners.set(id, owner ?? source.file);
    if (base === undefined || name === "base.yaml") continue;
    const { profile, faults: wrong } = mergeProfile(base, source);
    faults.push(...wrong);
    if (profile !== undefined && owner === undefined) profiles.set(id, profile);
  }
  return { profiles, faults };
}
