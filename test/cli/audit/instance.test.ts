import { afterAll, beforeAll, expect, test } from "vitest";
import { instanceIn } from "../../../src/cli/audit/instance.ts";
import { followRegistry } from "../../../src/registry/follow.ts";
import { storesAt } from "../../../src/store/open.ts";
import { environment, service, type Environment } from "../../support/gateway-fixture.ts";
import { letter } from "../../support/letter.ts";
import { opinion, revision } from "../../support/production-registry.ts";
import { commit } from "../../support/registry-store.ts";

let e: Environment;
beforeAll(async () => {
  e = await environment();
});
afterAll(() => e.close());

test("an audit tells whose letter it is: the authority of an opinion, the slot of a document in a dossier", async () => {
  const [said, map] = [letter("600/1/2026"), letter("600/2/2026")];
  const store = storesAt(e.config.registry).openRegistry();
  const registry = followRegistry(store);
  const first = revision(await registry.newest(), service, "active", { dossier: { documents: { "diagram-alir-data": map } } });
  await commit(registry, opinion("o-1", { authority: "kominfo", letter: said }), first);
  await store.close();
  const { name, letters } = (await instanceIn(e.config.data))!;
  expect(name).toBe("Kabupaten Uji");
  expect(letters.get("opinion o-1")).toEqual([`kominfo: 600/1/2026, 2026-01-31, sha256 ${said.sha256}`]);
  expect(letters.get(`revision ${service}/r1`)).toEqual([`diagram-alir-data: 600/2/2026, 2026-01-31, sha256 ${map.sha256}`]);
});
