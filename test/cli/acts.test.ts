import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kindOfWord, stepsOf, type ActWord } from "../../src/cli/acts/act-labels.ts";
import { actions } from "../../src/policy/acts/actions.ts";
import { consumer, provider, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";
import { leavesOf } from "../support/log-leaves.ts";
import { eventually } from "../support/patience.ts";
import type { Run } from "../support/simpul.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-acts-"));
const member = provider.split("/").slice(0, 3).join("/");
const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const grant = `${consumer}#uji-baca-tulis`;
let w: GatewayFixture;

const simpul = (...args: readonly string[]): Promise<Run> => here([...args, "--control", w.controlOrigin, "--data", w.config.data]);
const as = (officer: string, ...args: readonly string[]): Promise<Run> => simpul(...args, "--token-file", join(folder, officer));

/** Appoints an officer and keeps the token. */
async function officer(id: string, ...roles: readonly string[]): Promise<void> {
  expect(
    await simpul("officer", "appoint", id, "--member", member, "--position", "Petugas uji", ...roles.flatMap((role) => ["--roles", role])),
  ).toMatchObject({ status: 0, stderr: "" });
  expect(await simpul("token", "issue", "--officer", id, "--until", until, "--save", join(folder, id))).toMatchObject({
    status: 0,
    stderr: "",
  });
}

beforeAll(async () => {
  w = await gatewayFixture();
  await officer("petugas-1", "pd-officer");
  await officer("registrar-1", "registrar");
  await officer("auditor-1", "auditor");
});
afterAll(async () => {
  await w.close();
  rmSync(folder, { recursive: true });
});

