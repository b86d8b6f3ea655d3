import { expect, it } from "vitest";
import { entriesUsed } from "../../src/evidence/entries-used.ts";
import type { ExchangeLeaf } from "../../src/ledger/leaf.ts";
import type { Entry, EntryState, Revision } from "../../src/registry/entry.ts";
import { emptyState, applyChanges } from "../../src/registry/apply-changes.ts";
import { exchangeLeaf } from "../support/ledger-samples.ts";
import { done, entry, home, ME, owner, proposal, populationService } from "../support/policy-fixture.ts";
import { consumer } from "../support/parties.ts";

const revision = (number: number, state: EntryState): Entry<"revision"> =>
  entry("revision", `${populationService}/r${number}`, state, {
    service: populationService,
    number,
    proposal: proposal(),
    dossier: {},
    proposed: done("pd-1"),
  } satisfies Revision);

const decision = (n: number, action: string, subject: string): Entry<"decision"> =>
  entry("decision", `01900000-0000-7000-8000-00000000000${n}`, "final", {
    action,
    subject,
    to: "active",
    by: "registrar-1",
    roles: ["registrar"],
    at: `2026-02-0${n}T00:00:00.000Z`,
    profile: { id: ME.id, version: ME.version, digest: ME.digest },
    judgements: [],
    documents: [],
  });

const grant = (id: string, of = consumer): Entry<"grant"> =>
  entry("grant", id, "active", {
    consumer: of,
    service: populationService,
    operations: ["getPenduduk"],
    purpose: "verifikasi",
    legalBasis: "Perbup",
    from: "2026-01-01T00:00:00.000Z",
    rate: { perSecond: 1, burst: 1 },
    dailyQuota: 1,
  });

const opinion = (id: string, type: "operasi" | "keamanan", over: Partial<Entry<"opinion">["content"]> = {}): Entry<"opinion"> =>
  entry("opinion", id, "confirmed", {
    types: [type],
    subject: "instance",
    authority: "dinas",
    mode: "internal",
    outcome: "diberikan",
    from: "2026-01-01",
    recorded: done("verifier"),
    ...over,
  });

const held: readonly Entry[] = [
  entry("instance", home, "produksi", { name: "Kabupaten Uji", timeZone: "Asia/Jakarta", auditors: [] }),
  entry("member", owner, "active", { class: "GOV", name: "Disdukcapil", contact: { name: "Meja", email: "tik@example.go.id" } }),
  entry("subsystem", consumer, "active", { name: "Bansos" }),
  entry("subsystem", `${owner}/siak`, "active", { name: "SIAK" }),
  entry("service", populationService, "active", proposal()),
  grant("g1"),
  grant("g2"),
  grant("g3", `${home}/GOV/rsud/simrs`),
  revision(1, "retired"),
  revision(2, "active"),
  revision(3, "draft"),
  opinion("o1", "operasi"),
  opinion("o2", "operasi", { until: "2026-02-01" }),
  opinion("o3", "keamanan", { until: "2026-03-01" }),
  opinion("o4", "keamanan", { outcome: "ditolak" }),
  decision(1, "revision.apply", `revision ${populationService}/r2`),
  decision(2, "revision.approve", `revision ${populationService}/r2`),
  decision(3, "revision.activate", `revision ${populationService}/r2`),
  decision(4, "revision.suspend", `revision ${populationService}/r2`),
  decision(5, "revision.resume", `revision ${populationService}/r2`),
  decision(6, "revision.approve", `revision ${populationService}/r1`),
  decision(7, "grant.allow", "grant g1"),
];

async function used(over: Partial<ExchangeLeaf>): Promise<readonly string[]> {
  const registry = await applyChanges(
    emptyState(),
    1,
    held.map((one) => ({ entry: one, salt: Buffer.alloc(16), registeredAt: 0 })),
    async () => undefined,
  );
  return entriesUsed(
    { registry, profile: ME },
    exchangeLeaf({ consumer, service: populationService, at: "2026-06-15T08:00:00.000Z", grant: "g1", ...over }),
    ["kid"],
  ).map(({ kind, id }) => `${kind} ${id.replace("01900000-0000-7000-8000-00000000000", "")}`);
}

const always = [`instance ${home}`, `subsystem ${consumer}`, "key kid", `subsystem ${owner}/siak`, `service ${populationService}`];

it(
  "Of the revisions it is the one in force, with whoever decided on it and the last act, and of the opinions " +
    "those that stood that day, or the last that had",
  async () => {
    expect(await used({})).toEqual([
      ...always,
      "grant g1",
      `revision ${populationService}/r2`,
      "decision 7",
      "decision 2",
      "decision 3",
      "decision 5",
      "opinion o1",
      "opinion o3",
    ]);
  },
);

it("Of the grants it is the one on which the call rested, and where none sufficed all that the consumer had for the service", async () => {
  const grants = async (over: Partial<ExchangeLeaf>) => (await used(over)).filter((name) => name.startsWith("grant"));
  expect(await grants({ grant: undefined, problem: "not-granted" })).toEqual(["grant g1", "grant g2"]);
  expect(await grants({ grant: undefined, problem: "rate-limited" })).toEqual([]);
  expect(await grants({ grant: `${populationService}#open` })).toEqual([]);
});
