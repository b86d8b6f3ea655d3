import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adminTokenFile, openInstance } from "../../../src/gateway/identity.ts";
import { gatewayFixture } from "../../support/gateway-fixture.ts";
import { consumerMember, dayFrom, dinasMember, must, officeFixture, type OfficeFixture } from "./office-fixture.ts";

const day = 86_400_000;

describe("a bearer token", () => {
  let w: OfficeFixture;
  beforeAll(async () => void (w = await officeFixture()));
  afterAll(() => w.close());

  const read = (token?: string) => w.ask("GET", "/v1/grants", token === undefined ? {} : { token });

  it("has to be there, and the refusal says which scheme is asked for", async () => {
    const refused = await read();
    expect(refused).toMatchObject({ status: 401, body: { code: "token-missing" } });
    expect(refused.fields.get("www-authenticate")).toBe(`Bearer realm="${w.publicOrigin}"`);
    expect((await w.ask("GET", "/v1/grants", { fields: { Authorization: "Basic YTpi" } })).body.code).toBe("token-missing");
  });

  it.each([
    ["of another form", () => "rahasia"],
    ["of an unknown id", () => w.admin.replace(/^spl_[0-9a-f]{8}/, "spl_00000000")],
    ["with another secret", () => w.admin.slice(0, -4) + "AAAA"],
  ])("%s is not known", async (_, token) => {
    const refused = await read(token());
    expect(refused).toMatchObject({ status: 401, body: { code: "token-invalid", detail: "Token tidak dikenal." } });
    expect(refused.fields.get("www-authenticate")).toContain('error="invalid_token"');
  });

  it("opens the registry for reading whatever its role", async () => {
    expect((await read(await w.officer("auditor-1", dinasMember, ["auditor"]))).status).toBe(200);
  });

  it("is refused from the instant of its end", async () => {
    const token = await w.officer("sementara-1", consumerMember, ["pd-officer"], { until: dayFrom(w.clock(), 2) });
    const shown = await w.ask("GET", `/v1/tokens/${token.split("_")[1]}`, { token });
    const end = Date.parse((shown.body["content"] as { until: string }).until);
    const ahead = (to: number): void => w.turnClock(to - Date.now());
    ahead(end - 60_000);
    expect((await read(token)).status).toBe(200);
    ahead(end + 1);
    expect(await read(token)).toMatchObject({
      status: 401,
      body: { code: "token-invalid", detail: expect.stringContaining("habis masa berlakunya") as string },
    });
    w.turnClock(0);
  });

  it("is refused once it was revoked", async () => {
    const token = await w.officer("dicabut-1", consumerMember, ["pd-officer"]);
    await must(w.act(w.admin, "tokens", token.split("_")[1]!, "revoke"));
    expect(await read(token)).toMatchObject({ status: 401, body: { detail: "Token sudah dicabut." } });
  });

  it("of a removed officer is refused, and is revoked with the officer", async () => {
    const token = await w.officer("diberhentikan-1", consumerMember, ["pd-officer"]);
    await must(w.act(w.admin, "officers", "diberhentikan-1", "remove"));
    expect(await read(token)).toMatchObject({ status: 401, body: { code: "token-invalid" } });
    const again = await w.ask("POST", "/v1/tokens", { token: w.admin, body: { officer: "diberhentikan-1", until: dayFrom(w.clock(), 3) } });
    expect(again).toMatchObject({ status: 404, body: { code: "not-found" } });
  });
});

