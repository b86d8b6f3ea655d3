import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { readPolicies, type Policies } from "../policy/profile/policies-in-force.ts";
import { why } from "../policy/why/why.ts";
import type { WhyView } from "../policy/why/why-steps.ts";
import type { Explanation } from "../base/explanation.ts";
import type { RegistryState } from "../registry/registry-state.ts";
import { proveEntries, provePolicies } from "./prove-entries.ts";
import type { RegistryStore } from "../registry/registry-store.ts";
import { RegistryUnusable } from "../registry/registry-unusable.ts";
import type { Bundle } from "../verify/bundle.ts";
import { entriesUsed } from "./entries-used.ts";

/** The registry and the versions it had. */
export interface RegistryHistory {
  readonly registry: Pick<RegistryStore, "versionOf" | "document" | "registration">;
  newest(): Promise<RegistryState>;
  readonly stateAt: (now: RegistryState, version: number) => Promise<RegistryState>;
}

/** What was in force when an exchange was judged. */
interface Then extends Policies {
  readonly registry: RegistryState;
}

/**
 * Opens, of the registry and the policies that a leaf's `basis` names, what the exchange was judged by, and says why it was judged so. Rejects with
 * `RegistryUnusable` if the registry never had those roots.
 */
export function basisProver({
  registry,
  newest,
  stateAt,
}: RegistryHistory): (leaf: ExchangeLeaf, kids: readonly string[]) => Promise<Pick<Bundle, "registry" | "policy" | "documents" | "trace">> {
  const policiesOf = readPolicies(registry);

  const thenOf = async ({ basis }: ExchangeLeaf): Promise<Then> => {
    const version = await registry.versionOf(basis.registry, basis.policy);
    if (version === undefined)
      throw new RegistryUnusable({
        id: `Registri tidak memuat versi dengan akar ${basis.registry}`,
        en: `The registry has no version with the root ${basis.registry}`,
      });
    const state = await stateAt(await newest(), version);
    return { registry: state, ...(await policiesOf(state)) };
  };

  return async (leaf, kids) => {
    const then = await thenOf(leaf);
    const policies = policiesUsed(then);
    const documents = digestsOf(then.registry, leaf, policies).map(
      async (digest) => [digest, (await registry.document(digest)).toString("utf8")] as const,
    );
    return {
      registry: proveEntries(then.registry, entriesUsed(then, leaf, kids)),
      policy: await provePolicies(then.registry, policies),
      documents: Object.fromEntries(await Promise.all(documents)),
      trace: await traceOf(then, leaf),
    };
  };
}

/** The classification, and the regulation that was in force with what all regulations have in common. */
const policiesUsed = ({ profile }: Then): ReadonlySet<string> =>
  new Set(["classification.yaml", ...(profile === undefined ? [] : ["regulations/base.yaml", `regulations/${profile.id}.yaml`])]);

/** Of the policies, and of the contract that the service had. */
function digestsOf(registry: RegistryState, { service }: ExchangeLeaf, policies: ReadonlySet<string>): readonly string[] {
  const contract = service === undefined ? undefined : registry.get("service", service)?.content.contract;
  return [...Array.from(policies, (path) => registry.get("policy", path)!.content.digest), ...(contract === undefined ? [] : [contract])];
}

/** In the words of the gateway's own explanation; an instance that has not chosen its regulation has none to explain by. */
async function traceOf({ registry, profile, matrix }: Then, leaf: ExchangeLeaf): Promise<Explanation> {
  if (profile === undefined) {
    const summary = {
      id: "Instansi belum memilih profil peraturan, jadi tidak ada yang dapat dijelaskan.",
      en: "The instance has not chosen a policy profile, so there is nothing to explain by.",
    };
    return { kind: "exchange", id: leaf.id, summary, steps: [], missing: [] };
  }
  const view: WhyView = {
    registry,
    profile,
    matrix,
    now: Date.parse(leaf.at),
    operationsOf: () => undefined,
    leafOf: async () => leaf,
    versionOf: async () => ({ registry, profile }),
  };
  return why(view, "exchange", leaf.id);
}
