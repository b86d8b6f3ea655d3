import { describe, expect, it } from "vitest";
import { memoryReplayCache } from "../../../src/store/memory/replay-cache.ts";
import { replayCacheContract } from "../replay-cache-contract.ts";
import { madeAt } from "../statements.ts";

const now = Date.UTC(2026, 5, 1, 3);
const other = "ID-16.03/GOV/rsud/simrs";
const [hour, day] = [3_600_000, 86_400_000];

const limits = { maxReplayEntries: 1000, maxReplayShare: 25 };

replayCacheContract("a replay cache in memory", memoryReplayCache);

describe("replay memory that may have been lost", () => {
  it.each<[string, string | undefined]>([
    ["of everybody", undefined],
    ["of this consumer", "ID-16.03/GOV/dinsos/bansos"],
  ])("%s: unknown up to iat 5 s later, that second included", (_, of) => {
    const replays = memoryReplayCache(limits);
    replays.markUncertain(now, of);
    expect(replays.claim(madeAt(now + 5000), now + 5000)).toBe("unknown");
    expect(replays.claim(madeAt(now + 6000), now + 6000)).toBe("taken");
  });

  it("of another consumer: taken", () => {
    const replays = memoryReplayCache(limits);
    replays.markUncertain(now, "ID-16.03/GOV/dinsos/lain");
    expect(replays.claim(madeAt(now), now)).toBe("taken");
  });
});

describe("replay memory whose clock jumps", () => {
  it("takes nothing twice that was alive when the clock went ahead a day and came back", () => {
    const replays = memoryReplayCache(limits);
    const used = madeAt(now);
    expect(replays.claim(used, now)).toBe("taken");
    expect(replays.claim(madeAt(now + day), now + day)).toBe("taken");
    expect(replays.claim(used, now + 2000)).toBe("unknown");
    // Whoever signs anew is served as soon as the clocks of before can have signed no more.
    expect(replays.claim(madeAt(now + 5000), now + 2000)).toBe("unknown");
    expect(replays.claim(madeAt(now + 9000), now + 9000)).toBe("taken");
    expect(replays.claim(used, now + 9000)).toBe("unknown");
  });

  it("knows what it knew when the clock is set back an hour, and when the hour has come again", () => {
    const replays = memoryReplayCache(limits);
    const used = madeAt(now);
    expect(replays.claim(used, now)).toBe("taken");
    const back = madeAt(now - hour);
    expect(replays.claim(back, now - hour + 10_000)).toBe("unknown");
    const fresh = madeAt(now - hour + 20_000);
    expect(replays.claim(fresh, now - hour + 20_000)).toBe("taken");
    expect(replays.claim(fresh, now - hour + 21_000)).toBe("replayed");
    expect(replays.claim(used, now + 1000)).toBe("replayed");
  });

  it("loses nothing to a clock that is set right by a few seconds", () => {
    const replays = memoryReplayCache(limits);
    const used = madeAt(now);
    expect(replays.claim(used, now)).toBe("taken");
    expect(replays.claim(madeAt(now - 3000), now - 3000)).toBe("taken");
    expect(replays.claim(used, now - 3000)).toBe("replayed");
  });
});

describe("replay memory that is full", () => {
  it("takes no more of anybody, knows what it took, and has room again when that has expired", () => {
    const replays = memoryReplayCache({ maxReplayEntries: 2, maxReplayShare: 100 });
    const [first, second] = [madeAt(now), madeAt(now, { iss: other })];
    expect([replays.claim(first, now), replays.claim(second, now)]).toEqual(["taken", "taken"]);
    expect(replays.claim(madeAt(now, { iss: "ID-16.03/GOV/dinkes/posyandu" }), now)).toBe("unknown");
    expect(replays.claim(first, now)).toBe("replayed");
    expect(replays.size()).toBe(2);
    const later = now + 400_000;
    expect(replays.claim(madeAt(later), later)).toBe("taken");
    expect(replays.size()).toBe(1);
  });
});

describe("replay memory after a restart", () => {
  it("knows what it is given back", () => {
    const replays = memoryReplayCache(limits);
    const { claims, hash } = madeAt(now);
    replays.restore(claims.iss, claims.jti, hash, claims.exp);
    replays.restore(claims.iss, claims.jti, hash, claims.exp);
    expect(replays.size()).toBe(1);
    expect(replays.claim({ ...madeAt(now), claims, hash }, now)).toBe("replayed");
    expect(replays.claim(madeAt(now, { jti: claims.jti, target: "/r1/y" }), now)).toBe("conflict");
  });

  it("does not know statements up to the fifth second after it lost them: of one consumer, or of all", () => {
    const replays = memoryReplayCache(limits);
    const claim = (after: number, iss?: string) =>
      replays.claim(madeAt(now + after * 1000, iss === undefined ? {} : { iss }), now + after * 1000);
    replays.markUncertain(now, other);
    expect([claim(0), claim(0, other), claim(5, other), claim(6, other)]).toEqual(["taken", "unknown", "unknown", "taken"]);
    replays.markUncertain(now);
    expect([claim(5), claim(6)]).toEqual(["unknown", "taken"]);
  });

  it("counts what it is given back to its consumer's share, and refuses none of it", () => {
    const replays = memoryReplayCache({ maxReplayEntries: 100, maxReplayShare: 10 });
    const given = Array.from({ length: 12 }, () => madeAt(now));
    for (const { claims, hash } of given) replays.restore(claims.iss, claims.jti, hash, claims.exp);
    expect(given.map((statement) => replays.claim(statement, now))).toEqual(given.map(() => "replayed"));
    expect(replays.claim(madeAt(now), now)).toMatchObject({ share: 9 });
    expect(replays.claim(madeAt(now, { iss: other }), now)).toBe("taken");
  });
});
