import type { ExchangeLeaf } from "../ledger/leaf.ts";
import type { RegistryHistory, RulesInForce } from "../policy/registry-history.ts";
import { why } from "../policy/why/why.ts";
import type { WhyView } from "../policy/why/why-steps.ts";
import type { Explanation } from "../base/explanation.ts";
import type { RegistryState } from "../registry/registry-state.ts";
import { proveEntries, provePolicies } from "./prove-entries.ts";
import type { RegistryStore } from "../registry/registry-store.ts";
import { RegistryUnusable } from "../registry/registry-unusable.ts";
import type { Bundle } from "../verify/bundle.ts";
import { entriesUsed } from "./entries-used.ts";

export interface BasisSources {
  readonly registry: Pick<RegistryStore, "document">;
  readonly history: RegistryHistory;
}

/**
 * Opens, of the registry and the policies that a leaf's `basis` names, what the exchange was judged by, and says why it was judged so. Rejects with
 * `RegistryUnusable` if the registry never had those roots.
 */
export function basisProver({
  registry,
  history,
}: BasisSources): (leaf: ExchangeLeaf, kids: readonly string[]) => Promise<Pick<Bundle, "registry" | "policy" | "documents" | "trace">> {
  const thenOf = async ({ basis }: ExchangeLeaf): Promise<RulesInForce> => {
    const then = await history(basis.registry, basis.policy);
    if (then !== undefined) return then;
    throw new RegistryUnusable({
      id: `Registri tidak memuat versi dengan akar ${basis.registry}`,
      en: `The registry has no version with the root ${basis.registry}`,
    });
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
const policiesUsed = ({ profile }: RulesInForce): ReadonlySet<string> =>
  new Set(["classification.yaml", ...(profile === undefined ? [] : ["regulations/base.yaml", `regulations/${profile.id}.yaml`])]);

/** Of the policies, and of the contract that the service had. */
function digestsOf(registry: RegistryState, { service }: ExchangeLeaf, policies: ReadonlySet<string>): readonly string[] {
  const contract = service === undefined ? undefined : registry.get("service", service)?.content.contract;
  return [...Array.from(policies, (path) => registry.get("policy", path)!.content.digest), ...(contract === undefined ? [] : [contract])];
}

/** In the words of the gateway's own explanation; an instance that has not chosen its regulation has none to explain by. */
async function traceOf({ registry, profile, matrix }: RulesInForce, leaf: ExchangeLeaf): Promise<Explanation> {
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
