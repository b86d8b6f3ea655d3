import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ServiceId } from "../../src/base/names.ts";
import { decide } from "../../src/policy/acts/decide.ts";
import type { Actor, Context, RegistryView, Input, StatefulKind } from "../../src/policy/context.ts";
import { actions } from "../../src/policy/acts/actions.ts";
import { dayIn } from "../../src/policy/calendar.ts";
import { readMatrix } from "../../src/policy/profile/classification.ts";
import { blockers } from "../../src/policy/guards/guards.ts";
import { answerTo, type Profile } from "../../src/policy/profile/profile.ts";
import { loadProfiles } from "../../src/policy/profile/load-profiles.ts";
import { Refusal } from "../../src/policy/refusal.ts";
import type { WhyView } from "../../src/policy/why/why-steps.ts";
import type { Attribution, Dossier, Entry, EntryContents, EntryKind, EntryState, Letter, Role } from "../../src/registry/entry.ts";
import { entryName } from "../../src/registry/plan.ts";
import type { Operation } from "../../src/contract/contract.ts";
import { policiesFolder } from "../../src/base/project.ts";
import { consumer } from "./parties.ts";
import { letter } from "./letter.ts";

export const { profiles } = loadProfiles(policiesFolder);
export const ids = ["muara-enim-52-2022", "pasuruan-111-2023", "lubuklinggau-43-2021", "serang-51-2022", "banyuwangi-67-2019"] as const;
export const profileOf = (id: string): Profile => profiles.get(id)!;
export const [ME, PAS, LLG, SRG, BWI] = ids.map(profileOf) as [Profile, Profile, Profile, Profile, Profile];
export const matrix = readMatrix(readFileSync(join(policiesFolder, "classification.yaml"), "utf8"));

export const home = "ID-16.03";
export const owner = `${home}/GOV/disdukcapil`;
export const dinsos = `${home}/GOV/dinsos`;
export const dinas = `${home}/GOV/diskominfo`;
export const outsider = `${home}/NAT/bps`;
export const populationService = `${owner}/siak/penduduk/v1`;
export const successor = `${owner}/siak/penduduk/v2`;
export const operations = ["getPenduduk", "matchPenduduk"];

/** Its answers have a name, and a list of addresses when it reads. */
const offered = (id: string): Operation => ({
  id,
  contract: {
    takes: [],
    accepts: () => true,
    judgeRequest: () => [],
    validateResponse: () => [],
    declaresField: () => false,
    fieldsOf: () => undefined,
    knowsField: (field) => field === "/nama" || (id === "getPenduduk" && field === "/alamat/*"),
  },
});

/** A Monday morning in the region. */
export const monday = Date.parse("2026-03-02T03:00:00Z");
export const dayMs = 86_400_000;

export const lettersFor = (words: readonly string[]): Readonly<Record<string, Letter>> =>
  Object.fromEntries(words.map((word) => [word, letter(word)]));
export const done = (by: string): Attribution => ({ by, at: "2026-02-10T02:00:00.000Z" });

/** Officers by pseudonym: those of the road, and second persons. */
export const officers: Readonly<Record<string, Actor>> = Object.fromEntries(
  (
    [
      ["pd-1", owner, "pd-officer"],
      ["pd-2", owner, "pd-officer"],
      ["owner-1", owner, "service-owner"],
      ["dinsos-1", dinsos, "pd-officer"],
      ["dinsos-owner", dinsos, "service-owner"],
      ["registrar-1", dinas, "registrar"],
      ["registrar-2", dinas, "registrar"],
      ["operasi-1", dinas, "operation-verifier"],
      ["operasi-2", dinas, "operation-verifier"],
      ["keamanan-1", dinas, "security-verifier"],
      ["keamanan-2", dinas, "security-verifier"],
      ["operator-1", dinas, "operator"],
      ["admin-1", home, "administrator"],
      ["auditor-1", `${home}/GOV/inspektorat`, "auditor"],
    ] as const
  ).map(([officer, member, role]): [string, Actor] => [officer, { officer, member, roles: new Set<Role>([role]) }]),
);

/** One officer with several roles, so that nothing but four eyes keeps them from deciding on their own act. */
export const everything = (officer: string, member: string): Actor => ({
  officer,
  member,
  roles: new Set<Role>([
    "pd-officer",
    "service-owner",
    "registrar",
    "operation-verifier",
    "security-verifier",
    "operator",
    "administrator",
  ]),
});

export const entry = <Kind extends EntryKind>(kind: Kind, id: string, state: EntryState, content: EntryContents[Kind]): Entry<Kind> => ({
  kind,
  id,
  state,
  content,
});

