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

/**
 * Reads the policies of a registry state and compiles them again only when they change. Throws `RegistryUnusable` where one is
 * missing or faulty.
 */
export function readPolicies({
  document,
}: Pick<RegistryStore, "document">): (registry: Pick<RegistryState, "roots" | "get" | "of">) => Promise<Policies> {
  let known: { readonly key: string; readonly policies: Policies } | undefined;

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
    const key = `${id ?? ""} ${registry.roots.policy}`;
    if (known?.key !== key) known = { key, policies: await read(registry, id) };
    return known.policies;
  };
}
