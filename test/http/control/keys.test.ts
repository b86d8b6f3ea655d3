import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { storesAt } from "../../../src/store/open.ts";
import { followRegistry } from "../../../src/registry/follow.ts";
import { createLog, type Log } from "../../../src/telemetry/logs.ts";
import { generateSigningKey, proveKey } from "../../../src/trust/key-proof.ts";
import type { SigningKey } from "../../../src/trust/sign.ts";
import { bundleFor, idOf } from "../../support/bundles.ts";
import { consumer, provider, service } from "../../support/gateway-fixture.ts";
import { here } from "../../support/here.ts";
import { letter } from "../../support/letter.ts";
import { leavesOf } from "../../support/log-leaves.ts";
import { eventually } from "../../support/patience.ts";
import { goLive } from "../../support/production-registry.ts";
import { consumerMember, dinasMember, must, officeFixture, ownerMember, type OfficeFixture, type Reply } from "./office-fixture.ts";

/** The log's lines about keys. */
const logged: [string, object][] = [];
let w: OfficeFixture;
let pd: string;
let second: string;
let owner: string;
let registrar: string;
beforeAll(async () => {
  // Nothing but the act itself brings a change into service: the registry is looked at once a minute.
  const log: Log = {
    ...createLog({ level: "silent", to: 2 }).log,
    keyRegistered: (words) => void logged.push(["keyRegistered", words]),
    keyRevoked: (words) => void logged.push(["keyRevoked", words]),
  };
  w = await officeFixture({ settings: { "registry-poll-ms": "60000" }, log });
  pd = await w.officer("dinsos-1", consumerMember, ["pd-officer"]);
  second = await w.officer("dinsos-2", consumerMember, ["service-owner"]);
  owner = await w.officer("pemilik-1", ownerMember, ["pd-officer", "service-owner"]);
  registrar = await w.officer("registrar-1", dinasMember, ["registrar"]);
  const store = storesAt(w.config.registry).openRegistry();
  await goLive(followRegistry(store), service);
  await store.close();
  await w.open.reconcile();
});
afterAll(() => w.close());

let key: SigningKey;
let proof: string;
beforeEach(() => {
  key = generateSigningKey("Ed25519");
  proof = proveKey(key, consumer, "ID-16.03", Math.floor(w.clock() / 1000));
});

const register = (token: string, given = proof): Promise<Reply> => w.ask("POST", "/v1/keys", { token, body: { proof: given } });
const act = (token: string, verb: string, body?: object): Promise<Reply> => w.act(token, "keys", key.kid, verb, body);
const registered = async (): Promise<void> => {
  await must(register(pd));
  await must(act(second, "approve"));
  await eventually(async () => (await w.call({ key })).status === 200);
};
const applied = (): ReturnType<typeof here> => here(["apply", "--data", w.config.data, "--services", w.services]);
const detailOf = (answer: Buffer): string => (JSON.parse(answer.toString()) as { detail: string }).detail;
const published = async (): Promise<Record<string, unknown>> =>
  (await (await fetch(`${w.publicOrigin}/keys/${key.kid}`)).json()) as Record<string, unknown>;

describe("a new key in production", () => {
  it("authenticates nobody until a second officer approves it, and then signs exchanges whose evidence is whole", async () => {
    const made = await must(register(pd));
    expect(made.status).toBe(201);
    expect(made.body.entry).toMatchObject({
      id: key.kid,
      state: "requested",
      content: { owner: consumer, registered: { by: "dinsos-1" } },
    });
    await eventually(async () => (await published())["state"] === "requested");
    const early = await w.call({ key });
    expect([early.status, early.fields["spl-problem"]]).toEqual([401, "key-invalid"]);
    expect(detailOf(early.answer)).toContain("belum disetujui petugas");

    expect((await act(pd, "approve")).body.code).toBe("four-eyes");
    expect((await act(owner, "approve")).body.code).toBe("not-your-member");
    await must(act(second, "approve"));
    const sent = await eventually(async () => {
      const called = await w.call({ key });
      return called.status === 200 && called;
    });
    const { registrations } = await bundleFor(w, provider, idOf(sent));
    expect(registrations.map(({ kid }) => kid)).toContain(key.kid);
    expect((JSON.parse(registrations.find(({ kid }) => kid === key.kid)!.leaf) as { change: object }).change).toMatchObject({
      by: "dinsos-2",
      decision: { action: "key.approve", from: "requested", to: "active" },
      registeredKey: { owner: consumer },
    });
  });

  it("is refused with advice, and for good", async () => {
    await must(register(registrar));
    await must(act(pd, "refuse", { advice: "Bukan kunci kami." }));
    expect((await act(second, "approve")).body.code).toBe("illegal-transition");
    await eventually(async () => (await published())["state"] === "refused");
    expect(detailOf((await w.call({ key })).answer)).toContain("ditolak petugas");
  });

  it.each([
    ["no proof", () => "bukan jws", "JWS ringkas"],
    ["an unknown subsystem", () => proveKey(key, "ID-16.03/GOV/dinsos/lain", "ID-16.03", 1), "tidak terdaftar"],
    ["another instance", () => proveKey(key, consumer, "ID-16.04", 1), "aud harus instansi ini: ID-16.03"],
    ["a signature of another key", () => proof.replace(/[^.]+$/, "A".repeat(86)), "kepemilikan kunci tidak terbukti"],
  ])("with %s is refused, with what would be right", async (_, given, says) => {
    const { status, body } = await register(registrar, given());
    expect([status, body.code]).toEqual([400, "input-invalid"]);
    expect(body.detail).toContain(says);
    expect(body["errors"]).toMatchObject([{ pointer: "/proof" }]);
  });

  it("of another member is not this officer's to register", async () => {
    expect((await register(owner)).body.code).toBe("not-your-member");
  });
});

