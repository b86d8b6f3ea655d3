import { expect, it } from "vitest";
import { liveOffice } from "../../src/gateway/live-office.ts";
import type { Office, Performance } from "../../src/policy/acts/office.ts";

const performance = (action: string): Performance => ({ actor: { officer: "uji", member: "uji", roles: new Set() }, action, input: {} });

/** An office that only notes what was asked of it, and a way of going live that the test ends. */
function watched(): { readonly office: ReturnType<typeof liveOffice>; readonly done: string[]; goLive(fault?: Error): void } {
  const done: string[] = [];
  const ends: ((fault?: Error) => void)[] = [];
  const plain = { perform: async ({ action }: Performance) => void done.push(action) } as unknown as Office;
  const office = liveOffice(plain, () => new Promise((resolve, reject) => ends.push((fault) => (fault === undefined ? resolve() : reject(fault)))));
  return { office, done, goLive: (fault) => ends.shift()?.(fault) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("An act is answered before it serves, and the next one begins when it does", async () => {
  const { office, done, goLive } = watched();
  await office.perform(performance("satu"));
  const second = office.perform(performance("dua"));
  await turn();
  expect(done).toEqual(["satu"]);
  goLive();
  await second;
  expect(done).toEqual(["satu", "dua"]);
});

it("An act that does not come to serve keeps nobody from acting", async () => {
  const { office, done, goLive } = watched();
  await office.perform(performance("satu"));
  goLive(new Error("the ledger is gone"));
  await office.perform(performance("dua"));
  expect(done).toEqual(["satu", "dua"]);
});

it("It is settled when no act is under way and the last one serves", async () => {
  const { office, goLive } = watched();
  let settled = false;
  const act = office.perform(performance("satu"));
  const settling = office.settled().then(() => (settled = true));
  await act;
  await turn();
  expect(settled).toBe(false);
  goLive();
  await settling;
});
