import type { CompiledRegistry, CompileOptions, HeldContract, ServiceRule } from "./compiled.ts";
import type { ContractDocument } from "../contract/document.ts";
import { createServiceContract, type ServiceContract } from "../contract/service-contract.ts";
import { entriesAfter } from "./entries-after.ts";
import type { Entry } from "./entry.ts";
import type { RegisteredLists } from "./registered-lists.ts";
import { changedBetween } from "./apply-changes.ts";
import type { RegistryState } from "./registry-state.ts";
import type { Grant, ServiceVersion, Snapshot } from "./snapshot.ts";

/** The service versions of a state. Those that a change does not touch are taken over from `previous`. */
export async function compileServices(
  registry: RegistryState,
  lists: RegisteredLists,
  { store, rules }: CompileOptions,
  previous: CompiledRegistry | undefined,
  yieldIfDue: () => Promise<void>,
): Promise<Pick<CompiledRegistry, "contracts"> & Pick<Snapshot, "services">> {
  const touched = touchedServices(previous?.state, registry);
  if (touched?.size === 0) return { services: previous!.snapshot.services, contracts: previous!.contracts };
  const judge = await rules(registry);
  const services = new Map(previous?.snapshot.services);
  const contracts = new Map(previous?.contracts);
  /** Services may share a document. */
  const shared = new Map<string, HeldContract>();
  for (const id of touched ?? Array.from(registry.of("service"), (service) => service.id)) {
    const service = registry.get("service", id);
    if (service === undefined) continue;
    const { contract: digest } = service.content;
    const before = contracts.get(id);
    const contract =
      before?.digest === digest && before.lists === lists
        ? before
        : (shared.get(digest) ?? holdContract(digest, await store.document(digest), lists));
    shared.set(digest, contract);
    contracts.set(id, contract);
    const provider = registry.get("subsystem", service.content.provider);
    services.set(id, readService(service, provider?.content.drained, judge(service), contract.read));
    await yieldIfDue();
  }
  return { services, contracts };
}

/** The service versions to judge again; `undefined` means all of them, because something that they share has changed. */
function touchedServices(before: RegistryState | undefined, after: RegistryState): ReadonlySet<string> | undefined {
  const touched = new Set<string>();
  for (const kind of ["instance", "policy"] as const) for (const _ of changedBetween(before, after, kind)) return undefined;
  for (const { entry } of changedBetween(before, after, "opinion")) {
    const { subject } = entry.content;
    if (subject === "instance" || subject === "network") return undefined;
    // An opinion on one version may hold for the next.
    for (const id of servicesBelow(after, subject.slice(0, subject.lastIndexOf("/") + 1))) touched.add(id);
  }
  for (const { entry } of changedBetween(before, after, "revision")) touched.add(entry.content.service);
  for (const { entry } of changedBetween(before, after, "service")) touched.add(entry.id);
  for (const { entry } of changedBetween(before, after, "subsystem"))
    for (const id of servicesBelow(after, `${entry.id}/`)) touched.add(id);
  return touched;
}

function* servicesBelow(registry: RegistryState, path: string): Iterable<string> {
  for (const { id } of entriesAfter(registry, "service", path)) {
    if (!id.startsWith(path)) return;
    yield id;
  }
}

function holdContract(digest: string, bytes: Buffer, lists: RegisteredLists): HeldContract {
  let contract: ServiceContract | undefined;
  return {
    digest,
    lists,
    read: () => (contract ??= createServiceContract(JSON.parse(bytes.toString()) as ContractDocument, lists.read())),
  };
}

const none: ServiceVersion["validateOperations"] = new Map();
const noReplicas: ServiceVersion["replicas"] = [];
const noneDrained: ServiceVersion["drained"] = new Set();

function readService(
  { id, state, content }: Entry<"service">,
  drained: readonly string[] | undefined,
  { mayBeOpen, fullReceipt, signedAnswers, ...rule }: ServiceRule,
  contract: () => ServiceContract,
): ServiceVersion {
  const { open, limits, provider, classification, upstream, basePath = "", validateResponses, validateOperations } = content;
  return {
    id,
    provider,
    classification,
    upstream,
    replicas: content.replicas ?? noReplicas,
    drained: drained === undefined ? noneDrained : new Set(drained),
    basePath,
    validateResponses,
    validateOperations: validateOperations === undefined ? none : new Map(Object.entries(validateOperations)),
    state: state === "suspended" ? "suspended" : state === "active" || state === "trial" || state === "deprecated" ? "active" : "retired",
    ...rule,
    fullReceipt: fullReceipt || content.receipt === "full",
    signedAnswers: signedAnswers || content.providerSignature === "required",
    ...limits,
    openGrant: open === undefined || !mayBeOpen ? undefined : openGrant(id, open, contract),
    operations: () => contract().operations,
    findOperation: (method, path) => contract().findOperation(method, path),
  };
}

/** It covers every operation of the contract. Activating the service was the decision on it. */
function openGrant(service: string, open: NonNullable<Entry<"service">["content"]["open"]>, contract: () => ServiceContract): Grant {
  return {
    id: `${service}#open`,
    service,
    ...open,
    get operations() {
      return contract().operations;
    },
    from: 0,
    until: undefined,
    fields: undefined,
    decided: true,
    decidedAt: 0,
    previous: undefined,
    replacedBy: undefined,
    suspensions: [],
  };
}