describe("a stolen key", () => {
  it("is revoked by one officer while other agencies' revision, manifests and decisions wait or are broken", async () => {
    await registered();
    await must(w.ask("POST", "/v1/revisions", { token: owner, body: { service } }));
    await must(w.ask("POST", "/v1/evidence", { token: registrar, body: { type: "splp", documents: { "tabel-ip": letter("IP/1") } } }));
    const contract = join(w.services, "disdukcapil/siak/warga/v1/service.yaml");
    const whole = readFileSync(contract, "utf8");
    writeFileSync(contract, "klasifikasi: [rusak");
    expect((await applied()).status).toBe(1);

    const revoked = await must(act(pd, "revoke", { reason: "stolen", stolenSince: "2026-01-31T21:30", note: "Laptop hilang." }));
    expect(revoked.body.entry.content["revoked"]).toMatchObject({ by: "dinsos-1", reason: "stolen", since: "2026-01-31T14:30:00.000Z" });
    expect(revoked.body.decision.content["note"]).toBe("Laptop hilang.");

    const refused = await eventually(async () => {
      const sent = await w.call({ key });
      return sent.status === 401 && sent;
    });
    expect(refused.fields["spl-problem"]).toBe("key-invalid");
    const { at } = revoked.body.entry.content["revoked"] as { at: string };
    expect(detailOf(refused.answer)).toContain(`dicabut pada ${at}, tidak dipercaya sejak 2026-01-31T14:30:00.000Z`);
    expect(await published()).toMatchObject({ state: "revoked", revoked: { at, reason: "stolen", since: "2026-01-31T14:30:00.000Z" } });

    const told = { kid: key.kid, subsystem: consumer };
    expect(logged.slice(-3)).toEqual([
      ["keyRegistered", { ...told, state: "requested", officer: "dinsos-1" }],
      ["keyRegistered", { ...told, state: "active", officer: "dinsos-2" }],
      ["keyRevoked", { ...told, state: "revoked", officer: "dinsos-1" }],
    ]);

    const leaves = await leavesOf(w);
    const control = leaves.findLast(({ type }) => type === "control")!;
    expect(control["change"]).toMatchObject({
      by: "dinsos-1",
      decision: { action: "key.revoke", subject: `key ${key.kid}`, from: "active", to: "revoked" },
      registeredKey: { owner: consumer, reason: "stolen", since: "2026-01-31T14:30:00.000Z" },
    });
    expect(JSON.stringify(leaves)).not.toContain("Laptop");
    const after = (control["change"] as { registry: { after: string } }).registry.after;
    expect(leaves.filter(({ type, basis }) => type === "outcome" && basis!.registry === after)).toEqual([]);
    writeFileSync(contract, whole);
  });

  it("stays revoked: no act and no manifest brings it back, and the rest of the tree is applied", async () => {
    await registered();
    await must(act(registrar, "revoke", { reason: "superseded" }));
    for (const verb of ["approve", "revoke"])
      expect((await act(registrar, verb, verb === "revoke" ? { reason: "lost" } : undefined)).body.code).toBe("illegal-transition");
    const again = await register(pd);
    expect([again.body.code, again.body.detail]).toEqual(["already-exists", expect.stringContaining("revoked")]);

    writeFileSync(join(w.services, "dinsos/bansos/keys/lama.jwt"), `${proof}\n`);
    writeFileSync(join(w.services, "rsud/simrs/subsystem.yaml"), "name: SIMRS baru\n");
    const { status, stdout, stderr } = await applied();
    expect(status).toBe(3);
    expect(stdout).toContain("  ~ subsystem ID-16.03/GOV/rsud/simrs\n");
    expect(stderr).toContain(`  ✗ key ${key.kid} key-revoked: kunci ini sudah dicabut dan tetap dicabut`);
    await w.open.reconcile();
    expect(await published()).toMatchObject({ state: "revoked" });
  });

  it.each([
    ["2999-01-01", "belum tiba"],
    ["2026-02-30", "bukan waktu yang ada"],
    ["kemarin malam", "bukan waktu yang ada"],
  ])("since %s is refused, and nothing is revoked", async (stolenSince, says) => {
    await registered();
    const { status, body } = await act(pd, "revoke", { reason: "stolen", stolenSince });
    expect([status, body.code]).toEqual([422, "rule-broken"]);
    expect(body.detail).toContain(says);
    expect((await w.call({ key })).status).toBe(200);
  });
});

