import { isTimeZone } from "../../base/local-time.ts";
import { sha256 } from "../../base/bytes.ts";
import type { ContractDocument } from "../../contract/document.ts";
import { createServiceContract } from "../../contract/service-contract.ts";
import { compareEntries, entryKinds, memberCodeOf, type Desired, type Entry, type EntryKind } from "../entry.ts";
import { contractDocuments } from "../entries/service.ts";
import { registryLimits } from "../limits.ts";
import { readContract } from "../../contract/check/read-contract.ts";
import { checkGrants, type KnownService } from "./check-grants.ts";
import { onceEach } from "../../contract/check/check-schemas.ts";
import { faultAt, type ManifestFault, type SourceFault, type SourcePlace } from "../../source/fault.ts";
import { readKeyProof } from "./key-proof.ts";
import { loadPolicies, type PolicyJudge } from "./load-policies.ts";
import { defaultLimits, type InstanceManifest, type MemberManifest, type ServiceManifest, type SubsystemManifest } from "./manifests.ts";
import { readAddresses, type Addresses } from "./addresses.ts";
import { readServices, type ServiceFolder, type ServicesTree } from "./read-services.ts";
import type { SchemaCheck } from "../../contract/check/schema-check.ts";
import { fileStart } from "../../source/tree.ts";

/**
 * What the manifests say, without the members whose folders have faults, and every fault at once. `desired` is
 * `undefined` where a fault lies outside the members' folders: in policies, in `instance.yaml`, or a folder that is no
 * member's, which may be a member's under a wrong name.
 */
export interface Loaded {
  readonly desired: Desired | undefined;
  readonly faults: readonly SourceFault[];
}

const byPlace = (a: SourcePlace, b: SourcePlace): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;

/**
 * Reads manifests and policies into what the registry should hold. Everything is checked, member by member: layout, YAML, schemas,
 * references between manifests, contracts with their examples, possession of each key, and by `judges` what policies
 * mean. Throws only if a folder cannot be read at all.
 */
export async function loadManifests(from: {
  readonly services: string;
  readonly policies: string;
  readonly judges?: readonly PolicyJudge[];
  /** The networks in which a provider's address must be, in CIDR notation; any, if they are not given. */
  readonly upstreamNetworks?: readonly string[] | undefined;
}): Promise<Loaded> {
  const policies = loadPolicies(from.policies, from.judges);
  if (policies.check === undefined) return { desired: undefined, faults: [...policies.faults].sort(byPlace) };
  const { services, faults: broken } = readServices(from.services, policies.check);
  const built = buildEntries(services, policies.check, profilesOf(policies.desired.entries), from.upstreamNetworks);
  const entries = [...policies.desired.entries, ...built.entries].sort(compareEntries);
  const faults = [...policies.faults, ...broken, ...built.faults];
  for (const kind of Object.keys(entryKinds) as EntryKind[]) {
    if (entries.filter((entry) => entry.kind === kind).length > registryLimits[kind])
      faults.push(faultAt(fileStart("services"), "too-many", `${registryLimits[kind]} ${kind}`));
  }
  const found = onceEach(faults).sort(byPlace);
  const held = membersWithFaults(found, new Set(services.members.map(({ code }) => code)));
  if (held === undefined) return { desired: undefined, faults: found };
  const sound = entries.filter((entry) => !held.has(memberCodeOf(entry) ?? ""));
  const contracts = sound.flatMap((entry) => (entry.kind === "service" ? contractDocuments(entry.content) : []));
  const documents = contracts.map((digest) => [digest, built.documents.get(digest)!] as const);
  return { desired: { entries: sound, held, documents: new Map([...policies.desired.documents, ...documents]) }, faults: found };
}

/** The members in whose folders the faults lie; `undefined` if one lies elsewhere. */
function membersWithFaults(faults: readonly SourceFault[], members: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const codes = faults.map(({ file }) => (file.startsWith("services/") ? file.split("/")[1]! : ""));
  return codes.every((code) => members.has(code)) ? new Set(codes) : undefined;
}

