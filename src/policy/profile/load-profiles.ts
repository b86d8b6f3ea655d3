import { readPolicyFiles } from "../../registry/manifest/load-policies.ts";
import { faultAt } from "../../source/fault.ts";
import { keepLast, type Source } from "../../source/source.ts";
import { fileStart } from "../../source/tree.ts";
import { readBase } from "./profile-base.ts";
import { mergeProfile } from "./profile-compile.ts";
import { type ProfileFault, profileFault } from "./profile-fault.ts";
import { profileStructureFaults } from "./profile-schema.ts";
import type { Profile } from "./profile.ts";

/** The profiles that compile, by id, and every fault: with one, nothing may be applied. */
export interface LoadedProfiles {
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly faults: readonly ProfileFault[];
}

const regulations = "regulations/";

/** The profiles of a folder of policies, or the `only` one that is asked for. Throws only if it cannot be read at all. */
export function loadProfiles(folder: string, only?: string): LoadedProfiles {
  const wanted = only === undefined ? undefined : [`${regulations}base.yaml`, `${regulations}${only}.yaml`];
  const { files, sources, faults: unread } = readPolicyFiles(folder, "regulations", (path) => wanted?.includes(path) ?? true);
  const { profiles, faults } = compileProfiles(sources);
  const hasBase = files.some(({ path }) => path === `${regulations}base.yaml`);
  return {
    profiles,
    faults: [...unread, ...(hasBase ? [] : [faultAt(fileStart("policies/regulations"), "file-missing", "base.yaml")]), ...faults],
  };
}

/** The profiles among policies, by path below `policies/`. */
export const compileProfiles = (policies: ReadonlyMap<string, Source>): LoadedProfiles =>
  compileRegulations(new Map([...policies].filter(([path]) => path.startsWith(regulations))));

const compileRegulations = keepLast((policies): LoadedProfiles => {
  const faults: ProfileFault[] = [];
  const sources = new Map<string, Source>();
  for (const [path, source] of policies) {
    const broken = path.endsWith(".yaml") ? profileStructureFaults(source) : [faultAt(fileStart(source.file), "file-unknown", "*.yaml")];
    faults.push(...broken);
    if (broken.length === 0) sources.set(path.slice(regulations.length), source);
  }
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
});
