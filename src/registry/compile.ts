import { createPublicKey } from "node:crypto";
import { parse } from "yaml";
import type { Text } from "../base/text.ts";
import type { ContractDocument } from "./contract/document.ts";
import { createServiceContract, type ServiceContract } from "./contract/service-contract.ts";
import type { Entry, EntryKind } from "./entry.ts";
import { registryRoots } from "./registry-roots.ts";
import type { RegistryState, RegistryStore, StoredEntry } from "./registry-store.ts";
import type { Grant, RegisteredKey, ServiceVersion, Snapshot } from "./snapshot.ts";

/** Parsed and routed when it is first asked for: most services of a registry sleep. */
type LazyContract = () => ServiceContract;

/** A snapshot with what it was made from: the next one takes over what did not change, and evidence opens single entries. */
export interface CompiledRegistry {
  readonly snapshot: Snapshot;
  /** The leaves under `snapshot.root`, in order, with the policies after them. */
  readonly entries: readonly StoredEntry[];
  /** By digest of the contract: its compiled schemas outlive the snapshot. */
  readonly contracts: ReadonlyMap<string, LazyContract>;
}

/** The registry cannot serve: it is empty, or it is not what was applied. */
export class RegistryUnusable extends Error {
  override readonly name = "RegistryUnusable";
  readonly detail: Text;

  constructor(id: string, en: string) {
    super(en);
    this.detail = { id, en };
  }
}

const moment = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));

function lazyContract(bytes: Buffer): LazyContract {
  let contract: ServiceContract | undefined;
  return () => (contract ??= createServiceContract(JSON.parse(bytes.toString()) as ContractDocument));
}

const readGrant = ({ id, content }: Entry<"grant">): Grant => ({
  id,
  service: content.service,
  operations: new Set(content.operations),
  purpose: content.purpose,
  legalBasis: content.legalBasis,
  from: Date.parse(content.from),
  until: moment(content.until),
  rate: content.rate,
  dailyQuota: content.dailyQuota,
});

const readKey = ({ id, state, content }: Entry<"key">, registeredAt: number, previous: CompiledRegistry | undefined): RegisteredKey => ({
  kid: id,
  alg: content.alg,
  owner: content.owner,
  // The kid is the hash of the key: the same kid is the same key, imported already.
  publicKey: previous?.snapshot.keys.get(id)?.publicKey ?? createPublicKey({ key: content.jwk, format: "jwk" }),
  state: state === "active" ? "active" : "revoked",
  registeredAt,
  from: moment(content.from) ?? 0,
  until: moment(content.until),
});

/**
 * Compiles the newest version for the data plane. Throws `RegistryUnusable` if nothing was applied yet, or if the entries do not lead to the roots
 * that were applied, for then somebody has written past `apply`.
 */
export async function compileRegistry(store: RegistryStore, previous?: CompiledRegistry): Promise<CompiledRegistry> {
  const state: RegistryState = await store.read();
  const of = <K extends EntryKind>(kind: K): readonly Entry<K>[] => state.entries.flatMap(({ entry }) => (entry.kind === kind ? [entry as unknown as Entry<K>] : []));
  const instance = of("instance")[0];
  if (instance === undefined) throw new RegistryUnusable("Registri masih kosong. Jalankan: npm run -s simpul -- apply", "The registry is empty. Run: npm run -s simpul -- apply");
  const roots = registryRoots(state.entries);
  if (roots.registry !== state.roots.registry || roots.policy !== state.roots.policy) {
    throw new RegistryUnusable(`Versi ${state.version} registri bukan yang diterapkan: isinya diubah di luar apply`, `Version ${state.version} of the registry is not what was applied: it was changed past apply`);
  }

  const classification = of("policy").find((entry) => entry.id === "classification.yaml" && entry.state === "active");
  if (classification === undefined) throw new RegistryUnusable("Registri tidak memuat policies/classification.yaml", "The registry has no policies/classification.yaml");
  const measures = parse((await store.document(classification.content.digest)).toString()) as Record<string, { receipt: "full" | "on-request" }>;

  const contracts = new Map<string, LazyContract>();
  const services = new Map<string, ServiceVersion>();
  for (const { id, state: serviceState, content } of of("service")) {
    const contract = contracts.get(content.contract) ?? previous?.contracts.get(content.contract) ?? lazyContract(await store.document(content.contract));
    contracts.set(content.contract, contract);
    const { open, limits } = content;
    services.set(id, {
      id,
      provider: content.provider,
      state: serviceState === "revoked" ? "retired" : serviceState,
      classification: content.classification,
      fullReceipt: measures[content.classification]?.receipt === "full" || content.receipt === "full",
      upstream: content.upstream,
      ...limits,
      validateResponses: content.validateResponses,
      openGrant:
        open === undefined
          ? undefined
          // It covers every operation, whatever they are.
          : { id: `${id}#open`, service: id, operations: contract().operationIds, ...open, from: 0, until: undefined },
      findOperation: (method, path) => contract().findOperation(method, path),
    });
  }

  const subsystems = new Set(of("subsystem").filter((entry) => entry.state === "active").map((entry) => entry.id));
  const grants = new Map<string, Grant[]>();
  for (const entry of of("grant")) {
    const { consumer } = entry.content;
    if (entry.state === "active" && subsystems.has(consumer)) grants.set(consumer, [...(grants.get(consumer) ?? []), readGrant(entry)]);
  }
  for (const list of grants.values()) list.sort((a, b) => (a.purpose < b.purpose ? -1 : a.purpose > b.purpose ? 1 : 0));

  const snapshot: Snapshot = {
    version: state.version,
    instance: instance.id,
    root: roots.registry,
    policyRoot: roots.policy,
    timeZone: instance.content.timeZone,
    services,
    subsystems,
    auditors: new Set(instance.content.auditors.filter((id) => subsystems.has(id))),
    keys: new Map(state.entries.flatMap(({ entry, registeredAt }) => (entry.kind === "key" ? [[entry.id, readKey(entry, registeredAt, previous)]] : []))),
    grants,
  };
  return { snapshot, entries: state.entries, contracts };
}
