import { recentValues } from "../../base/recent.ts";
import type { RegistryState } from "../../registry/registry-state.ts";
import type { RegistryStore } from "../../registry/registry-store.ts";
import { RegistryUnusable } from "../../registry/registry-unusable.ts";
import { readMatrix, type ClassificationMatrix } from "./classification.ts";
import { compileProfile } from "./profile-compile.ts";
import type { Profile } from "./profile.ts";
import { messages } from "./messages.ts";

export interface Policies {
  /** Of the region that the instance names; `undefined` where it names none. */
  readonly profile: Profile | undefined;
  readonly matrix: ClassificationMatrix;
}

/** Reads the policies that a state of the registry holds. Rejects with `RegistryUnusable` where one is missing or broken. */
export type PolicyReader = (registry: Pick<RegistryState, "roots" | "get" | "of">) => Promise<Policies>;

/** Policies kept compiled: those in force, and a few of the past that somebody asks about. */
const most = 4;

/** One reader serves the whole process: it compiles what is in force once, and again only when it changes. */
export function policyReader({ document }: Pick<RegistryStore, "document">): PolicyReader {
  const recent = recentValues<string, Policies>(most);

  const read = async (registry: Pick<RegistryState, "get">, id: string | undefined): Promise<Policies> => {
    const text = async (path: string): Promise<string> => {
      const policy = registry.get("policy", path);
      if (policy?.state !== "active") throw new RegistryUnusable(messages.policyMissing(path));
      return (await document(policy.content.digest)).toString();
    };
    const matrix = readMatrix(await text("classification.yaml"));
    if (id === undefined) return { profile: undefined, matrix };
    const { profile } = compileProfile(await text("regulations/base.yaml"), await text(`regulations/${id}.yaml`));
    if (profile === undefined) throw new RegistryUnusable(messages.profileFaulty(id));
    return { profile, matrix };
  };

  return async (registry) => {
    const [instance] = registry.of("instance");
    const id = instance?.content.profile;
    return recent(`${id ?? ""} ${registry.roots.policy}`, () => read(registry, id));
  };
}