describe("simpul service, opinion, grant, …", () => {
  it("has a word for every kind on which officers act, and a step for every action", () => {
    const stepped = (Object.keys(kindOfWord) as ActWord[]).flatMap((word) => [...stepsOf(word).values()].map(({ name }) => name));
    expect(stepped.sort()).toEqual([...actions.keys()].sort());
  });

  it.each(Object.keys(kindOfWord))("%s list prints a table, and --json an array", async (word) => {
    const shown = await simpul(word, "list");
    expect(shown).toMatchObject({ status: 0, stderr: "" });
    const entries = JSON.parse((await simpul(word, "list", "--json")).stdout) as { kind: string; id: string }[];
    for (const { kind, id } of entries) {
      expect(kind).toBe(kindOfWord[word as ActWord]);
      expect(shown.stdout).toContain(id);
    }
    if (entries.length === 0) expect(shown.stdout).toBe("Tidak ada. (None.)\n");
  });

  it("list --state keeps those in one state, and a state that the kind does not have is refused in words", async () => {
    expect((await simpul("grant", "list", "--state", "active")).stdout).toContain(`${grant}  active (aktif)`);
    expect((await simpul("grant", "list", "--state", "revoked")).stdout).toBe("Tidak ada. (None.)\n");
    const wrong = await simpul("grant", "list", "--state", "draft");
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toMatch(/^✗ input-invalid: Masukan tidak dapat dipakai \(The input cannot be used\)/);
  });

  it("show prints one entry whole, with the steps that can be taken from where it is and who may", async () => {
    const { stdout } = await simpul("grant", "show", grant);
    expect(stdout).toContain(`  consumer: ${consumer}\n`);
    expect(stdout).toContain("  grant suspend  Menghentikan izin sementara (Suspend) · pd-officer, service-owner, registrar\n");
    expect(stdout).not.toContain("grant allow");
    expect(JSON.parse((await simpul("grant", "show", grant, "--json")).stdout)).toMatchObject({
      kind: "grant",
      id: grant,
      state: "active",
    });
  });

  it("needs no id for the one instance", async () => {
    expect((await simpul("instance", "show")).stdout).toMatch(/^ID-16\.03 {2}persiapan \(preparation\)\n/);
  });

  it("an act prints what it has changed; with --json the entry and its decision", async () => {
    const proposed = await as("petugas-1", "service", "propose", "--service", service);
    expect(proposed).toMatchObject({ status: 0, stderr: "" });
    expect(proposed.stdout).toBe(`✓ Mengusulkan layanan (Propose a service)\n  ${service}/r1  draft\n`);
    const withdrawn = await as("petugas-1", "service", "withdraw", `${service}/r1`, "--json");
    expect(JSON.parse(withdrawn.stdout)).toMatchObject({
      entry: { id: `${service}/r1`, state: "withdrawn" },
      decision: { content: { action: "revision.withdraw", by: "petugas-1" } },
    });
  });

  it("names the revisions there are where a service version is named instead, to read it and to act on it", async () => {
    for (const step of [["show"], ["consent"], ["suspend", "--reason", "-"]]) {
      const refused = await as("petugas-1", "service", step[0]!, service, ...step.slice(1));
      expect(refused.status).toBe(1);
      expect(refused.stderr).toContain(`Sebutkan revisinya: ${service}/r1 (withdrawn).`);
    }
  });

  it("show tells of each part of a revision's dossier of which revision it is and whether it serves", async () => {
    await as("petugas-1", "service", "propose", "--service", service, "--builder", "dinas");
    const own = await simpul("service", "show", `${service}/r2`);
    expect(own.stdout).toContain("Berkas (dossier):\n  ✓ builder  milik revisi ini (this revision's own)\n");
    await as("petugas-1", "service", "withdraw", `${service}/r2`);
    await as("petugas-1", "service", "propose", "--service", service);
    const { stdout } = await simpul("service", "show", `${service}/r3`);
    expect(stdout).toContain(
      "  ✓ builder  r2: tentang aplikasinya, bukan tentang satu revisi (about the application, not about one revision)\n",
    );
    expect(stdout).not.toContain("inherited:");
    await as("petugas-1", "service", "withdraw", `${service}/r3`);
  });

  it("moves a subsystem to another address, and the gateway calls it there at once", async () => {
    const before = (JSON.parse((await simpul("subsystem", "show", provider, "--json")).stdout) as { content: { upstream: string } })
      .content;
    const refused = await as("petugas-1", "subsystem", "move", provider, "--upstream", "http://10.1.2.3:8080");
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("http://10.1.2.3:8080 di luar jaringan penyedia (127.0.0.0/8, ::1/128).");
    const moved = await as("petugas-1", "subsystem", "move", provider, "--upstream", "http://127.0.0.1:1");
    expect(moved).toMatchObject({ status: 0, stderr: "" });
    expect(moved.stdout).toContain(`Dari ${before.upstream} ke http://127.0.0.1:1, dalam jaringan penyedia.`);
    await eventually(async () => (await w.call()).fields["spl-problem"] === "upstream-unreachable");
    await as("petugas-1", "subsystem", "move", provider, "--upstream", before.upstream);
    await eventually(async () => (await w.call()).status === 200);
    const control = (await leavesOf(w)).findLast(({ type }) => type === "control")!;
    expect(control).toMatchObject({
      change: { by: "petugas-1", decision: { action: "subsystem.move", subject: `subsystem ${provider}` } },
    });
  });

  it("a refusal names code, every condition that does not hold, its pasal and what to do, in both languages", async () => {
    const refused = await simpul("instance", "publish");
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr.split("\n").slice(0, 2)).toEqual([
      "✗ guard-unmet: Syarat belum terpenuhi (A condition is not met yet)",
      "  ✗ instance-opinions · Perbup Muara Enim 52/2022 P28(6)b",
    ]);
    expect(refused.stderr).toContain("      → Verifikator mencatat pertimbangannya");
    expect(refused.stderr).toContain("        (The verifier records the opinion");
    expect(refused.stderr).not.toContain("splp");
    const document = JSON.parse((await simpul("instance", "publish", "--json")).stdout) as {
      code: string;
      judgements: { guard: string }[];
    };
    expect(document.code).toBe("guard-unmet");
    expect(document.judgements.map(({ guard }) => guard)).toContain("splp");
  });

  it.each([
    ["auditor-1", ["service", "propose", "--service", service], "role-missing", "The role does not allow this"],
    ["petugas-1", ["service", "show", `${service}/r9`], "not-found", "Not found"],
    ["petugas-1", ["service", "apply", `${service}/r1`], "illegal-transition", 'It is "withdrawn" now'],
    ["petugas-1", ["grant", "renew", grant, "--id", "b", "--from", "2026-02-30", "--until", "2026-03-01"], "input-invalid", "/from"],
    ["petugas-1", ["why", "00000000-0000-7000-8000-000000000000"], "not-found", "Not found"],
  ])("%s who asks for %j is told %s", async (officer, args, code, en) => {
    const refused = await as(officer, ...args);
    expect(refused).toMatchObject({ status: 1, stdout: "" });
    expect(refused.stderr).toContain(`✗ ${code}: `);
    expect(refused.stderr).toContain(en);
  });

  it.each([
    [["service"], "Name the step: list, show, consumers, contract, faults, propose"],
    [["service", "aprove"], "There is no step aprove; did you mean approve?"],
    [["service", "apply"], "Name its ID."],
    [["service", "apply", "a", "b"], "The word b has no place here."],
    [["service", "propose", "a"], "Name --service."],
    [["service", "propose", "a", "--service", service], "The word a has no place here."],
    [["officer", "appoint", "--member", member, "--position", "x", "--roles", "auditor"], "Name its ID."],
    [["service", "show", "a", "--state", "draft"], "Unknown option --state."],
    [["service", "complete", "a", "--input", import.meta.filename], "is not a JSON object."],
    [["why"], "Name what is to be explained."],
    [["why", "grant"], "Name what is to be explained."],
  ])("%j is misunderstood in words", async (args, en) => {
    const misused = await simpul(...args);
    expect(misused).toMatchObject({ status: 2, stdout: "" });
    expect(misused.stderr).toContain(en);
  });

  it("a token is printed once, or kept in a new file; a file without one, or a gateway that is not there, is told in words", async () => {
    const { stdout } = await simpul("token", "issue", "--officer", "auditor-1", "--until", until);
    expect(stdout).toMatch(/^ {2}spl_\S+$/m);
    expect(readFileSync(join(folder, "auditor-1"), "utf8")).toMatch(/^spl_\S+\n$/);
    expect(await simpul("token", "issue", "--officer", "auditor-1", "--until", until, "--save", join(folder, "auditor-1"))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("exists already.") as string,
    });
    writeFileSync(join(folder, "bukan"), "rahasia");
    expect(await as("bukan", "grant", "list")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("is not a file with an officer's token.") as string,
    });
    expect(await here(["grant", "list", "--control", "http://127.0.0.1:1", "--data", w.config.data])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("Does the gateway run?") as string,
    });
    expect(await here(["grant", "list", "--control", w.publicOrigin, "--data", w.config.data])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("is not a control API of Simpul") as string,
    });
  });
});
