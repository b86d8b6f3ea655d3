import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { storesAt } from "../../src/store/open.ts";
import { followRegistry, type RegistryFollower } from "../../src/registry/follow.ts";
import type { RegistryStore } from "../../src/registry/registry-store.ts";
import { act, goLive } from "../support/production-registry.ts";
import { commit } from "../support/registry-store.ts";
import { consumer, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";

let w: GatewayFixture;
let store: RegistryStore;
let registry: RegistryFollower;
beforeEach(async () => {
  w = await gatewayFixture();
  store = storesAt(w.config.registry).openRegistry();
  registry = followRegistry(store);
});
afterEach(async () => {
  await store.close();
  await w.close();
});

const problem = async (): Promise<{ status: number; code: string | undefined; detail: string | undefined }> => {
  const { status, fields, answer } = await w.call();
  return {
    status,
    code: fields["spl-problem"],
    detail: status === 200 ? undefined : (JSON.parse(answer.toString()) as { detail: string }).detail,
  };
};
const served = { status: 200, code: undefined, detail: undefined };

describe("an instance on its way to production", () => {
  it("serves test members only while it prepares, and everybody with a decided grant afterwards", async () => {
    writeFileSync(
      join(w.services, "dinsos/member.yaml"),
      'class: GOV\nname: Dinas Sosial\ncontact: { name: Meja Layanan, email: tik@example.go.id, phone: "+62-711-1" }\n',
    );
    await w.apply();
    expect(await problem()).toMatchObject({
      status: 403,
      code: "not-granted",
      detail: expect.stringContaining("dalam uji coba") as string,
    });
    await goLive(registry, service);
    await w.open.reconcile();
    expect(await problem()).toEqual(served);
    const grant = (await registry.newest()).get("grant", `${consumer}#uji-baca-tulis`)!;
    const { decided: _, ...undecided } = grant.content;
    await commit(registry, { ...grant, content: undecided });
    await w.open.reconcile();
    expect(await problem()).toMatchObject({ code: "not-granted", detail: expect.stringContaining("belum diputus") as string });
  });

  it("stops what rests on an opinion once it is revoked, and goes on once another is there", async () => {
    const state = await goLive(registry, service);
    await w.open.reconcile();
    expect(await problem()).toEqual(served);
    const opinion = state.get("opinion", "keamanan-dinas")!;
    await commit(registry, { ...opinion, state: "revoked", content: { ...opinion.content, revoked: { ...act, reason: "temuan baru" } } });
    await w.open.reconcile();
    expect(await problem()).toEqual({
      status: 503,
      code: "service-suspended",
      detail: "Layanan berhenti: pertimbangan kelayakan keamanan dari Dinas (keamanan-dinas) dicabut sejak 2026-01-02 07:00:00 WIB.",
    });
    await commit(registry, { ...opinion, id: "keamanan-baru" });
    await w.open.reconcile();
    expect(await problem()).toEqual(served);
  });

  it("stops by the clock of the call when an opinion runs out: nothing has to be applied or looked at", async () => {
    const state = await goLive(registry, service);
    const opinion = state.get("opinion", "keamanan-dinas")!;
    const day = (ms: number): string => new Date(ms + 7 * 3_600_000).toISOString().slice(0, 10);
    const tomorrow = day(w.clock() + 86_400_000);
    await commit(registry, { ...opinion, content: { ...opinion.content, until: tomorrow } });
    await w.open.reconcile();
    expect(await problem()).toEqual(served);
    w.turnClock(86_400_000);
    expect(await problem()).toMatchObject({
      status: 503,
      code: "service-suspended",
      detail: expect.stringContaining("(keamanan-dinas) hanya berlaku sampai dengan") as string,
    });
  });
});
