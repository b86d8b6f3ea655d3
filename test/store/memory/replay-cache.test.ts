import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { memoryReplayCache } from "../../../src/store/memory/replay-cache.ts";
import { readStatement, type Statement } from "../../../src/trust/statement.ts";
import { claimsFor, signStatement } from "../../../src/trust/sign.ts";
import { generateSigningKey } from "../../../src/trust/key-proof.ts";

const key = generateSigningKey("Ed25519");
const now = Date.UTC(2026, 5, 1, 3);
const [hour, day] = [3_600_000, 86_400_000];

/** A statement made at a moment, alive for five minutes. */
function madeAt(ms: number): Statement {
  const claims = claimsFor({
    iss: "ID-16.03/GOV/dinsos/bansos",
    aud: "http://gw.example",
    method: "GET",
    target: "/r1/x",
    purpose: "uji",
    nowSeconds: ms / 1000,
    lifetimeSeconds: 300,
  });
  return readStatement(signStatement({ ...claims, jti: randomBytes(16).toString("base64url") }, key)) as Statement;
}

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
