import { describe, expect, it } from "vitest";
import type { ClaimResult, FullShare, ReplayCache } from "../../src/exchange/replay-check.ts";
import { keptAfterExpirySeconds, maxAheadSeconds } from "../../src/trust/statement.ts";
import { madeAt, newJti } from "./statements.ts";

const now = Date.UTC(2026, 5, 1, 3);
const other = "ID-16.03/GOV/rsud/simrs";

/** How much a cache has room for, as the operator sets it. */
interface Limits {
  readonly maxReplayEntries: number;
  readonly maxReplayShare: number;
}

/**
 * What every replay cache promises, whatever it is kept in. `openWith` gives one of these limits that has lost nothing; with
 * `share`, another process's view of the same cache.
 */
export function replayCacheContract(
  name: string,
  openWith: (limits: Limits) => ReplayCache | Promise<ReplayCache>,
  share?: (cache: ReplayCache) => ReplayCache,
): void {
  const open = () => openWith({ maxReplayEntries: 1000, maxReplayShare: 25 });
  const claimAs = async (cache: ReplayCache, iss: string, at = now) => cache.claim(madeAt(at, { iss }), at);
  /** How many statements of a consumer are taken until its share is full, and what it hears then. */
  async function fill(cache: ReplayCache, iss: string): Promise<{ readonly taken: number; readonly refused: ClaimResult }> {
    for (let taken = 0; ; taken++) {
      const refused = await claimAs(cache, iss);
      if (refused !== "taken") return { taken, refused };
    }
  }

  describe(name, () => {
    it("takes a statement once, and knows it again for as long as it can be valid anywhere", async () => {
      const cache = await open();
      const statement = madeAt(now);
      expect(await cache.claim(statement, now)).toBe("taken");
      const lastMoment = (statement.claims.exp + keptAfterExpirySeconds) * 1000 - 1;
      for (const at of [now, now + 1, now + 60_000, lastMoment]) expect(await cache.claim(statement, at)).toBe("replayed");
    });

    it("takes one signed by a clock that is ahead, and knows it until that clock has let it expire", async () => {
      const cache = await open();
      const statement = madeAt(now + maxAheadSeconds * 1000);
      expect(await cache.claim(statement, now)).toBe("taken");
      expect(await cache.claim(statement, now + 304_999)).toBe("replayed");
    });

    it("tells another statement under a used jti from the same one, and takes neither", async () => {
      const cache = await open();
      const jti = newJti();
      const first = madeAt(now, { jti });
      const second = madeAt(now, { jti, target: "/r1/y" });
      expect(await cache.claim(first, now)).toBe("taken");
      expect(await cache.claim(second, now)).toBe("conflict");
      expect(await cache.claim(first, now)).toBe("replayed");
    });

    it("counts a jti for each consumer", async () => {
      const cache = await open();
      const jti = newJti();
      expect(await cache.claim(madeAt(now, { jti }), now)).toBe("taken");
      expect(await cache.claim(madeAt(now, { jti, iss: other }), now)).toBe("taken");
    });

    it("gives one of many claims of a jti at the same time to it, and the others are replays or conflicts", async () => {
      const cache = await open();
      const caches = [cache, share?.(cache) ?? cache];
      const jti = newJti();
      const [one, two] = [madeAt(now, { jti }), madeAt(now, { jti, target: "/r1/y" })];
      const claims = await Promise.all(
        Array.from({ length: 20 }, async (_, i) => {
          const statement = i % 4 < 2 ? one : two;
          return { statement, result: await caches[i % 2]!.claim(statement, now) };
        }),
      );
      const taken = claims.filter(({ result }) => result === "taken");
      expect(taken).toHaveLength(1);
      for (const { statement, result } of claims.filter((claim) => claim !== taken[0]))
        expect(result).toBe(statement === taken[0]!.statement ? "replayed" : "conflict");
    });

    it("takes as many as have come at the same time, each once", async () => {
      const cache = await open();
      const statements = Array.from({ length: 100 }, () => madeAt(now));
      expect(await Promise.all(statements.map(async (statement) => cache.claim(statement, now)))).toEqual(statements.map(() => "taken"));
      expect(await Promise.all(statements.map(async (statement) => cache.claim(statement, now)))).toEqual(statements.map(() => "replayed"));
    });

    it("gives a consumer its share and no more; nobody else notices, and it has room again after the seconds that it hears", async () => {
      const cache = await open();
      const first = madeAt(now);
      await cache.claim(first, now);
      const { taken, refused } = await fill(cache, first.claims.iss);
      expect([taken, refused]).toEqual([199, { share: 200, retryAfterSeconds: expect.any(Number) as number }]);
      expect(await cache.claim(first, now)).toBe("replayed");
      for (let i = 0; i < 100; i++) expect(await claimAs(cache, other)).toBe("taken");
      const { retryAfterSeconds } = refused as FullShare;
      expect(retryAfterSeconds).toBeGreaterThan(0);
      expect(await claimAs(cache, first.claims.iss, now + retryAfterSeconds * 1000)).toBe("taken");
    });

    it("leaves room for whoever comes next, though many are greedy", async () => {
      const cache = await open();
      for (let i = 0; i < 20; i++) expect((await fill(cache, `ID-16.03/GOV/dinsos/rakus${i}`)).refused).toHaveProperty("share");
      for (let i = 0; i < 5; i++) expect(await claimAs(cache, `ID-16.03/GOV/rsud/lain${i}`)).toBe("taken");
    });
  });
}