/** The profiles that an instance may name: the files next to the base. */
const profilesOf = (policies: readonly Entry[]): readonly string[] =>
  policies.flatMap(({ id }) => /^regulations\/(?!base\.yaml$)(.+)\.yaml$/.exec(id)?.slice(1) ?? []);

/** In a contract as JSON: a value that identifies a person, whatever its manifest says. */
const formatsOfPersons = /"format":"(nik|nip|nip-pppk|nomor-kk)"/;

function fieldsUnknownTo(document: ContractDocument): NonNullable<KnownService["unknownFields"]> {
  return (ids, fields) => {
    if (fields.length === 0) return [];
    const { operations } = createServiceContract(document);
    return fields.filter((field) => !ids.some((id) => operations.get(id)?.contract.knowsField(field)));
  };
}

function buildEntries(
  tree: ServicesTree,
  check: SchemaCheck,
  profiles: readonly string[],
  networks: readonly string[] | undefined,
): Desired & { readonly faults: readonly ManifestFault[] } {
  const entries: Entry[] = [];
  const documents = new Map<string, Buffer>();
  const faults: ManifestFault[] = [];
  const known = new Map<string, KnownService>();
  const keys = new Map<string, string>();

  const instance = tree.instance?.value as InstanceManifest | undefined;
  const timeZone = instance !== undefined && isTimeZone(instance.timeZone) ? instance.timeZone : undefined;
  if (instance !== undefined) {
    const { name, profile, auditors = [] } = instance;
    if (timeZone === undefined) faults.push(faultAt(tree.instance!.at(["timeZone"]), "time-zone-unknown"));
    if (profile !== undefined && !profiles.includes(profile))
      faults.push(faultAt(tree.instance!.at(["profile"]), "profile-unknown", profiles.join(", ") || "–"));
    entries.push({
      kind: "instance",
      id: instance.instance,
      state: "persiapan",
      content: { name, timeZone: instance.timeZone, auditors, ...(profile === undefined ? {} : { profile }) },
    });
  }

  const addService = (folder: ServiceFolder, path: string, provider: string | undefined, inherited: Addresses): void => {
    const read =
      folder.contract === undefined
        ? undefined
        : readContract(folder.contract, check, { examples: folder.examples, folder: folder.beside });
    const contract = read?.reading;
    faults.push(...(read?.faults ?? []));
    // A file that nothing names may be one by a wrong name.
    const home = `services/${path}/`;
    for (const file of folder.beside.paths)
      if (read?.reading !== undefined && !read.reading.files.has(file.slice(home.length)))
        faults.push(faultAt(fileStart(file), "file-unknown", "service.yaml, openapi.yaml, examples/"));
    const id = provider === undefined ? undefined : `${provider}/${folder.code}`;
    const operations = contract?.operations?.map((operation) => operation.id);
    known.set(path, { id, operations, ...(contract?.faults.length === 0 ? { unknownFields: fieldsUnknownTo(contract.document) } : {}) });
    if (folder.source === undefined) return;
    const manifest = folder.source.value as ServiceManifest;
    for (const operation of operations === undefined ? [] : Object.keys(manifest.validation?.operations ?? {})) {
      if (!operations!.includes(operation))
        faults.push(
          faultAt(folder.source.atName(["validation", "operations", operation]), "validation-operation-unknown", operations!.join(", ")),
        );
    }
    const own = readAddresses(folder.source, networks, faults);
    const { upstream, replicas } = own.upstream === undefined ? { ...inherited, ...own } : own;
    if (manifest.open !== undefined && manifest.classification !== "terbuka")
      faults.push(faultAt(folder.source.at(["open"]), "open-classified"));
    if (contract === undefined || provider === undefined || id === undefined || upstream === undefined) return;
    const keep = (bytes: Buffer): string => {
      const digest = sha256(bytes).toString("base64url");
      documents.set(digest, bytes);
      return digest;
    };
    const bytes = Buffer.from(JSON.stringify(contract.document));
    const digest = keep(bytes);
    const texts = new Map([["openapi.yaml", folder.contractText ?? ""], ...contract.files]);
    const ofPerson = formatsOfPersons.exec(bytes.toString());
    if (manifest.personalData === false && ofPerson !== null)
      faults.push(faultAt(folder.source.at(["personalData"]), "personal-data-denied", ofPerson[1]!));
    const { title, description, classification, basePath, open, receipt, providerSignature, contact, validation, personalData } = manifest;
    entries.push({
      kind: "service",
      id,
      state: manifest.state ?? "active",
      content: {
        provider,
        title,
        description,
        classification,
        upstream,
        ...(replicas === undefined ? {} : { replicas }),
        limits: { ...defaultLimits, ...manifest.limits },
        validateResponses: validation?.responses ?? "enforce",
        ...(validation?.operations === undefined
          ? {}
          : {
              validateOperations: Object.fromEntries(
                Object.entries(validation.operations).map(([operation, { responses }]) => [operation, responses]),
              ),
            }),
        contract: digest,
        given: Object.fromEntries(Array.from(texts, ([path, text]) => [path, keep(Buffer.from(text))])),
        ...(personalData === false ? { personalData } : {}),
        ...(basePath === undefined ? {} : { basePath }),
        ...(open === undefined ? {} : { open }),
        ...(receipt === undefined ? {} : { receipt }),
        ...(providerSignature === undefined ? {} : { providerSignature }),
        ...(contact === undefined ? {} : { contact }),
      },
    });
  };

  const addGrants: (() => void)[] = [];
  for (const member of tree.members) {
    const manifest = member.source?.value as MemberManifest | undefined;
    const memberId = instance === undefined || manifest === undefined ? undefined : `${instance.instance}/${manifest.class}/${member.code}`;
    if (memberId !== undefined) entries.push({ kind: "member", id: memberId, state: "active", content: manifest! });
    for (const folder of member.subsystems) {
      const subsystem = folder.source?.value as SubsystemManifest | undefined;
      const id = memberId === undefined ? undefined : `${memberId}/${folder.code}`;
      const addresses = folder.source === undefined ? {} : readAddresses(folder.source, networks, faults);
      if (
        subsystem !== undefined &&
        addresses.upstream === undefined &&
        folder.services.some((service) => (service.source?.value as ServiceManifest | undefined)?.upstream === undefined)
      ) {
        faults.push(faultAt(folder.source!.at([]), "upstream-missing"));
      }
      if (id !== undefined && subsystem !== undefined) {
        entries.push({
          kind: "subsystem",
          id,
          state: "active",
          content: { name: subsystem.name, ...addresses },
        });
      }
      for (const service of folder.services) addService(service, `${member.code}/${folder.code}/${service.code}`, id, addresses);
      for (const key of id === undefined ? [] : folder.keys) {
        const read = readKeyProof(key.text, { owner: id!, instance: instance!.instance }, fileStart(key.file));
        if ("code" in read) faults.push(read);
        else if (keys.has(read.kid)) faults.push(faultAt(fileStart(key.file), "key-duplicate", keys.get(read.kid)!));
        else {
          keys.set(read.kid, key.file);
          entries.push({ kind: "key", id: read.kid, state: "active", content: read.content });
        }
      }
      if (folder.source !== undefined) addGrants.push(() => checkGrants(folder.source!, id, timeZone, known, entries, faults));
    }
  }
  for (const add of addGrants) add();
  const complete = tree.members.every(
    (member) => member.source !== undefined && member.subsystems.every((subsystem) => subsystem.source !== undefined),
  );
  (instance?.auditors ?? []).forEach((id, index) => {
    const exists = entries.some((entry) => entry.kind === "subsystem" && entry.id === id);
    if (complete && !exists) faults.push(faultAt(tree.instance!.at(["auditors", String(index)]), "auditor-unknown"));
  });
  return { entries, documents, faults };
}
