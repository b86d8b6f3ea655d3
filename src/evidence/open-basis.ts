import type { ExchangeLeaf } from "../ledger/leaf.ts";
import { readPolicies, type Policies } from "../policy/profile/policies-in-force.ts";
import { why } from "../policy/why/why.ts";
import type { WhyView } from "../policy/why/why-steps.ts";
import type { Explanation } from "../base/explanation.ts";
import type { RegistryImage } from "../registry/image.ts";
import { openEntries, openPolicies } from "./open-entries.ts";
import type { RegistryStore } from "../registry/registry-store.ts";
import { RegistryUnusable } from "../registry/registry-unusable.ts";
import type { Bundle } from "../verify/bundle.ts";
import { entriesUsed } from "./entries-used.ts";

/** The registry and the versions it had. */
export interface History {
  readonly registry: Pick<RegistryStore, "versionOf" | "document" | "registration">;
  newest(): Promise<RegistryImage>;
  readonly imageAt: (now: RegistryImage, version: number) => Promise<RegistryImage>;
}

/** What was in force when an exchange was judged. */
interface Then extends Policies {
  readonly image: RegistryImage;
}

/**
 * Opens, of the registry and the policies that a leaf's `basis` names, what the exchange was judged by, and says why it was judged so. Rejects with
 * `RegistryUnusable` if the registry never had those roots.
 */
export function basisOpener({ registry, newest, imageAt }: History): (leaf: ExchangeLeaf, kids: readonly string[]) => Promise<Pick<Bundle, "registry" | "policy" | "documents" | "trace">> {
  const policiesOf = readPolicies(registry);

  const thenOf = async ({ basis }: ExchangeLeaf): Promise<Then> => {
    const version = await registry.versionOf(basis.registry, basis.policy);
    if (version === undefined) throw new RegistryUnusable({ id: `Registri tidak memuat versi dengan akar ${basis.registry}`, en: `The registry has no version with the root ${basis.registry}` });
    const image = await imageAt(await newest(), version);
    return { image, ...(await policiesOf(image)) };
  };

  return async (leaf, kids) => {
    const then = await thenOf(leaf);
    const policies = policiesUsed(then);
    const documents = digestsOf(then.image, leaf, policies).map(async (digest) => [digest, (await registry.document(digest)).toString("utf8")] as const);
    return {
      registry: openEntries(then.image, entriesUsed(then, leaf, kids)),
      policy: await openPolicies(then.image, policies),
      documents: Object.fromEntries(await Promise.all(documents)),
      trace: await traceOf(then, leaf),
    };
  };
}

/** The classification, and the regulation that was in force with what all regulations have in common. */
const policiesUsed = ({ profile }: Then): ReadonlySet<string> =>
  new Set(["classification.yaml", ...(profile === undefined ? [] : ["regulations/base.yaml", `regulations/${profile.id}.yaml`])]);

/** Of the policies, and of the contract that the service had. */
function digestsOf(image: RegistryImage, { service }: ExchangeLeaf, policies: ReadonlySet<string>): readonly string[] {
  const contract = service === undefined ? undefined : image.get("service", service)?.content.contract;
  return [...Array.from(policies, (path) => image.get("policy", path)!.content.digest), ...(contract === undefined ? [] : [contract])];
}

/** In the words of the gateway's own explanation; an instance that has not chosen its regulation has none to explain by. */
async function traceOf({ image, profile, matrix }: Then, leaf: ExchangeLeaf): Promise<Explanation> {
  if (profile === undefined) {
    const summary = { id: "Instansi belum memilih profil peraturan, jadi tidak ada yang dapat dijelaskan.", en: "The instance has not chosen a policy profile, so there is nothing to explain by." };
    return { kind: "exchange", id: leaf.id, summary, steps: [], missing: [] };
  }
  const view: WhyView = { image, profile, matrix, now: Date.parse(leaf.at), operationsOf: () => undefined, leafOf: async () => leaf, versionOf: async () => ({ image, profile }) };
  return why(view, "exchange", leaf.id);
}