export const proposal = (over: Partial<EntryContents["service"]> = {}): EntryContents["service"] => ({
  provider: `${owner}/siak`,
  title: "Penduduk",
  description: "Data penduduk",
  classification: "terbatas",
  limits: { maxRequestBytes: 8192, maxResponseBytes: 65536, connectTimeoutMs: 1000, responseTimeoutMs: 5000, maxConnections: 10 },
  validateResponses: "enforce",
  upstream: "http://10.1.2.3:8080",
  contract: "c".repeat(43),
  ...over,
});

/** Everything that any profile asks of a dossier. */
export function completeDossier(profile: Profile): Dossier {
  const words = [...(answerTo(profile, "dossier.documents").value ?? []), "analisis-kebutuhan", "analisis-manfaat"];
  return {
    application: "khusus",
    builder: answerTo(profile, "builders").value?.[0] ?? "dinas",
    hosting: { place: "daerah" },
    documents: lettersFor(words),
    coordination: letter("koordinasi"),
    ministerOpinion: letter("menteri"),
    externalConsent: letter("persetujuan-luar"),
    domainDecree: letter("188/669/KEP/429.011/2010"),
  };
}

/** What a Perangkat Daerah asks for. */
export const askedGrant = (over: Input = {}): Input => ({
  id: "izin-1",
  consumer,
  service: populationService,
  operations: ["matchPenduduk"],
  purpose: "verifikasi",
  legalBasis: "Perbup 4/2025 Pasal 4",
  from: "2026-03-10",
  until: "2027-03-09",
  rate: { perSecond: 5, burst: 10 },
  dailyQuota: 1000,
  expectedLoad: 500,
  personalData: { ground: "UU 27/2022 Pasal 20 ayat (2) huruf e", processingRecord: "ROPA-7" },
  ...over,
});

/** A registry in memory that officers act upon, with a clock that only the test turns. */
export interface PolicyFixture {
  readonly profile: Profile;
  readonly registry: RegistryView;
  now: number;
  /** In which a provider's address must be; any, if there are none. */
  upstreamNetworks?: readonly string[];
  put(...entries: readonly Entry[]): void;
  get<Kind extends EntryKind>(kind: Kind, id: string): Entry<Kind>;
  /** Throws a `Refusal`. Gives the subject afterwards. */
  act(by: string | Actor, action: string, id?: string, input?: Input): Entry<StatefulKind>;
  /** The code with which it is refused, and whether nothing was changed; `undefined` if it is not refused. */
  refused(by: string | Actor, action: string, id?: string, input?: Input): string | undefined;
  /** The refusal itself. */
  refusal(by: string | Actor, action: string, id?: string, input?: Input): Refusal;
  /** The guards that refuse it: name, verdict, pasal; none if it is done. */
  lacks(by: string | Actor, action: string, id?: string, input?: Input): readonly string[];
  context(by?: string | Actor): Context;
  view(over?: Partial<WhyView>): WhyView;
  decisions(): readonly Entry<"decision">[];
}

