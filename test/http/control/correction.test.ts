import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { applyManifests, type AppliedManifests } from "../../../src/gateway/apply-manifests.ts";
import { storesAt } from "../../../src/store/open.ts";
import { followRegistry } from "../../../src/registry/follow.ts";
import { eventually } from "../../support/patience.ts";
import { here } from "../../support/here.ts";
import { letter } from "../../support/letter.ts";
import { goLive, opinions, revision } from "../../support/production-registry.ts";
import { commit } from "../../support/registry-store.ts";
import { consumer, service } from "../../support/gateway-fixture.ts";
import { consumerMember, dayFrom, dinasMember, must, officeFixture, ownerMember, seg, type OfficeFixture } from "./office-fixture.ts";

const [r2, grant] = [`${service}/r2`, `${consumer}#uji-baca-tulis`];
const file = (): string => join(w.services, "disdukcapil/siak/warga/v1/openapi.yaml");
let w: OfficeFixture;
let tokens: Record<"applicant" | "owner" | "registrar" | "operator" | "consumer", string>;
let foreseen: AppliedManifests["foreseen"];
const tokenFile = (): string => join(w.config.data, "petugas.token");
const simpul = (...args: readonly string[]) =>
  here([...args, "--control", w.controlOrigin, "--data", w.config.data, "--token-file", tokenFile()]);

/** In production, with a contract in force that a manifest now corrects: a member of the answer goes. */
beforeAll(async () => {
  w = await officeFixture();
  tokens = {
    applicant: await w.officer("penyedia-1", ownerMember, ["pd-officer"]),
    owner: await w.officer("pemilik-1", ownerMember, ["service-owner"]),
    registrar: await w.officer("registrar-1", dinasMember, ["registrar"]),
    operator: await w.officer("operator-1", dinasMember, ["operator"]),
    consumer: await w.officer("konsumen-1", consumerMember, ["pd-officer"]),
  };
  writeFileSync(tokenFile(), `${tokens.owner}\n`, { mode: 0o600 });
  const store = storesAt(w.config.registry).openRegistry();
  const registry = followRegistry(store);
  await goLive(registry, service);
  await commit(registry, ...opinions.map((one) => ({ ...one, content: { ...one.content, until: "2999-01-01" } })));
  await store.close();
  await w.open.reconcile();
  const text = readFileSync(file(), "utf8");
  const breaking = text.replace(/,\s*"keterangan": \{[^}]*\}/, "");
  writeFileSync(file(), breaking);
  foreseen = (await applyManifests(w.config, { by: "cli:uji", dryRun: true })).foreseen;
  writeFileSync(file(), breaking.replace('"version": "1.0.0"', '"version": "1.0.1"'));
  await w.apply();
});
afterAll(() => w.close());

const act = (by: keyof typeof tokens, verb: string, body?: object) => w.act(tokens[by], "revisions", r2, verb, body);
const judged = (judgements: unknown, name: string) => (judgements as { guard: string }[]).find(({ guard }) => guard === name);
const consumers = async () => (await must(w.ask("GET", `/v1/services/${seg(service)}/consumers`, { token: tokens.owner }))).body;

it("is told in a dry run already that it will be refused, and by which rules", () => {
  expect(foreseen).toMatchObject([{ subject: `revision ${r2}`, action: "revision.apply" }]);
  const [{ judgements, findings }] = foreseen as unknown as [AppliedManifests["foreseen"][number]];
  expect(judged(judgements, "standard")).toMatchObject({ verdict: "unmet" });
  expect([...new Set(findings.map(({ en }) => en.split(" ")[0]))]).toEqual(["UBAH-SEARAH", "UBAH-VERSI"]);
  // What the dossier lacks is told as well.
  expect(judged(judgements, "dossier")).toMatchObject({ verdict: "unmet" });
});

it("tells who uses a version, under which grant and when last", async () => {
  expect((await consumers()).items).toMatchObject([{ grant, consumer, state: "active", operations: expect.any(Array) as string[] }]);
  expect((await consumers()).items[0]).not.toHaveProperty("lastUsed");
  const shown = await simpul("service", "consumers", service);
  expect(shown).toMatchObject({ status: 0, stderr: "" });
  expect(shown.stdout).toContain("tidak memanggil dalam 90 hari");
  expect((await w.call()).status).toBe(200);
  await eventually(async () => "lastUsed" in (await consumers()).items[0]!);
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Jakarta" }).format(w.clock());
  expect((await consumers()).items).toMatchObject([{ grant, lastUsed: { day: today, calls: 1 } }]);
  expect((await simpul("service", "consumers", service)).stdout).toContain(`terakhir ${today}: 1 panggilan (last on ${today}: 1 call)`);
  expect((await simpul("service", "consumers")).stdout).toBe("Tidak ada versi yang akan digantikan. (No version is deprecated.)\n");
  expect((await w.ask("GET", `/v1/services/${seg(`${service}x`)}/consumers`, { token: tokens.owner })).status).toBe(404);
});

