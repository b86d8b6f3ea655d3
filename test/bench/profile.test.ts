import { describe, expect, it } from "vitest";
import { areaOf } from "../../bench/measure/areas.ts";
import { timeByArea } from "../../bench/measure/cpu-profile.ts";

const frame = (functionName: string, url = "") => ({ functionName, url });
const profile = {
  nodes: [
    { id: 1, callFrame: frame("(root)"), children: [2, 3, 6] },
    { id: 2, callFrame: frame("(idle)") },
    { id: 3, callFrame: frame("carry", "file:///x/src/exchange/exchange.ts"), children: [4, 7] },
    { id: 4, callFrame: frame("verify", "file:///x/src/trust/algorithms.ts"), children: [5] },
    { id: 5, callFrame: frame("verifyOneShot", "node:internal/crypto/sig") },
    { id: 6, callFrame: frame("somewhere", "file:///elsewhere.js") },
    { id: 7, callFrame: frame("concat", "node:buffer") },
  ],
  startTime: 1000,
  endTime: 2000,
  samples: [2, 3, 4, 5, 6, 7],
  timeDeltas: [0, 100, 10, 20, 30, 40],
};

describe("a profile by area", () => {
  it("gives a sample to the innermost frame that names an area, and leaves idle time out", () => {
    const times = timeByArea(profile, areaOf);
    expect(Object.fromEntries(times)).toEqual({
      "pipeline, grant, quota, replay memory": 10,
      "statement: JWS, strict JSON, claims": 20,
      "signature verification": 30,
      other: 40,
    });
  });

  it("counts only what lies between two moments", () => {
    expect(Object.fromEntries(timeByArea(profile, areaOf, 1110, 1130))).toEqual({
      "statement: JWS, strict JSON, claims": 20,
      "signature verification": 30,
    });
  });
});
