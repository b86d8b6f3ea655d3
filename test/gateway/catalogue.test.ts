import { afterAll, beforeAll, expect, it } from "vitest";
import { storesAt } from "../../src/store/open.ts";
import { gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { page } from "../support/page.ts";

let g: GatewayFixture;
/** Documents that were read from the registry, one element a reading. */
const read: string[] = [];
beforeAll(async () => {
  g = await gatewayFixture({
    storesAt(location) {
      const stores = storesAt(location);
      return {
        ...stores,
        openRegistry(options) {
          const store = stores.openRegistry(options);
          return {
            ...store,
            document(digest) {
              read.push(digest);
              return store.document(digest);
            },
          };
        },
      };
    },
  });
});
afterAll(() => g.close());

it("the catalogue is one for both ports: what the one has summarised, the other does not read again", async () => {
  expect((await page(`${g.publicOrigin}/catalogue`)).status).toBe(200);
  const before = read.length;
  expect(before).toBeGreaterThan(0);
  expect((await page(`${g.controlOrigin}/v1/catalogue`)).status).toBe(200);
  expect(read.slice(before)).toEqual([]);
});

it("the first page of the public port says the instance's name and time zone, for reports about it", async () => {
  const { text } = await page(g.publicOrigin);
  expect(JSON.parse(text)).toMatchObject({ instance: "ID-16.03", instanceName: "Kabupaten Uji", timeZone: "Asia/Jakarta" });
});