export function policyFixture(
  profile: Profile,
  {
    state = "persiapan",
    routable = [populationService, successor],
  }: { readonly state?: EntryState; readonly routable?: readonly string[] } = {},
): PolicyFixture {
  let entries = new Map<string, Entry>();
  let registry = holdingOf(entries);
  const put = (...changed: readonly Entry[]): void => {
    entries = new Map(entries);
    for (const one of changed) entries.set(entryName(one), one);
    registry = holdingOf(entries);
  };
  const operationsOf = (id: ServiceId): ReadonlyMap<string, Operation> | undefined =>
    routable.includes(id) ? new Map(operations.map((operation) => [operation, offered(operation)])) : undefined;
  const actorOf = (by: string | Actor): Actor => (typeof by === "string" ? officers[by]! : by);
  const fixture: PolicyFixture = {
    profile,
    now: monday,
    get registry() {
      return registry;
    },
    put,
    get: (kind, id) => {
      const found = registry.get(kind, id);
      if (found === undefined) throw new Error(`there is no ${kind} ${id}`);
      return found;
    },
    context: (by = "auditor-1") => ({
      registry,
      profile,
      matrix,
      now: fixture.now,
      today: dayIn("Asia/Jakarta", fixture.now),
      actor: actorOf(by),
      operationsOf,
      ...(fixture.upstreamNetworks === undefined ? {} : { upstreamNetworks: fixture.upstreamNetworks }),
    }),
    view: (over) => ({ registry, profile, matrix, now: fixture.now, operationsOf, ...over }),
    act(by, name, id, input = {}) {
      const action = actions.get(name)!;
      const acted = decide(fixture.context(by), action, id === undefined ? undefined : registry.get(action.kind, id), input);
      put(...acted.entries);
      return acted.entries[0] as Entry<StatefulKind>;
    },
    refusal(by, name, id, input) {
      const before = entries;
      try {
        fixture.act(by, name, id, input);
      } catch (fault) {
        if (fault instanceof Refusal && entries === before) return fault;
        throw fault;
      }
      throw new Error(`${name} was not refused`);
    },
    refused(by, name, id, input) {
      try {
        return fixture.refusal(by, name, id, input).code;
      } catch (fault) {
        if (fault instanceof Error && fault.message.endsWith("was not refused")) return undefined;
        throw fault;
      }
    },
    lacks(by, name, id, input) {
      try {
        return blockers(fixture.refusal(by, name, id, input).judgements).map(({ guard, verdict, cite }) =>
          [guard, verdict, ...(cite === null ? [] : [cite])].join(" "),
        );
      } catch (fault) {
        if (fault instanceof Error && fault.message.endsWith("was not refused")) return [];
        throw fault;
      }
    },
    decisions: () => [...registry.of("decision")],
  };
  const member = (id: string): Entry<"member"> =>
    entry("member", id, "active", {
      class: id.split("/")[1]!,
      name: id,
      contact: { name: "Meja Layanan", email: "tik@example.go.id" },
      test: true,
    });
  put(
    entry("instance", home, state, { name: "Kabupaten Demo", timeZone: "Asia/Jakarta", auditors: [], profile: profile.id }),
    ...[owner, dinsos, dinas, outsider].map(member),
    ...[consumer, `${dinsos}/lain`, `${owner}/siak`, `${outsider}/sensus`].map((id) => entry("subsystem", id, "active", { name: id })),
    entry("service", populationService, "active", proposal()),
    entry("service", successor, "active", proposal()),
  );
  return fixture;
}

function holdingOf(entries: ReadonlyMap<string, Entry>): RegistryView {
  return {
    get: <Kind extends EntryKind>(kind: Kind, id: string) => entries.get(entryName({ kind, id })) as Entry<Kind> | undefined,
    *of<Kind extends EntryKind>(kind: Kind) {
      for (const one of entries.values()) if (one.kind === kind) yield one as unknown as Entry<Kind>;
    },
  };
}

/** Confirmed opinions of every authority that a profile could ask, on instance, network and service; of each type one. */
export const allOpinions = (): readonly Entry<"opinion">[] =>
  (["instance", "network", populationService] as const).flatMap((subject) =>
    (["dinas", "kominfo", "bssn"] as const).map((authority) =>
      entry("opinion", `opinion-${subject}-${authority}`, "confirmed", {
        types: ["operasi", "keamanan", "jaringan-intra"],
        subject,
        authority,
        mode: authority === "dinas" ? "internal" : "external",
        letter: letter(`B-1/${authority}/${subject}`),
        outcome: "diberikan",
        from: "2026-02-02",
        ...(subject === populationService ? { judged: { version: "v1", upstream: proposal().upstream, classification: "terbatas" } } : {}),
        recorded: done("operasi-1"),
        confirmed: done("operasi-2"),
      }),
    ),
  );

export const splpProof = (id = "bukti-1"): Entry<"evidence"> =>
  entry("evidence", id, "confirmed", {
    type: "splp",
    documents: lettersFor(["surat-penugasan", "tabel-ip", "struktur-organisasi", "hasil-uji-koneksi"]),
    recorded: done("operator-1"),
    confirmed: done("registrar-1"),
  });

/** Takes the service's first revision up to a place on the road; in `produksi` up to `active`. */
export function travel(
  fixture: PolicyFixture,
  to: "draft" | "applied" | "approved" | "trial" | "active",
  dossier: Dossier = completeDossier(fixture.profile),
): string {
  const id = fixture.act("pd-1", "revision.propose", undefined, { service: populationService, dossier: dossier as unknown as Input }).id;
  const places = ["draft", "applied", "approved", "trial", "active"];
  const steps: readonly (() => unknown)[] = [
    () => fixture.act("pd-1", "revision.apply", id),
    () => fixture.act("registrar-1", "revision.approve", id, { planEntry: "RI-3", costAnalysis: letter("analisis-biaya") }),
    () => fixture.act("operator-1", "revision.try", id),
    () => {
      fixture.act("owner-1", "revision.consent", id);
      return fixture.act("registrar-1", "revision.activate", id, {
        trial: letter("berita-acara", "2026-03-02"),
        handover: letter("serah-terima"),
      });
    },
  ];
  for (const step of steps.slice(0, places.indexOf(to))) step();
  return id;
}
