import { sha256 } from "../../src/base/bytes.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { requiredOpinions } from "../../src/policy/opinions/opinions-in-force.ts";
import { newSecret, formatToken } from "../../src/policy/acts/token.ts";
import type { Profile } from "../../src/policy/profile/profile.ts";
import { defaultLimits } from "../../src/registry/manifest/manifests.ts";
import { compareEntries, type Entry, type EntryContents, type Role } from "../../src/registry/entry.ts";
import { entryName } from "../../src/registry/plan.ts";
import { registryRoots } from "../../src/registry/registry-roots.ts";
import type { RegistryStore, SaltedEntry } from "../../src/registry/registry-store.ts";
import { contract } from "./records.ts";

export interface Size {
  readonly subsystems: number;
  readonly services: number;
  readonly grants: number;
}

/** An officer of the bench, by the token that opens the control API. */
export type Officers = Readonly<Record<"consumer" | "owner" | "registrar", string>>;

const instance = "ID-16.03";
const act = { by: "registrar-1", at: "2026-01-05T01:00:00.000Z" };
const operations = ["fileRekaman", "getRekaman"];

/**
 * Fills a registry that holds the bench's own members up to this size, in one commit: the instance in production, each
 * service with an active revision and a contract of its own, each grant decided, the opinions that the profile asks
 * for. Gives the officers' tokens and the opinions' ids.
 */
export async function fillRegistry(
  store: RegistryStore,
  profile: Profile,
  size: Size,
): Promise<{ readonly officers: Officers; readonly opinions: readonly string[] }> {
  const before = await store.read();
  const documents = new Map<string, Buffer>();
  const live = before.entries.flatMap(({ entry }) => intoProduction(entry));
  const opinions = requiredOpinions(profile).flatMap(({ type, authorities, subject, mode }) =>
    authorities.map((authority, index): Entry<"opinion"> => ({
      kind: "opinion",
      id: uuidv7(Date.UTC(2026, 0, 2)),
      state: "confirmed",
      content: {
        types: [type],
        subject,
        authority,
        mode,
        letter: letter(`${type}-${index}`),
        outcome: "diberikan",
        from: "2026-01-05",
        until: "2030-01-05",
        recorded: act,
        confirmed: act,
      },
    })),
  );
  const subsystems = Array.from(
    { length: size.subsystems },
    (_, i) => `${instance}/GOV/pd${String(i % (size.subsystems / 10)).padStart(4, "0")}/s${String(i).padStart(5, "0")}`,
  );
  const members = [...new Set(subsystems.map((id) => id.slice(0, id.lastIndexOf("/"))))];
  const services = Array.from({ length: size.services }, (_, i) => `${subsystems[i % subsystems.length]!}/layanan${i}/v1`);
  const { officers, entries: staff } = appoint();
  const filling: readonly Entry[] = [
    ...members.map((id): Entry<"member"> => ({
      kind: "member",
      id,
      state: "active",
      content: { class: "GOV", name: `Perangkat Daerah ${id}`, contact: { name: "Meja Layanan", email: "tik@example.go.id" } },
    })),
    ...subsystems.map((id): Entry<"subsystem"> => ({
      kind: "subsystem",
      id,
      state: "active",
      content: { name: `Sistem ${id}`, upstream: "http://127.0.0.1:4999" },
    })),
    ...services.flatMap((id, i) => serviceOf(id, i, documents)),
    ...Array.from({ length: size.grants }, (_, i) => grantOf(i, subsystems, services)),
    ...opinions,
    ...staff,
  ];
  const fresh = [...live, ...filling].map((entry, i): SaltedEntry => ({ entry, salt: sha256(Buffer.from(`salt ${i}`)).subarray(0, 16) }));
  const after = new Map([...before.entries, ...fresh].map((stored) => [entryName(stored.entry), stored]));
  const roots = registryRoots([...after.values()].sort((a, b) => compareEntries(a.entry, b.entry)));
  const version = before.version + 1;
  const change = JSON.stringify({
    registry: { before: before.roots.registry, after: roots.registry, version },
    policy: { before: before.roots.policy, after: roots.policy },
    by: "bench",
  });
  await store.commit(before.version, {
    entries: fresh,
    documents,
    roots,
    notice: { id: uuidv7(Date.now()), version, at: Date.now(), by: "bench", change },
  });
  return { officers, opinions: opinions.map(({ id }) => id) };
}

/** What the manifests brought in, as if its road had been walked. */
function intoProduction(entry: Entry): readonly Entry[] {
  if (entry.kind === "instance") return [{ ...entry, state: "produksi" }];
  if (entry.kind === "grant") return [{ ...entry, content: { ...entry.content, decided: act } }];
  return entry.kind === "service" ? [revisionOf(entry)] : [];
}

const revisionOf = ({ id, content }: Entry<"service">): Entry<"revision"> => ({
  kind: "revision",
  id: `${id}/r1`,
  state: "active",
  content: {
    service: id,
    number: 1,
    proposal: content,
    dossier: { application: "khusus", builder: "dinas" },
    proposed: act,
    applied: act,
    decided: act,
  },
});

function serviceOf(id: string, i: number, documents: Map<string, Buffer>): readonly Entry[] {
  const document = Buffer.from(JSON.stringify({ ...contract, info: { ...contract.info, title: `Layanan ${i}` } }));
  const digest = sha256(document).toString("base64url");
  documents.set(digest, document);
  const content: EntryContents["service"] = {
    provider: id.split("/").slice(0, 4).join("/"),
    title: `Layanan ${i}`,
    description: "Layanan pengukuran",
    classification: "terbatas",
    limits: defaultLimits,
    validateResponses: "enforce",
    upstream: "http://127.0.0.1:4999",
    contract: digest,
  };
  const service: Entry<"service"> = { kind: "service", id, state: "active", content };
  return [service, revisionOf(service)];
}

function grantOf(i: number, subsystems: readonly string[], services: readonly string[]): Entry<"grant"> {
  const consumer = subsystems[i % subsystems.length]!;
  return {
    kind: "grant",
    id: `${consumer}#izin-${i}`,
    state: "active",
    content: {
      consumer,
      service: services[(i * 7919) % services.length]!,
      operations,
      purpose: `tujuan-${i % 40}`,
      legalBasis: "Peraturan contoh 12/2025 Pasal 4",
      from: "2026-01-01T00:00:00.000Z",
      until: "2030-01-01T00:00:00.000Z",
      rate: { perSecond: 50, burst: 100 },
      dailyQuota: 100_000,
      requested: act,
      decided: act,
    },
  };
}

function appoint(): { readonly officers: Officers; readonly entries: readonly Entry[] } {
  const entries: Entry[] = [];
  const officer = (id: string, member: string, roles: readonly Role[]): string => {
    const { secret, hash } = newSecret();
    const token = uuidv7(Date.now());
    entries.push({ kind: "officer", id, state: "active", content: { member: `${instance}/GOV/${member}`, position: "Petugas", roles } });
    entries.push({ kind: "token", id: token, state: "active", content: { officer: id, hash, roles, until: "2030-01-01T00:00:00.000Z" } });
    return formatToken(token, secret);
  };
  const officers: Officers = {
    consumer: officer("pemohon-1", "konsumen", ["pd-officer"]),
    owner: officer("pemilik-1", "penyedia", ["service-owner"]),
    registrar: officer("registrar-1", "penyedia", ["registrar"]),
  };
  return { officers, entries };
}

const letter = (name: string): { number: string; date: string; sha256: string } => ({
  number: `555/${name}/2026`,
  date: "2026-01-04",
  sha256: sha256(Buffer.from(name)).toString("hex"),
});