describe("roles", () => {
  let w: OfficeFixture;
  beforeAll(async () => void (w = await officeFixture()));
  afterAll(() => w.close());

  it("are those of the token where it has fewer than the officer", async () => {
    const token = await w.officer("dua-peran-1", dinasMember, ["registrar", "administrator"], { tokenRoles: ["registrar"] });
    expect(await w.ask("POST", "/v1/tokens", { token, body: { officer: "dua-peran-1", until: dayFrom(w.clock(), 3) } })).toMatchObject({
      status: 403,
      body: { code: "role-missing" },
    });
  });

  it("cannot be widened: not by a token beyond the officer, and not by oneself", async () => {
    const token = await w.officer("pd-1", consumerMember, ["pd-officer"]);
    const body = { officer: "pd-1", until: dayFrom(w.clock(), 3), roles: ["administrator"] };
    expect(await w.ask("POST", "/v1/tokens", { token: w.admin, body })).toMatchObject({ status: 422, body: { code: "rule-broken" } });
    expect(await w.ask("POST", "/v1/tokens", { token, body })).toMatchObject({ status: 403, body: { code: "role-missing" } });
    const appointed = { id: "pd-2", member: consumerMember, position: "Teman", roles: ["administrator"] };
    expect(await w.ask("POST", "/v1/officers", { token, body: appointed })).toMatchObject({ status: 403, body: { code: "role-missing" } });
  });

  it("of an auditor allow no act at all", async () => {
    const token = await w.officer("auditor-2", dinasMember, ["auditor"]);
    const bodies = {
      officers: { id: "x-1", member: dinasMember, position: "x", roles: ["auditor"] },
      tokens: { officer: "auditor-2", until: dayFrom(w.clock(), 3) },
      evidence: { type: "splp", documents: {} },
      opinions: { types: ["keamanan"], outcome: "diberikan" },
    };
    for (const [collection, body] of Object.entries(bodies))
      expect(await w.ask("POST", `/v1/${collection}`, { token, body })).toMatchObject({ status: 403, body: { code: "role-missing" } });
    expect(await w.act(token, "instance", "ID-16.03", "publish")).toMatchObject({ status: 403, body: { code: "role-missing" } });
  });
});

describe("the first administrator's token", () => {
  it("is made with the instance, for its owner's eyes only, with a hash kept and no secret, for 30 days", async () => {
    const w = await officeFixture();
    const file = adminTokenFile(w.config);
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
    const identity = readFileSync(join(w.config.data, "instance.json"), "utf8");
    expect(identity).not.toContain(w.admin.split("_").slice(2).join("_"));
    expect(await w.ask("GET", "/v1/instance", { token: w.admin })).toMatchObject({ status: 200, body: { items: [{ id: "ID-16.03" }] } });
    w.turnClock(30 * day + 60_000);
    expect(await w.ask("GET", "/v1/instance", { token: w.admin })).toMatchObject({ status: 401, body: { code: "token-invalid" } });
    await w.close();
  });

  it("is made anew in its file when it has ended, while the gateway runs and without being asked", async () => {
    const w = await officeFixture();
    w.turnClock(29 * day);
    await w.open.runMaintenance();
    expect(readFileSync(adminTokenFile(w.config), "utf8").trim()).toBe(w.admin);
    w.turnClock(31 * day);
    await w.open.runMaintenance();
    const token = readFileSync(adminTokenFile(w.config), "utf8").trim();
    expect(token).not.toBe(w.admin);
    expect(await w.ask("GET", "/v1/instance", { token })).toMatchObject({ status: 200 });
    expect(openInstance(w.config).adminToken?.id).toBe(token.split("_")[1]);
    await w.close();
  });

  it("appoints nobody under its own name", async () => {
    const w = await officeFixture();
    const refused = await w.ask("POST", "/v1/officers", {
      token: w.admin,
      body: { id: "administrator", member: dinasMember, position: "Palsu", roles: ["administrator"] },
    });
    expect(refused).toMatchObject({ status: 409, body: { code: "already-exists" } });
    await w.close();
  });

  it("is made when a gateway opens on a directory that has none, and stays the same when it opens again", async () => {
    const before = await gatewayFixture();
    const { config } = before;
    await before.open.close();
    const identityFile = join(config.data, "instance.json");
    const { adminToken: _, ...old } = JSON.parse(readFileSync(identityFile, "utf8")) as Record<string, unknown>;
    writeFileSync(identityFile, JSON.stringify(old));
    rmSync(adminTokenFile(config));

    const first = await gatewayFixture({ continues: before });
    const made = readFileSync(adminTokenFile(config), "utf8");
    expect(openInstance(config)).toMatchObject({ listVkey: old["listVkey"], adminToken: { id: made.split("_")[1] } });
    await first.close();
    const second = await gatewayFixture({ continues: before });
    expect(readFileSync(adminTokenFile(config), "utf8")).toBe(made);
    await second.close();
    await before.close();
  });
});
