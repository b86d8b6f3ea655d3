import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actions } from "../../../src/policy/acts/actions.ts";
import { permissions } from "../../../src/policy/acts/permissions.ts";
import { collectionOf } from "../../../src/http/control/collections.ts";
import { leavesOf } from "../../support/log-leaves.ts";
import { consumer, service } from "../../support/gateway-fixture.ts";
import { consumerMember, dayFrom, dinasMember, must, officeFixture, ownerMember, seg, type OfficeFixture } from "./office-fixture.ts";
import { letter } from "../../support/letter.ts";

const splp = { type: "splp", documents: { "tabel-ip": letter("IP/1") } };

let w: OfficeFixture;
let pd: string;
let owner: string;
let registrar: string;
let second: string;
beforeAll(async () => {
  w = await officeFixture();
  pd = await w.officer("pd-1", consumerMember, ["pd-officer"]);
  owner = await w.officer("pemilik-1", ownerMember, ["service-owner", "pd-officer"]);
  registrar = await w.officer("registrar-1", dinasMember, ["registrar", "operator"]);
  second = await w.officer("registrar-2", dinasMember, ["registrar", "operator"]);
});
afterAll(() => w.close());

const grant = (id: string): object => ({
  id,
  consumer,
  service,
  operations: ["getCatatan"],
  purpose: id,
  legalBasis: "Perbup Uji 2/2026",
  from: dayFrom(w.clock(), 0),
  until: dayFrom(w.clock(), 100),
  rate: { perSecond: 10, burst: 20 },
  dailyQuota: 1000,
  expectedLoad: 500,
  personalData: { ground: "UU 27/2022 Pasal 20 ayat (2) huruf e", processingRecord: "RPD-1" },
});

describe("an act through the API", () => {
  it.each([...actions.values()].map((action) => [action.name, action] as const))(
    "%s has its route, which asks for what the act asks for",
    async (_, action) => {
      const path = `/v1/${collectionOf(action.kind).name}`;
      if (action.from === "new")
        expect(await w.ask("POST", path, { token: w.admin, body: { lain: 1 } })).toMatchObject({
          status: 400,
          body: { code: "input-invalid" },
        });
      else {
        const verb = action.name.slice(action.kind.length + 1);
        const input = { required: action.input["required"] as readonly string[] };
        const refused = await w.ask("POST", `${path}/tidak-ada/${verb}`, { token: w.admin, fields: { "If-Match": '"x"' } });
        expect(refused).toMatchObject(
          input.required.length > 0 ? { status: 400, body: { code: "input-invalid" } } : { status: 404, body: { code: "not-found" } },
        );
      }
      expect(permissions).toHaveProperty([action.name]);
    },
  );

  it("that makes something answers 201 with where it stands and its entity tag, and the decision about it", async () => {
    const made = await must(w.ask("POST", "/v1/evidence", { token: registrar, body: splp }));
    expect(made.status).toBe(201);
    const { entry, decision } = made.body;
    expect(made.fields.get("location")).toBe(`/v1/evidence/${entry.id}`);
    expect(entry).toMatchObject({ kind: "evidence", state: "recorded", content: { recorded: { by: "registrar-1" } } });
    expect(decision).toMatchObject({
      kind: "decision",
      state: "final",
      content: { action: "evidence.record", to: "recorded", by: "registrar-1", documents: [letter("IP/1").sha256] },
    });
    const seen = await w.ask("GET", `/v1/evidence/${entry.id}`, { token: pd });
    expect(seen.fields.get("etag")).toBe(made.fields.get("etag"));
    expect(await w.ask("GET", `/v1/decisions/${decision.id}`, { token: pd })).toMatchObject({ status: 200, body: decision });
  });

  it("serves at once and stands in the ledger, with the decision and the profile it rests on", async () => {
    await must(w.ask("POST", "/v1/grants", { token: pd, body: grant("izin-hidup") }));
    const allowed = await must(w.act(owner, "grants", "izin-hidup", "allow"));
    await w.open.reconcile();
    expect((await w.call({ purpose: "izin-hidup" })).status).toBe(200);
    const leaves = await leavesOf(w);
    const told = leaves.find(
      ({ change }) => (change as { decision?: { id: string } } | undefined)?.decision?.id === allowed.body.decision.id,
    );
    expect(told?.change).toMatchObject({
      by: "pemilik-1",
      decision: { action: "grant.allow", subject: "grant izin-hidup", from: "requested", to: "active" },
      profile: { id: "muara-enim-52-2022" },
    });
  });

  it("whose id holds slashes is addressed as one percent-encoded segment", async () => {
    const made = await must(w.ask("POST", "/v1/revisions", { token: owner, body: { service } }));
    expect(made.fields.get("location")).toBe(`/v1/revisions/${seg(`${service}/r1`)}`);
    expect(await w.ask("GET", made.fields.get("location")!, { token: owner })).toMatchObject({
      status: 200,
      body: { id: `${service}/r1`, state: "draft" },
    });
  });

  it("on an entry that makes another answers 201 with where that one stands", async () => {
    await must(w.ask("POST", "/v1/grants", { token: pd, body: grant("izin-lama") }));
    await must(w.act(owner, "grants", "izin-lama", "allow"));
    const renewed = await must(
      w.act(pd, "grants", "izin-lama", "renew", { id: "izin-lanjut", from: dayFrom(w.clock(), 100), until: dayFrom(w.clock(), 150) }),
    );
    expect(renewed.status).toBe(201);
    expect(renewed.fields.get("location")).toBe("/v1/grants/izin-lanjut");
    expect(renewed.body.entry.content["previous"]).toBe("izin-lama");
  });
});

