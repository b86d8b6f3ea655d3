import { expect, test } from "vitest";
import { batchTick, lockstep } from "../../src/base/lockstep.ts";

/** Carries one through two stages, and writes down how far it came. */
async function carry(name: string, seen: string[]): Promise<void> {
  await batchTick();
  seen.push(`${name}1`);
  await lockstep;
  seen.push(`${name}2`);
}

test("who comes in one turn goes on together: all through one stage, then all through the next", async () => {
  const seen: string[] = [];
  await Promise.all([carry("a", seen), Promise.resolve().then(() => carry("b", seen)), carry("c", seen)]);
  expect(seen).toEqual(["a1", "c1", "b1", "a2", "c2", "b2"]);
});

test("what the event loop takes in meanwhile belongs to the same turn, and nobody begins before its end", async () => {
  const seen: string[] = [];
  const early = carry("a", seen);
  process.nextTick(() => void carry("b", seen));
  queueMicrotask(() => seen.push("taken in"));
  await early;
  expect(seen).toEqual(["taken in", "a1", "b1", "a2", "b2"]);
});

test("the next turn is another one: who comes too late waits for it", async () => {
  const seen: string[] = [];
  const first = carry("a", seen);
  await first;
  await carry("b", seen);
  expect(seen).toEqual(["a1", "a2", "b1", "b2"]);
});
