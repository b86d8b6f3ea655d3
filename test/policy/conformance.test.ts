import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import { policiesFolder } from "../../src/base/project.ts";
import { evaluateConformance } from "../../src/policy/guards/conformance.ts";
import type { Entry } from "../../src/registry/entry.ts";
import { BrokenOff, CannotValidate } from "../../src/standard/cannot-validate.ts";
import { lint } from "../../src/standard/lint.ts";
import { entry, ME } from "../support/policy-fixture.ts";

const documents = new Map<string, Buffer>();
const keep = (text: string): string => {
  const digest = sha256(Buffer.from(text)).toString("base64url");
  documents.set(digest, Buffer.from(text));
  return digest;
};
const store = { document: async (digest: string) => documents.get(digest)! };
const standard = entry("policy", "standards/lid-spl-1.0.0.yaml", "active", {
  digest: keep(readFileSync(join(policiesFolder, "standards/lid-spl-1.0.0.yaml"), "utf8")),
});
const contract = '{"openapi":"3.1.0","info":{"title":"Uji","version":"1.0.0"},"paths":{}}';
const registry = {
  roots: { policy: "p" },
  get: () => undefined,
  of: (kind: string) => (kind === "policy" ? [standard] : []),
} as unknown as Parameters<ReturnType<typeof evaluateConformance>>[0];
const service = "ID-16.03/GOV/disdukcapil/siak/penduduk/v1";
const revision = { content: { service, proposal: { contract: keep(contract) } } } as Entry<"revision">;

describe("whether a contract meets the standard", () => {
  let asked = 0;
  beforeEach(() => void (asked = 0));
  const judgedBy = (fault?: Error) =>
    evaluateConformance(store, async (...given) => {
      asked += 1;
      if (fault !== undefined && asked === 1) throw fault;
      return lint(...given);
    });
  const words = { id: "Dihentikan.", en: "Broken off." };

  it("is judged once for the same contract and policies", async () => {
    const conformance = judgedBy();
    const first = await conformance(registry, ME, "2026-02-01", revision);
    expect(first).toMatchObject({ standard: "lid-spl@1.0.0", passed: false });
    expect(await conformance(registry, ME, "2026-02-01", revision)).toEqual(first);
    expect(asked).toBe(1);
  });

  it("is an error of the contract if it cannot be judged at all", async () => {
    const conformance = judgedBy(new CannotValidate(words));
    expect(await conformance(registry, ME, "2026-02-01", revision)).toMatchObject({
      passed: false,
      digest: undefined,
      errors: 1,
      first: words,
    });
  });

  it("is not known if judging was broken off: no verdict is given or kept, and the next one judges anew", async () => {
    const conformance = judgedBy(new BrokenOff(words));
    await expect(conformance(registry, ME, "2026-02-01", revision)).rejects.toMatchObject({ code: "internal", message: words.en });
    expect(await conformance(registry, ME, "2026-02-01", revision)).toMatchObject({ digest: expect.any(String) as string });
  });

  it("is not known either if the program is at fault", async () => {
    await expect(judgedBy(new TypeError("x"))(registry, ME, "2026-02-01", revision)).rejects.toThrow(TypeError);
  });
});
