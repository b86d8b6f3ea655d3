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
import { messages } from "./messages.ts";

export interface BasisSources {
  readonly registry: Pick<RegistryStore, "document">;
  readonly history: RegistryHistory;
}

/**
 * Proves the registry entries and policies by which an exchange was decided, under the roots in its leaf's `basis`, and
 * explains the decision. Rejects with `RegistryUnusable` if the registry never had those roots.
 */
export function basisProver({
  registry,
  history,
}: BasisSources): (leaf: ExchangeLeaf, kids: readonly string[]) => Promise<Pick<Bundle, "registry" | "policy" | "documents" | "trace">> {
  const thenOf = async ({ basis }: ExchangeLeaf): Promise<RulesInForce> => {
    const then = await history(basis.registry, basis.policy);
    if (then !== undefined) return then;
    throw new RegistryUnusable(messages.noSuchRoot(basis.registry));
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

/** The paths of the policies: the classification, and the regulation in force with the base of all regulations. */
const policiesUsed = ({ profile }: RulesInForce): ReadonlySet<string> =>
  new Set(["classification.yaml", ...(profile === undefined ? [] : ["regulations/base.yaml", `regulations/${profile.id}.yaml`])]);

/** The digests of the policies, and of the service's contract at that time. */
function digestsOf(registry: RegistryState, { service }: ExchangeLeaf, policies: ReadonlySet<string>): readonly string[] {
  const contract = service === undefined ? undefined : registry.get("service", service)?.content.contract;
  return [...Array.from(policies, (path) => registry.get("policy", path)!.content.digest), ...(contract === undefined ? [] : [contract])];
}

/** The gateway's own explanation, as `why` gives it for the registry of that time. */
async function traceOf({ registry, profile, matrix }: RulesInForce, leaf: ExchangeLeaf): Promise<Explanation> {
  if (profile === undefined) return { kind: "exchange", id: leaf.id, summary: messages.noProfile, steps: [], missing: [] };
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
