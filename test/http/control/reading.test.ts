import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storesAt } from "../../../src/store/open.ts";
import { collections } from "../../../src/http/control/collections.ts";
import { entriesAfter, slicePage } from "../../../src/registry/entries-after.ts";
import type { Entry } from "../../../src/registry/entry.ts";
import { followRegistry } from "../../../src/registry/follow.ts";
import { consumer, service } from "../../support/gateway-fixture.ts";
import { commit } from "../../support/registry-store.ts";
import { officeFixture, type OfficeFixture, type Reply } from "./office-fixture.ts";

const many = 450;
const idOf = (number: number): string => `uji-${String(number).padStart(4, "0")}`;

let w: OfficeFixture;
beforeAll(async () => {
  w = await officeFixture();
  const store = storesAt(w.config.registry).openRegistry();
  const registry = followRegistry(store);
  const rate = { perSecond: 1, burst: 1 };
  const content = {
    consumer,
    service,
    operations: ["getCatatan"],
    purpose: "uji",
    legalBasis: "Uji",
    from: "2026-01-01T00:00:00.000Z",
    rate,
    dailyQuota: 1,
  };
  const entries = Array.from({ length: many }, (_, number): Entry => ({
    kind: "grant",
    id: idOf(number),
    state: number % 3 === 0 ? "requested" : "active",
    content,
  }));
  await commit(registry, ...entries);
  await store.close();
});
afterAll(() => w.close());

const read = (path: string, fields: Readonly<Record<string, string>> = {}): Promise<Reply> =>
  w.ask("GET", path, { token: w.admin, fields });

/** Follows `Link: rel="next"` to the end. */
async function pages(first: string): Promise<readonly (readonly string[])[]> {
  const found: string[][] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const page = await read(path);
    found.push(page.body.items.map(({ id }) => id));
    path = /^<([^>]+)>; rel="next"$/.exec(page.fields.get("link") ?? "")?.[1];
  }
  return found;
}

describe("a collection", () => {
  it.each(collections.map(({ name }) => name))("%s is read in pages, each entry as it is read alone", async (name) => {
    const { status, body } = await read(`/v1/${name}?limit=5`);
    expect(status).toBe(200);
    for (const item of body.items) expect((await read(`/v1/${name}/${encodeURIComponent(item.id)}`)).body).toEqual(item);
  });

  it("is walked whole by its links, each entry once, by id", async () => {
    const walked = await pages("/v1/grants?limit=200");
    expect(walked.map((page) => page.length)).toEqual([200, 200, 51]);
    const ids = walked.flat();
    expect(ids).toEqual([...ids].sort());
    expect(ids.filter((id) => id.startsWith("uji-"))).toEqual(Array.from({ length: many }, (_, number) => idOf(number)));
  });

  it("is filtered by state, and the pages stay full", async () => {
    const walked = await pages("/v1/grants?state=requested&limit=40");
    expect(walked.map((page) => page.length)).toEqual([40, 40, 40, 30]);
    expect(walked.flat()).toEqual(Array.from({ length: many / 3 }, (_, third) => idOf(third * 3)));
  });

  it("begins after any id, also one that is not there", async () => {
    expect((await read("/v1/grants?limit=2&after=uji-0010x")).body.items.map(({ id }) => id)).toEqual([idOf(11), idOf(12)]);
    expect((await read("/v1/grants?after=zzz")).body).toEqual({ items: [] });
  });

  it.each([["limit=0"], ["limit=201"], ["limit=banyak"], ["limit=1.5"], ["state=terbang"], ["urut=turun"], ["limit=1&limit=2"]])(
    "refuses the query %s",
    async (query) => {
      expect(await read(`/v1/grants?${query}`)).toMatchObject({ status: 400, body: { code: "input-invalid" } });
    },
  );

  it("reads no more of a hundred thousand entries than the page needs", () => {
    let reads = 0;
    const table = new Proxy([] as never[], {
      get(_, name) {
        if (name === "length") return 100_000;
        reads++;
        return { entry: { kind: "grant", id: String(name).padStart(6, "0"), state: "active" } };
      },
    });
    const page = slicePage(entriesAfter({ table: () => table }, "grant", "050000"), 50);
    expect(page.items.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, i) => String(50_001 + i).padStart(6, "0")));
    expect(page.next).toBe("050050");
    expect(reads).toBeLessThan(51 * 2 + 20);
  });
});

describe("an entry", () => {
  it("is not sent again to whoever has it", async () => {
    const path = `/v1/services/${encodeURIComponent(service)}`;
    const first = await read(path);
    const etag = first.fields.get("etag")!;
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) expect((await read(path, { "If-None-Match": known })).status).toBe(304);
    expect((await read(path, { "If-None-Match": '"x"' })).status).toBe(200);
  });

  it("that is not there is not found", async () => {
    expect(await read("/v1/services/tidak-ada")).toMatchObject({ status: 404, body: { code: "not-found" } });
  });
});

describe("the profiles", () => {
  it("are all read with their cited answers, and the one in force is marked", async () => {
    const { items } = (await read("/v1/profiles")).body;
    expect(items.map(({ id }) => id)).toEqual([
      "banyuwangi-67-2019",
      "lubuklinggau-43-2021",
      "muara-enim-52-2022",
      "pasuruan-111-2023",
      "serang-51-2022",
    ]);
    expect(items.filter((item) => item["inForce"] === true).map(({ id }) => id)).toEqual(["muara-enim-52-2022"]);
    const { body } = await read("/v1/profiles/pasuruan-111-2023");
    expect(body).toMatchObject({
      inForce: false,
      answers: { "splp.required": { value: true, cite: expect.stringMatching(/^P\d/) as string } },
    });
  });

  it.each(["tidak-ada", "base", "..%2Finstance"])("know no %s", async (id) => {
    expect(await read(`/v1/profiles/${id}`)).toMatchObject({ status: 404, body: { code: "not-found" } });
  });
});
