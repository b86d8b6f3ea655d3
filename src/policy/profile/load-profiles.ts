import { treeLimits } from "../../source/limits.ts";
import { faultAt } from "../../source/fault.ts";
import type { Source } from "../../source/source.ts";
import { openTree, fileStart } from "../../source/tree.ts";
import { readBase } from "./profile-base.ts";
import { mergeProfile } from "./profile-compile.ts";
import { type ProfileFault, profileFault } from "./profile-fault.ts";
import { readProfileSource } from "./profile-schema.ts";
import type { Profile } from "./profile.ts";

/**
 * The profiles of a folder of policies that compile, by id, and every fault of the folder. A folder with a fault may not be
 * applied. Throws only if it cannot be read at all.
 */
export function loadProfiles(folder: string): {
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly faults: readonly ProfileFault[];
} {
  const tree = openTree(folder, "policies");
  const names = tree.list("regulations").map(({ name }) => name);
  const faults: ProfileFault[] = [];
  const sources = new Map<string, Source>();
  for (const name of names) {
    const file = `policies/regulations/${name}`;
    const text = name.endsWith(".yaml") ? tree.read(`regulations/${name}`, treeLimits.policyBytes) : undefined;
    if (!name.endsWith(".yaml")) faults.push(faultAt(fileStart(file), "file-unknown", "*.yaml"));
    if (text === undefined) continue;
    const read = readProfileSource(file, text);
    faults.push(...read.faults);
    if (read.source !== undefined) sources.set(name, read.source);
  }
  faults.push(...tree.faults);
  if (!names.includes("base.yaml")) faults.push(faultAt(fileStart("policies/regulations"), "file-missing", "base.yaml"));

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
