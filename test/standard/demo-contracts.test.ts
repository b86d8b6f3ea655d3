import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, test } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import { loadManifests } from "../../src/registry/manifest/load.ts";
import { evaluateContract } from "../../src/standard/evaluate-contract.ts";
import { storedForm } from "../../src/standard/report.ts";
import { CannotValidate } from "../../src/standard/cannot-validate.ts";
import { lint } from "../../src/standard/lint.ts";
import { changed, lookup, put, sample, schemas, standard } from "./sample.ts";
import { policiesFolder } from "../../src/base/project.ts";

const services = join(import.meta.dirname, "../../services");
const contracts = readdirSync(services, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("openapi.yaml"));

test("the seven services of the demo meet the standard as their files stand", async () => {
  expect(contracts).toHaveLength(7);
  for (const name of contracts) {
    const report = await lint({ file: name, text: readFileSync(join(services, name), "utf8") }, standard);
    expect(report.findings).toEqual([]);
  }
});

describe("a contract that the registry keeps", () => {
  it("is judged as its file is", async () => {
    const { desired } = await loadManifests({ services, policies: policiesFolder });
    const kept = desired!.entries.flatMap(({ kind, content }) =>
      kind === "service" ? [desired!.documents.get((content as { contract: string }).contract)!] : [],
    );
    expect(kept).toHaveLength(7);
    for (const bytes of kept) {
      const report = evaluateContract(bytes, standard);
      expect(storedForm(report)).toEqual({
        standard: "lid-spl@1.0.0",
        ruleset: standard.digest,
        document: sha256(bytes).toString("base64url"),
        lists: report.lists,
        passed: true,
        digest: report.digest,
        counts: {},
      });
    }
  });

  it("is told by line and column of its JSON, with the digest of its bytes", () => {
    const bytes = Buffer.from(JSON.stringify(changed((doc) => delete lookup(doc)["summary"])));
    const report = evaluateContract(bytes, standard);
    expect(report.findings.map(({ rule, line, column }) => [rule, line, bytes.subarray(column - 1, column + 5).toString()])).toEqual([
      ["LID-DOC", 1, '"post"'],
    ]);
  });

  it("is compared with the one in force", () => {
    const next = changed((doc) => (put(schemas(doc)["Warga"], "required", []), put(doc["info"], "version", "1.3.0")));
    const report = evaluateContract(Buffer.from(JSON.stringify(next)), standard, Buffer.from(JSON.stringify(sample())));
    expect(report.findings.map(({ rule, message }) => `${rule}: ${message.en}`)).toEqual([
      "UBAH-SEARAH: A change that breaks consumers of the version in force: the member “nama” is not certain any more.",
      "UBAH-SEARAH: A change that breaks consumers of the version in force: the member “status” is not certain any more.",
    ]);
  });

  it("is refused if it is none", () => {
    for (const bytes of [Buffer.from("{"), Buffer.from([0xff, 0xfe]), Buffer.from("{}")])
      expect(() => evaluateContract(bytes, standard)).toThrow(CannotValidate);
  });
});