describe("what a key signed", () => {
  const exchanges = (token: string, query = ""): Promise<Reply> => w.ask("GET", `/v1/keys/${key.kid}/exchanges${query}`, { token });

  it("is listed since a moment, by default that of the revocation, newest first and page by page", async () => {
    await registered();
    const made = [await w.call({ key }), await w.call({ key, purpose: "lain" })].map(idOf);
    const inside = await must(exchanges(pd, "?since=2026-01-31"));
    expect(inside.body.items.slice(0, 2)).toMatchObject([
      { exchange: made[1], type: "refusal", consumer, service, problem: "not-granted", status: 403 },
      { exchange: made[0], type: "outcome", consumer, service, operation: "getCatatan", status: 200 },
    ]);
    const first = await must(exchanges(pd, "?limit=1"));
    expect(first.body.items).toMatchObject([{ exchange: made[1] }]);
    expect(first.fields.get("link")).toContain(`after=${first.body.next}`);
    expect((await must(exchanges(pd, `?limit=1&after=${first.body.next}`))).body.items).toMatchObject([{ exchange: made[0] }]);

    await must(act(registrar, "revoke", { reason: "stolen", stolenSince: new Date(w.clock()).toISOString() }));
    const { body } = await must(exchanges(pd));
    expect(body.items.map(({ exchange }) => exchange)).not.toContain(made[0]);
    expect(body["since"]).toMatch(/Z$/);
  });

  it("is for the owner's officers, registrars and auditors", async () => {
    await registered();
    const auditor = await w.officer("auditor-1", dinasMember, ["auditor"]);
    for (const token of [pd, registrar, auditor]) expect((await exchanges(token)).status).toBe(200);
    expect((await exchanges(owner)).body.code).toBe("not-your-member");
    expect((await exchanges(w.admin)).body.code).toBe("not-your-member");
    expect((await w.ask("GET", `/v1/keys/${"x".repeat(43)}/exchanges`, { token: pd })).body.code).toBe("not-found");
  });

  it("asks for a moment that exists", async () => {
    await registered();
    expect((await exchanges(pd, "?since=kemarin")).body).toMatchObject({
      code: "input-invalid",
      detail: expect.stringContaining("since bukan waktu") as string,
    });
  });

  it("is printed by the command line, with how much of the log was read", async () => {
    await registered();
    const id = idOf(await w.call({ key }));
    const token = join(w.config.data, "dinsos-1.token");
    writeFileSync(token, `${pd}\n`);
    const run = (...args: string[]) =>
      here(["key", "exchanges", ...args, "--control", w.controlOrigin, "--token-file", token, "--data", w.config.data]);
    const { status, stdout } = await run(key.kid, "--since", "2026-01-31");
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^\\d{4}-.*Z  ${id}  \\d+  ${service} getCatatan .* 200$`, "m"));
    expect(stdout).toMatch(/^Pertukaran dengan kunci ini sejak 2026-01-30T17:00:00\.000Z: \d+; daun yang diperiksa: \d+\./m);
    expect(JSON.parse((await run(key.kid, "--json")).stdout)).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ exchange: id })]) as unknown,
    });
    expect((await run("x".repeat(43))).stderr).toContain("✗ not-found");
    expect((await run()).status).toBe(2);
  });

  it.each(["-", "--"])("is found by a key id that begins with %s, as one in 64 does: it is no option", async (beginning) => {
    const kid = beginning + "x".repeat(43 - beginning.length);
    const own = ["--control", w.controlOrigin, "--token-file", join(w.config.data, "dinsos-1.token"), "--data", w.config.data];
    for (const args of [
      ["exchanges", kid, "--json", ...own],
      ["show", ...own, kid],
      ["exchanges", ...own, "--", kid],
    ]) {
      const { status, stdout, stderr } = await here(["key", ...args]);
      expect({ args, status, said: `${stdout}${stderr}` }).toEqual({
        args,
        status: 1,
        said: expect.stringContaining("not-found") as string,
      });
    }
  });
});

describe("the runbook's night of a theft", () => {
  it("works as its commands stand there", async () => {
    await registered();
    const runbook = readFileSync(join(import.meta.dirname, "../../../docs/operations/runbook.md"), "utf8");
    const [, block = ""] = /^# Kunci dicuri[^]*?^```sh\n([^]*?)^```$/m.exec(runbook) ?? [];
    const token = join(w.config.data, "registrar-1.token");
    writeFileSync(token, `${registrar}\n`);
    const printed = [];
    for (const line of block.trim().split("\n")) {
      const args = line.replaceAll("$KID", key.kid).replace("registrar-1.token", token).split(" ").slice(1);
      const done = await here([...args, "--control", w.controlOrigin, "--data", w.config.data]);
      expect({ line, status: done.status, stderr: done.stderr }).toEqual({ line, status: 0, stderr: "" });
      printed.push(done.stdout);
    }
    expect(printed[0]).toContain(key.kid);
    expect(printed[1]).toContain("active → revoked");
    expect(printed[2]).toContain("sejak 2026-01-31T14:30:00.000Z");
    await eventually(async () => (await published())["state"] === "revoked");
  });
});
