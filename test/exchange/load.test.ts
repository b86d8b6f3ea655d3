import { describe, expect, it } from "vitest";
import { knownCallers } from "../../src/exchange/known-callers.ts";
import { measureLoad, type Load } from "../../src/exchange/load.ts";
import type { SubsystemId } from "../../src/base/names.ts";
import { consumer, provider, stranger } from "../support/parties.ts";

/** Measures as the gateway does, ten times in a second; `from` counts the seconds. */
function clockwork(load: Load) {
  let now = 0;
  return (...delaysMs: readonly number[]): void => {
    for (const delay of delaysMs) for (let i = 0; i < 10; i++) load.measure(delay, (now += 100));
  };
}
const limits = { maxInFlight: 100, maxInFlightShare: 50, maxDelayMs: 200 };
/** As many places of a subsystem as it gets, and what it hears then. */
function fill(load: Load, subsystem: SubsystemId, atMost = Infinity) {
  const leave: (() => void)[] = [];
  for (;;) {
    const entered = leave.length < atMost ? load.enter(subsystem) : undefined;
    if (typeof entered !== "function") return { leave, heard: entered };
    leave.push(entered);
  }
}

describe("the load", () => {
  it("is too much when the process was late by so much during a whole second, and no more when that has fallen to half", () => {
    const load = measureLoad(limits);
    const seconds = clockwork(load);
    seconds(199);
    expect(load.overload).toBeUndefined();
    seconds(200);
    expect(load.overload).toBe("delay");
    seconds(100);
    expect(load.overload).toBe("delay");
    seconds(99);
    expect(load.overload).toBeUndefined();
    seconds(100);
    expect(load.overload).toBeUndefined();
  });

  it("is not too much because of one long task, however long", () => {
    const load = measureLoad(limits);
    load.measure(0, 100);
    load.measure(60_000, 60_100);
    load.measure(0, 60_200);
    for (let i = 3; i < 50; i++) load.measure(i % 3 === 0 ? 5 : 5000, 60_000 + 5000 * i);
    expect(load.overload).toBeUndefined();
  });

  it("is too much when long tasks follow each other, though few are measured", () => {
    const load = measureLoad(limits);
    for (let i = 1; i <= 3; i++) load.measure(5000, 5000 * i);
    expect(load.overload).toBe("delay");
  });

  it("is too much when three quarters of the places are taken, and no more below half", () => {
    const load = measureLoad({ ...limits, maxInFlightShare: 100 });
    const seconds = clockwork(load);
    const { leave } = fill(load, consumer, 50);
    const { leave: others } = fill(load, stranger, 24);
    seconds(0);
    expect(load.overload).toBeUndefined();
    others.push(...fill(load, stranger, 1).leave);
    seconds(0);
    expect(load.overload).toBe("in-flight");
    for (const done of others.splice(0, 25)) done();
    seconds(0);
    expect(load.overload).toBe("in-flight");
    leave.pop()!();
    seconds(0);
    expect(load.overload).toBeUndefined();
  });

  it("leaves each subsystem its share of the places that are free, and the next one finds some", () => {
    const load = measureLoad(limits);
    const first = fill(load, consumer);
    expect([first.leave.length, first.heard]).toEqual([34, { share: 33 }]);
    const second = fill(load, stranger);
    expect(second.leave.length).toBe(22);
    expect(fill(load, provider, 1).leave).toHaveLength(1);
    for (const done of first.leave) done();
    expect(fill(load, stranger).leave.length).toBeGreaterThan(0);
  });

  it("keeps the places together bounded, whatever the shares", () => {
    const load = measureLoad({ maxInFlight: 4, maxInFlightShare: 100, maxDelayMs: 200 });
    fill(load, consumer);
    fill(load, stranger);
    fill(load, provider);
    expect(load.enter(provider)).not.toBeTypeOf("function");
    expect(load.enter("ID-16.03/GOV/lain/lain")).toBe("in-flight");
  });

  it("is taken first from those who ask most: what each may have is halved every second, and doubled when it is over", () => {
    const load = measureLoad({ ...limits, maxInFlight: 1000 });
    const seconds = clockwork(load);
    const greedy = fill(load, stranger, 40).leave;
    const modest = fill(load, consumer, 4).leave;
    seconds(300);
    // The first second is for those who are not known.
    modest.push(...fill(load, consumer, 1).leave);
    greedy.push(...fill(load, stranger, 1).leave);
    seconds(300);
    expect(load.enter(stranger)).toBe("delay");
    modest.push(...fill(load, consumer, 1).leave);
    expect(modest).toHaveLength(6);
    seconds(300, 300, 300, 300, 300, 300);
    expect([load.enter(stranger), load.enter(consumer)]).toEqual(["delay", "delay"]);
    for (const done of [...greedy, ...modest]) done();
    // One at a time is left to everybody.
    expect([fill(load, stranger).leave.length, fill(load, consumer).leave.length]).toEqual([1, 1]);
    seconds(0);
    expect(load.overload).toBeUndefined();
    expect(fill(load, stranger).leave).toHaveLength(1);
    seconds(0, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(fill(load, stranger).leave.length).toBeGreaterThan(100);
  });
});

describe("known callers", () => {
  it("are known for so long after they were seen last; others hear of new ones", () => {
    let now = 0;
    const known = knownCallers(() => now, 600_000);
    const heard: string[] = [];
    known.onKnown((caller) => heard.push(caller));
    expect(known.knows("10.16.0.5")).toBe(false);
    known.see("10.16.0.5");
    known.see("2001:db8:0:1::5");
    expect([known.knows("::ffff:10.16.0.5"), known.knows("2001:db8:0:1::6"), known.knows("10.16.0.6")]).toEqual([true, true, false]);
    now = 300_000;
    known.see("10.16.0.5");
    now = 899_999;
    expect([known.knows("10.16.0.5"), known.knows("2001:db8:0:1::6")]).toEqual([true, false]);
    now = 900_000;
    expect(known.knows("10.16.0.5")).toBe(false);
    known.see("10.16.0.5");
    expect(heard).toEqual(["10.16.0.5", "2001:db8:0:1::/64", "10.16.0.5"]);
  });
});
