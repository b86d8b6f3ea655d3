import { expect, it } from "vitest";
import { problems } from "../../../src/base/problem.ts";
import { refusals } from "../../../src/policy/refusal.ts";

/**
 * One page explains a code, whichever port refused: consumers meet `problems`, officers `refusals`. The catalogues are
 * two, since their codes are closed types of two parties (metrics, leaves and blame belong to the one, guards and roles
 * to the other).
 */
it("a code of both catalogues has the same status and the same titles in both", () => {
  const shared = Object.entries(refusals).flatMap(([code, refusal]) => (code in problems ? [[code, refusal] as const] : []));
  expect(shared.map(([code]) => code)).toEqual(["content-too-large", "content-type-unsupported", "rate-limited", "internal"]);
  for (const [code, { status, title }] of shared)
    expect({ code, ...problems[code as keyof typeof problems] }).toMatchObject({ code, status, title });
});
