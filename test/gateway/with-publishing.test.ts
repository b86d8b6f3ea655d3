import { expect, it } from "vitest";
import { withPublishing } from "../../src/gateway/with-publishing.ts";
import type { CommandHandler, Command } from "../../src/policy/acts/command-handler.ts";

const performance = (action: string): Command => ({ actor: { officer: "uji", member: "uji", roles: new Set() }, action, input: {} });

/** An office that only notes what was asked of it, and a way of going live that the test ends. */
function watched(): { readonly office: ReturnType<typeof withPublishing>; readonly done: string[]; goLive(fault?: Error): void } {
  const done: string[] = [];
  const ends: ((fault?: Error) => void)[] = [];
  const plain = { execute: async ({ action }: Command) => void done.push(action) } as unknown as CommandHandler;
  const commands = withPublishing(
    plain,
    () => new Promise((resolve, reject) => ends.push((fault) => (fault === undefined ? resolve() : reject(fault)))),
  );
  return { office: commands, done, goLive: (fault) => ends.shift()?.(fault) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("An act is answered before it serves, and the next one begins when it does", async () => {
  const { office: commands, done, goLive } = watched();
  await commands.execute(performance("satu"));
  const second = commands.execute(performance("dua"));
  await turn();
  expect(done).toEqual(["satu"]);
  goLive();
  await second;
  expect(done).toEqual(["satu", "dua"]);
});

it("An act that does not come to serve keeps nobody from acting", async () => {
  const { office: commands, done, goLive } = watched();
  await commands.execute(performance("satu"));
  goLive(new Error("the ledger is gone"));
  await commands.execute(performance("dua"));
  expect(done).toEqual(["satu", "dua"]);
});

it("It is settled when no act is under way and the last one serves", async () => {
  const { office: commands, goLive } = watched();
  let settled = false;
  const act = commands.execute(performance("satu"));
  const settling = commands.idle().then(() => (settled = true));
  await act;
  await turn();
  expect(settled).toBe(false);
  goLive();
  await settling;
});
