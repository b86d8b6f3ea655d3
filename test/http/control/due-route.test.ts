import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { here } from "../../support/here.ts";
import { consumer, purpose, service } from "../../support/gateway-fixture.ts";
import { consumerMember, dayFrom, must, officeFixture, ownerMember, type OfficeFixture } from "./office-fixture.ts";

let w: OfficeFixture;
let asker: string;
beforeAll(async () => {
  w = await officeFixture();
  asker = await w.officer("dinsos-1", consumerMember, ["pd-officer"]);
  const decider = await w.officer("pemilik-1", ownerMember, ["service-owner"]);
  const body = {
    id: "izin-pendek",
    consumer,
    service,
    operations: ["getCatatan"],
    purpose: `${purpose}-lain`,
    legalBasis: "Uji",
    from: dayFrom(w.clock(), -2),
    until: dayFrom(w.clock(), 20),
    rate: { perSecond: 1, burst: 1 },
    dailyQuota: 10,
    expectedLoad: 1,
    personalData: { ground: "Uji", processingRecord: "ROPA-1" },
  };
  await must(w.ask("POST", "/v1/grants", { token: asker, body }));
  await must(w.act(decider, "grants", "izin-pendek", "allow"));
});
afterAll(() => w.close());

const due = (query = ""): ReturnType<OfficeFixture["ask"]> => w.ask("GET", `/v1/due${query}`, { token: asker });

describe("what runs out soon", () => {
  it("is told to every officer, the administrator's own token with it", async () => {
    const { body } = await must(due());
    expect(body.items.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["grant izin-pendek", "token administrator"]);
    expect(body.items[0]).toMatchObject({ within: 30, ended: false, by: { member: consumerMember, roles: ["pd-officer"] } });
  });

  it("is told for as many days as are asked for", async () => {
    expect((await must(due("?within=5"))).body.items).toEqual([]);
    expect(await due("?within=-1")).toMatchObject({ status: 400, body: { code: "input-invalid" } });
    expect(await w.ask("GET", "/v1/due")).toMatchObject({ status: 401 });
  });

  it("is counted for the metrics by kind and warning, without any name", async () => {
    const text = await (await fetch(`${w.controlOrigin}/metrics`)).text();
    const counted = text.split("\n").filter((line) => line.startsWith("simpul_due{") && !line.endsWith(" 0"));
    expect(counted).toEqual(['simpul_due{kind="grant",within="30"} 1', 'simpul_due{kind="grant",within="90"} 1']);
  });

  it("reads as ended once its last day is over, in its state, in lists and on the terminal, although no act ended it", async () => {
    const shown = async (): Promise<unknown> => {
      const { body } = await must(w.ask("GET", "/v1/grants/izin-pendek", { token: asker }));
      const listed = async (state: string): Promise<boolean> =>
        (await must(w.ask("GET", `/v1/grants?state=${state}`, { token: asker }))).body.items.some(({ id }) => id === "izin-pendek");
      return [body["state"], body["lastDay"], await listed("active"), await listed("ended")];
    };
    const last = dayFrom(w.clock(), 20);
    expect(await shown()).toEqual(["active", last, true, false]);
    w.turnClock(22 * 86_400_000);
    try {
      expect(await shown()).toEqual(["ended", last, false, true]);
      const { stdout } = await here(["grant", "list", "--control", w.controlOrigin, "--data", w.config.data]);
      expect(stdout).toMatch(new RegExp(`izin-pendek +ended \\(sudah berakhir\\) .* → ${last}`));
      const { body } = await must(w.ask("GET", "/v1/why/grant/izin-pendek", { token: asker }));
      expect(JSON.stringify(body["summary"])).toContain(`izin-pendek (ended)`);
    } finally {
      w.turnClock(0);
    }
  });

  it("is printed with who acts and by which command; with --json as the API has it", async () => {
    const simpul = (...args: readonly string[]): ReturnType<typeof here> =>
      here(["due", ...args, "--control", w.controlOrigin, "--data", w.config.data]);
    const { stdout, status } = await simpul();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^! \d{4}-\d\d-\d\d {2}\d+ hari lagi \(days left: \d+\) {2}grant izin-pendek\n/);
    expect(stdout).toMatch(new RegExp(`→ pd-officer · ${consumerMember}: .*\\n.*\\n {6}\\S*simpul grant renew izin-pendek --from \\d{4}-`));
    expect((JSON.parse((await simpul("--json")).stdout) as { items: unknown[] }).items).toHaveLength(2);
    expect((await simpul("--within", "5")).stdout).toBe("Tidak ada yang berakhir dalam 5 hari. (Nothing runs out in this time.)\n");
    expect(await simpul("--within", "besok")).toMatchObject({ status: 2 });
  });
});
