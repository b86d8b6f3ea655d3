import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { storesAt } from "../../src/store/open.ts";
import { deprecationFields } from "../../src/exchange/deprecation.ts";
import { followRegistry, type RegistryFollower } from "../../src/registry/follow.ts";
import type { RegistryStore } from "../../src/registry/registry-store.ts";
import { goLive, revision } from "../support/production-registry.ts";
import { commit } from "../support/registry-store.ts";
import { leafOf, shoot, sign } from "../support/wire.ts";
import { consumer, faithful, provider, record, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";

const successor = `${provider}/warga/v2`;
const said = { deprecation: "@1767312000", sunset: "Tue, 30 Jun 2026 17:00:00 GMT" };
const link = `</r1/${successor}>; rel="successor-version"`;

describe("a version that is deprecated", () => {
  let w: GatewayFixture;
  let store: RegistryStore;
  let registry: RegistryFollower;
  beforeAll(async () => {
    w = await gatewayFixture();
    store = storesAt(w.config.registry).openRegistry();
    registry = followRegistry(store);
    await goLive(registry, service);
    const deprecated = { by: "owner-1", at: "2026-01-02T00:00:00.000Z", sunset: "2026-07-01", successor };
    await commit(registry, revision(await registry.newest(), service, "deprecated", { deprecated }));
    await w.open.reconcile();
  });
  afterAll(async () => {
    await store.close();
    await w.close();
  });
  afterEach(() => w.respondWith(faithful));

  it("says so on its answers: since when, until the first instant of which day in the region, and what follows it", async () => {
    const answer = await shoot(w, sign(w).head);
    expect(answer.content).toEqual(record);
    expect(answer.fields).toMatchObject(said);
    expect(answer.fields["link"]).toBe(`${link}, </receipts/${answer.fields["spl-exchange"]!}>; rel="https://simpul.id/rel/receipt"`);
  });

  it("says so on refusals too, once the version is known", async () => {
    expect((await w.call({ purpose: "tujuan-lain" })).fields).toMatchObject({
      "spl-problem": "not-granted",
      ...said,
      link: expect.stringContaining(link) as string,
    });
    expect((await w.call({ target: `/r1/${successor}/catatan/1` })).fields).not.toHaveProperty("deprecation");
  });

  it("says it once, whatever the provider says of itself", async () => {
    w.respondWith(
      (_, __, response) =>
        void response
          .writeHead(200, {
            "Content-Type": "application/json",
            Deprecation: "@1",
            Sunset: "Thu, 01 Jan 1970 00:00:00 GMT",
            Link: '</lain>; rel="help"',
          })
          .end(record),
    );
    const { fields } = await shoot(w, sign(w).head);
    expect(fields).toMatchObject(said);
    expect(fields["link"]).toContain(`</r1/${service}/lain>; rel="help"`);
  });

  it("counts these fields into the 3,500 bytes that an answer's fields may have beside a receipt", async () => {
    const padded = (bytes: number): void =>
      w.respondWith(
        (_, __, response) => void response.writeHead(200, { "Content-Type": "application/json", ETag: "a".repeat(bytes) }).end(record),
      );
    const carries = async (bytes: number): Promise<boolean> => {
      padded(bytes);
      return (await w.call()).fields["spl-receipt"] !== undefined;
    };
    expect([await carries(0), await carries(1900)]).toEqual([true, false]);
    let [fits, breaks] = [0, 1900];
    while (breaks - fits > 1) {
      const middle = Math.floor((fits + breaks) / 2);
      if (await carries(middle)) fits = middle;
      else breaks = middle;
    }
    // About the largest answer that still carries its receipt, all fields counted: proofs differ by some hashes of 44 bytes.
    padded(fits - 300);
    const { fields } = await w.call();
    const bytes = sizeOf(fields);
    expect(fields["spl-receipt"]).toBeDefined();
    expect(bytes).toBeLessThanOrEqual(3500);
    expect(bytes).toBeGreaterThan(3500 - 1000);
  });

  it("leaves no word of it in an instance that prepares, where nothing is in production", async () => {
    const [instance] = (await registry.newest()).of("instance");
    await commit(registry, { ...instance!, state: "persiapan" });
    await w.open.reconcile();
    expect((await w.call()).fields).not.toHaveProperty("deprecation");
  });
});

const sizeOf = (fields: Readonly<Record<string, string>>): number =>
  Object.entries(fields).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);

it("a version that is not deprecated says nothing of it", () => expect(deprecationFields({ deprecation: undefined })).toEqual([]));

describe("a version is chosen by the path and by nothing else", () => {
  let w: GatewayFixture;
  beforeAll(async () => (w = await gatewayFixture()));
  afterAll(() => w.close());

  it.each([
    ["Accept with a version", ["Accept: application/vnd.warga.v2+json, application/json; version=2"]],
    ["a field for versions", ["Accept-Version: 2", "API-Version: v2", "X-API-Version: 2"]],
    ["a profile", ["Prefer: version=2", "Accept-Profile: <urn:warga:v2>"]],
  ])("not by %s", async (_, lines) => {
    const plain = await shoot(w, sign(w).head);
    const answer = await shoot(w, sign(w, { lines }).head);
    expect([answer.status, answer.content, answer.fields["content-type"]]).toEqual([
      plain.status,
      plain.content,
      plain.fields["content-type"],
    ]);
    expect(await leafOf(w, answer.fields["spl-exchange"]!)).toMatchObject({ service, consumer });
  });

  it("not by a parameter: one that the contract does not know is refused", async () => {
    expect((await w.call({ target: `/r1/${service}/catatan/1?version=2` })).fields["spl-problem"]).toBe("request-invalid");
    expect((await w.call({ target: `/r1/${service.replace(/v1$/, "v2")}/catatan/1` })).fields["spl-problem"]).toBe("service-unknown");
  });
});