it("corrects a contract in force once the owner, the registrar and the consumer have acted and the day has come", async () => {
  await must(
    act("applicant", "complete", {
      dossier: {
        application: "khusus",
        builder: "dinas",
        hosting: { place: "daerah" },
        coordination: letter("koordinasi"),
        domainDecree: letter("188/1"),
        documents: Object.fromEntries(
          [
            "fungsi-dan-modul",
            "struktur-basis-data",
            "diagram-alir-data",
            "diagram-alir-pseudocode",
            "antarmuka-dan-alurnya",
            "spesifikasi-teknis",
            "manual-instalasi-hingga-penggunaan",
            "analisis-kebutuhan",
            "analisis-manfaat",
          ].map((slot) => [slot, letter(slot)]),
        ),
      },
    }),
  );
  const refused = await act("applicant", "apply");
  expect(judged(refused.body["judgements"], "standard")).toMatchObject({
    verdict: "unmet",
    detail: { id: expect.stringContaining("UBAH-SEARAH") as string },
    remedy: { id: expect.stringContaining(`service correct ${r2}`) as string },
  });

  const from = dayFrom(w.clock(), 16);
  await must(act("applicant", "correct", { from, reason: "Kolom keterangan tidak pernah diisi." }));
  const applied = await must(act("applicant", "apply"));
  expect(judged(applied.body.decision.content["judgements"], "standard")).toMatchObject({ verdict: "met" });
  await must(act("registrar", "approve", { planEntry: "RI-3", costAnalysis: letter("biaya") }));
  await must(act("operator", "try"));
  await must(act("owner", "consent"));

  const correction = { revision: r2, from };
  expect(await consumers()).toMatchObject({ correction, items: [{ agreed: null }] });
  expect((await simpul("service", "show", r2)).stdout).toContain("belum setuju (has not agreed)");
  const trial = { trial: letter("uji", dayFrom(w.clock(), 0)), handover: letter("serah") };
  const early = await act("registrar", "activate", trial);
  expect(judged(early.body["judgements"], "correction-agreed")).toMatchObject({
    verdict: "unmet",
    detail: { id: expect.stringContaining(consumerMember) as string },
  });
  await must(act("consumer", "agree"));
  expect(await consumers()).toMatchObject({ correction, items: [{ agreed: { by: "konsumen-1" } }] });
  expect((await simpul("service", "show", r2)).stdout).toContain("setuju (konsumen-1");
  const waiting = await act("registrar", "activate", trial);
  expect(judged(waiting.body["judgements"], "correction-agreed")).toMatchObject({ verdict: "unmet" });

  w.turnClock(17 * 86_400_000);
  expect((await must(act("registrar", "activate", trial))).body.entry.state).toBe("active");
  // The consumer's next call is judged by the corrected contract.
  const { status, fields } = await w.call();
  expect([status, fields["spl-problem"]]).toEqual([200, undefined]);
  const catalogue = await w.ask("GET", `/v1/catalogue/${seg(service)}/openapi.json`);
  expect(JSON.stringify(catalogue.body)).not.toContain("keterangan");
  expect(await consumers()).not.toHaveProperty("correction");
  rmSync(tokenFile());
});

it("lists, without an id, who still uses what is deprecated", async () => {
  const store = storesAt(w.config.registry).openRegistry();
  const registry = followRegistry(store);
  const state = await registry.newest();
  const { content } = state.get("revision", r2)!;
  const successor = service.replace(/v1$/, "v2");
  const deprecated = { by: "pemilik-1", at: new Date(w.clock()).toISOString(), sunset: dayFrom(w.clock(), 100), successor };
  await commit(
    registry,
    { ...revision(state, service, "deprecated", { ...content, deprecated }), id: r2 },
    { ...state.get("service", service)!, state: "deprecated" },
  );
  await store.close();
  await w.open.reconcile();
  writeFileSync(tokenFile(), `${tokens.owner}\n`, { mode: 0o600 });
  const { stdout } = await simpul("service", "consumers");
  expect(stdout).toContain(`${service}  akan digantikan (deprecated)`);
  expect(stdout).toContain(`Dilayani sampai ${deprecated.sunset}, digantikan oleh ${successor}.`);
  expect(stdout).toMatch(new RegExp(`${grant} +${consumer} .*terakhir \\d{4}-\\d\\d-\\d\\d: 1 panggilan`));
  const { items } = JSON.parse((await simpul("service", "consumers", "--json")).stdout) as { items: object[] };
  expect(items).toMatchObject([{ service, state: "deprecated", deprecated: { successor } }]);
});
