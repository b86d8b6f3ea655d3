import { afterAll, beforeAll, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import { basisProver } from "../../src/evidence/prove-basis.ts";
import type { ExchangeLeaf } from "../../src/ledger/leaf.ts";
import type { Desired } from "../../src/registry/entry.ts";
import { followRegistry } from "../../src/registry/follow.ts";
import { policyReader } from "../../src/policy/profile/policies-in-force.ts";
import { registryHistory } from "../../src/policy/registry-history.ts";
import type { RegistryRoots, RegistryStore } from "../../src/registry/registry-store.ts";
import { exchangeLeaf } from "../support/ledger-samples.ts";
import { applyTo, desiredBy, registryFile } from "../support/registry-store.ts";
import { taxProvider, taxService } from "../support/manifest-tree.ts";
import { consumer } from "../support/parties.ts";
import { entriesIn } from "../support/bundles.ts";

const file = registryFile();
let store: RegistryStore;
let openBasis: ReturnType<typeof basisProver>;

/** The roots of each version. */
const roots: RegistryRoots[] = [];

const apply = async (desired: Desired): Promise<void> => {
  await applyTo(store, desired);
  roots.push((await store.head()).roots);
};

/** The same with another text of a policy. */
function withPolicy({ entries, documents }: Desired, path: string, change: (text: string) => string): Desired {
  const policy = entries.find((entry) => entry.kind === "policy" && entry.id === path);
  if (policy?.kind !== "policy") throw new Error(`no policy ${path}`);
  const bytes = Buffer.from(change(documents.get(policy.content.digest)!.toString()));
  const digest = sha256(bytes).toString("base64url");
  return {
    entries: [...entries.filter((entry) => entry !== policy), { ...policy, content: { digest } }],
    documents: new Map([...documents, [digest, bytes]]),
  };
}

beforeAll(async () => {
  store = file.open();
  const first = await desiredBy();
  await apply(first);
  await apply(withPolicy(first, "classification.yaml", (text) => `${text}# diubah\n`));
  await apply(await desiredBy({ "instance.yaml": "instance: ID-16.03\nname: Kabupaten Demo\ntimeZone: Asia/Jakarta\n" }));
  openBasis = basisProver({
    registry: store,
    history: registryHistory({ store, newest: followRegistry(store).newest, policies: policyReader(store) }),
  });
});
afterAll(() => file.remove());

const leafAt = (version: number, over: Partial<ExchangeLeaf> = {}): ExchangeLeaf =>
  exchangeLeaf({
    consumer,
    service: taxService,
    operation: "findObjects",
    grant: `${consumer}#cek-objek`,
    basis: roots[version - 1]!,
    ...over,
  });

it("A leaf is explained by the policies of its time, also where the registry beside them is the same", async () => {
  expect(roots[0]!.registry).toBe(roots[1]!.registry);
  for (const version of [1, 2]) {
    const { registry, policy, documents } = await openBasis(leafAt(version), []);
    expect([registry.root, policy.root]).toEqual([roots[version - 1]!.registry, roots[version - 1]!.policy]);
    expect(Object.values(documents).some((text) => text.endsWith("# diubah\n"))).toBe(version === 2);
  }
});

it("Without a regulation there are neither its documents nor an explanation", async () => {
  const { policy, documents, trace } = await openBasis(leafAt(3), []);
  expect(entriesIn({ policy, registry: { ...policy, entries: [] } }).map(({ id }) => id)).toEqual(["classification.yaml"]);
  expect(Object.keys(documents)).toHaveLength(2);
  expect(trace).toMatchObject({
    kind: "exchange",
    steps: [],
    summary: { en: expect.stringContaining("has not chosen a policy profile") as string },
  });
});

it("A grant, a key or a service that the registry of that time did not hold is left out", async () => {
  const { registry } = await openBasis(leafAt(1, { grant: "lain", service: `${taxService}9` }), ["bukan kunci"]);
  const names = registry.entries.map(({ entry }) => (JSON.parse(entry) as { kind: string; id: string }).id);
  expect(names).toEqual(["ID-16.03", consumer]);
  expect(names).not.toContain(taxProvider);
});

it("A leaf of a registry that is another one cannot be explained", async () => {
  await expect(openBasis(exchangeLeaf(), [])).rejects.toThrow("The registry has no version with the root");
  await expect(openBasis(leafAt(1, { basis: { registry: roots[0]!.registry, policy: exchangeLeaf().basis.policy } }), [])).rejects.toThrow(
    "no version with the root",
  );
});