describe("a refused act", () => {
  it("from a state that does not allow it says what the state is", async () => {
    const { id } = (await must(w.ask("POST", "/v1/evidence", { token: registrar, body: splp }))).body.entry;
    await must(w.act(second, "evidence", id, "withdraw", { reason: "keliru" }));
    expect(await w.act(second, "evidence", id, "confirm")).toMatchObject({
      status: 409,
      body: { code: "illegal-transition", detail: expect.stringContaining('"withdrawn"') as string },
    });
  });

  it("by whoever recorded it is left to a second person", async () => {
    const { id } = (await must(w.ask("POST", "/v1/evidence", { token: registrar, body: splp }))).body.entry;
    expect(await w.act(registrar, "evidence", id, "confirm")).toMatchObject({ status: 403, body: { code: "four-eyes" } });
    expect((await w.act(second, "evidence", id, "confirm")).status).toBe(200);
  });

  it("by another member's officer is told whose it is", async () => {
    expect(await w.ask("POST", "/v1/grants", { token: owner, body: grant("izin-orang-lain") })).toMatchObject({
      status: 403,
      body: { code: "not-your-member", detail: expect.stringContaining(consumerMember) as string },
    });
    await must(w.ask("POST", "/v1/grants", { token: pd, body: grant("izin-orang-lain") }));
    expect(await w.act(pd, "grants", "izin-orang-lain", "withdraw", {})).toMatchObject({ status: 200 });
    expect(await w.act(owner, "grants", "izin-orang-lain", "allow")).toMatchObject({ status: 409, body: { code: "illegal-transition" } });
  });

  it("by a guard says all that the guards found, each with its basis and what to do, and changes nothing", async () => {
    const before = await w.ask("GET", "/v1/instance/ID-16.03", { token: registrar });
    const refused = await w.act(w.admin, "instance", "ID-16.03", "publish");
    expect(refused).toMatchObject({ status: 409, body: { code: "guard-unmet", type: `${w.publicOrigin}/problems/guard-unmet` } });
    const judgements = refused.body["judgements"] as readonly {
      guard: string;
      verdict: string;
      cite: string | null;
      basis: string;
      remedy?: { id: string; en: string };
    }[];
    const opinions = judgements.find(({ guard }) => guard === "instance-opinions");
    expect(opinions).toMatchObject({
      verdict: "unmet",
      cite: expect.stringMatching(/^P\d+/) as string,
      remedy: { id: expect.any(String) as string, en: expect.any(String) as string },
    });
    expect(judgements.find(({ guard }) => guard === "splp")).toMatchObject({ verdict: "not-required" });
    const after = await w.ask("GET", "/v1/instance/ID-16.03", { token: registrar });
    expect(after.fields.get("etag")).toBe(before.fields.get("etag"));
  });
});

describe("an entity tag", () => {
  it("has to be named by every act on something that exists", async () => {
    expect(await w.ask("POST", "/v1/officers/registrar-2/remove", { token: w.admin })).toMatchObject({
      status: 428,
      body: { code: "precondition-required" },
    });
  });

  it.each([['"aaaaaaaaaaaaaaaaaaaaaa"'], ["*"], ['W/"aaaaaaaaaaaaaaaaaaaaaa"']])(
    "other than the one that was read, as %s, is refused",
    async (tag) => {
      expect(await w.ask("POST", "/v1/officers/registrar-2/remove", { token: w.admin, fields: { "If-Match": tag } })).toMatchObject({
        status: 412,
        body: { code: "precondition-failed" },
      });
    },
  );

  it("lets one of two writers win", async () => {
    const { id } = (await must(w.ask("POST", "/v1/evidence", { token: registrar, body: splp }))).body.entry;
    const etag = (await w.ask("GET", `/v1/evidence/${id}`, { token: second })).fields.get("etag")!;
    const withdraw = (token: string, reason: string) =>
      w.ask("POST", `/v1/evidence/${id}/withdraw`, { token, body: { reason }, fields: { "If-Match": etag } });
    const both = await Promise.all([withdraw(registrar, "satu"), withdraw(second, "dua")]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

describe("a token's secret", () => {
  it("is told once, and neither it nor its hash is ever read again", async () => {
    const issued = await must(
      w.ask("POST", "/v1/tokens", { token: w.admin, body: { officer: "registrar-1", until: dayFrom(w.clock(), 5) } }),
    );
    const { token, entry } = issued.body;
    expect(token).toMatch(new RegExp(`^spl_${entry.id}_[A-Za-z0-9_-]{43}$`));
    expect((await w.ask("GET", "/v1/grants", { token })).status).toBe(200);
    const shown = JSON.stringify([
      entry,
      issued.body.decision,
      (await w.ask("GET", "/v1/tokens", { token })).body,
      (await w.ask("GET", `/v1/tokens/${entry.id}`, { token })).body,
      (await w.ask("GET", "/v1/decisions", { token })).body,
    ]);
    expect(shown).not.toContain(token.slice(-43));
    expect(shown).not.toContain('"hash"');
  });
});
