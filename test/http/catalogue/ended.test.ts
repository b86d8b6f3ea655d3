import { expect, it } from "vitest";
import type { Entry } from "../../../src/registry/entry.ts";
import type { RegistryState } from "../../../src/registry/registry-state.ts";
import { openCatalogue } from "../../../src/http/catalogue/catalogue.ts";
import { done, entry, home, policyFixture, populationService, PAS, proposal, successor } from "../../support/policy-fixture.ts";

it("a deprecated version reads as ended in the catalogue from its sunset on, in the region", async () => {
  const content = {
    service: populationService,
    number: 1,
    proposal: proposal(),
    dossier: {},
    proposed: done("pd-1"),
    deprecated: { ...done("registrar-1"), sunset: "2026-06-01", successor },
  };
  const { registry } = policyFixture(PAS).view();
  const added: readonly Entry[] = [
    entry("revision", `${populationService}/r1`, "deprecated", content),
    entry("service", populationService, "deprecated", proposal()),
    entry("instance", home, "produksi", { name: "Kabupaten Demo", timeZone: "Asia/Jakarta", auditors: [], profile: PAS.id }),
  ];
  const state = {
    get: (kind: string, id: string) => added.find((one) => one.kind === kind && one.id === id) ?? registry.get(kind as "member", id),
    of: (kind: string) => {
      const own = added.filter((one) => one.kind === kind);
      return own.length > 0 ? own : [...registry.of(kind as "member")];
    },
  } as unknown as RegistryState;
  const at = async (moment: string): Promise<unknown> => {
    const catalogue = openCatalogue({
      publicOrigin: "https://spl.example.go.id",
      newest: async () => state,
      document: async () => Buffer.from('{"openapi":"3.1.0","info":{},"paths":{}}'),
      clock: () => Date.parse(moment),
    });
    return catalogue.find(populationService);
  };
  expect(await at("2026-05-31T23:59:59+07:00")).toMatchObject({ state: "deprecated", sunset: "2026-06-01", successor });
  expect(await at("2026-06-01T00:00:00+07:00")).toMatchObject({ state: "ended", sunset: "2026-06-01", successor });
});
