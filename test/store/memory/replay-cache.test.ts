import { describe, expect, it } from "vitest";
import { memoryReplayCache } from "../../../src/store/memory/replay-cache.ts";
import { replayCacheContract } from "../replay-cache-contract.ts";
import { madeAt } from "../statements.ts";

const now = Date.UTC(2026, 5, 1, 3);
const [hour, day] = [3_600_000, 86_400_000];

replayCacheContract("a replay cache in memory", () => memoryReplayCache(1000));

describe("replay memory whose clock jumps", () => {
  it("takes nothing twice that was alive when the clock went ahead a day and came back", () => {
    const replays = memoryReplayCache(1000);
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
    const replays = memoryReplayCache(1000);
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
    const replays = memoryReplayCache(1000);
    const used = madeAt(now);
    expect(replays.claim(used, now)).toBe("taken");
    expect(replays.claim(madeAt(now - 3000), now - 3000)).toBe("taken");
    expect(replays.claim(used, now - 3000)).toBe("replayed");
  });
});

describe("replay memory that is full", () => {
  it("takes no more, knows what it took, and has room again when that has expired", () => {
    const replays = memoryReplayCache(2);
    const [first, second] = [madeAt(now), madeAt(now)];
    expect([replays.claim(first, now), replays.claim(second, now)]).toEqual(["taken", "taken"]);
    expect(replays.claim(madeAt(now), now)).toBe("unknown");
    expect(replays.claim(first, now)).toBe("replayed");
    expect(replays.size()).toBe(2);
    const later = now + 400_000;
    expect(replays.claim(madeAt(later), later)).toBe("taken");
    expect(replays.size()).toBe(1);
  });
});

describe("replay memory after a restart", () => {
  it("knows what it is given back", () => {
    const replays = memoryReplayCache(1000);
    const { claims, hash } = madeAt(now);
    replays.restore(claims.iss, claims.jti, hash, claims.exp);
    replays.restore(claims.iss, claims.jti, hash, claims.exp);
    expect(replays.size()).toBe(1);
    expect(replays.claim({ ...madeAt(now), claims, hash }, now)).toBe("replayed");
    expect(replays.claim(madeAt(now, { jti: claims.jti, target: "/r1/y" }), now)).toBe("conflict");
  });

  it("does not know statements up to the fifth second after it lost them: of one consumer, or of all", () => {
    const other = "ID-16.03/GOV/rsud/simrs";
    const replays = memoryReplayCache(1000);
    const claim = (after: number, iss?: string) =>
      replays.claim(madeAt(now + after * 1000, iss === undefined ? {} : { iss }), now + after * 1000);
    replays.markUncertain(now, other);
    expect([claim(0), claim(0, other), claim(5, other), claim(6, other)]).toEqual(["taken", "unknown", "unknown", "taken"]);
    replays.markUncertain(now);
    expect([claim(5), claim(6)]).toEqual(["unknown", "taken"]);
  });
});
