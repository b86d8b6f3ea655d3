import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { turns } from "../../src/base/turns.ts";

/** Work that ends when the test says so. */
function jobs(most: number) {
  const inTurn = turns<string>(most);
  const running: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const start = async (key: string, name: string): Promise<string> => {
    const end = Promise.withResolvers<void>();
    ends.set(name, end);
    return inTurn(key, async () => {
      running.push(name);
      await end.promise.finally(() => running.splice(running.indexOf(name), 1));
      return name;
    });
  };
  return { start, running, ends };
}

test("one of each key runs, so many at a time, and the others in the order in which they came", async () => {
  const { start, running, ends } = jobs(2);
  const all = [start("a", "a1"), start("a", "a2"), start("b", "b1"), start("c", "c1"), start("a", "a3")];
  const after = async (name: string): Promise<string[]> => {
    ends.get(name)!.resolve();
    await all[["a1", "a2", "b1", "c1", "a3"].indexOf(name)];
    await turn();
    return [...running].sort();
  };
  await turn();
  expect(running).toEqual(["a1", "b1"]);
  expect(await after("b1")).toEqual(["a1", "c1"]);
  expect(await after("c1")).toEqual(["a1"]);
  expect(await after("a1")).toEqual(["a2"]);
  expect(await after("a2")).toEqual(["a3"]);
  expect(await after("a3")).toEqual([]);
});

test("work that fails leaves its turn to the next", async () => {
  const { start, running, ends } = jobs(1);
  const [first, second] = [start("a", "a1"), start("a", "a2")];
  await turn();
  ends.get("a1")!.reject(new Error("broken"));
  await expect(first).rejects.toThrow("broken");
  await turn();
  expect(running).toEqual(["a2"]);
  ends.get("a2")!.resolve();
  expect(await second).toBe("a2");
});
