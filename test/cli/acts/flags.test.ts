import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { afterAll, describe, expect, it, test } from "vitest";
import { flagsOf, optionsOf, readInput } from "../../../src/cli/acts/flags.ts";
import { UsageFault } from "../../../src/cli/verb.ts";
import type { Input } from "../../../src/policy/context.ts";
import { actions } from "../../../src/policy/acts/actions.ts";
import { configFlags } from "../../../src/config/config.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-flags-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "surat:1.txt");
writeFileSync(file, "surat");
const sha256 = createHash("sha256").update("surat").digest("hex");

const read = (action: string, args: readonly string[], base: Input = {}): Input => {
  const flags = flagsOf(actions.get(action)!.input);
  return readInput(flags, parseArgs({ args: [...args], options: optionsOf(flags) }).values, base);
};

describe("an action's options", () => {
  it("make the input that its schema describes: nested parts, numbers, lists, letters by file or hash, documents by slot", () => {
    expect(
      read("grant.renew", [
        "--id",
        "b",
        "--from",
        "2026-01-01",
        "--until",
        "2026-06-01",
        "--rate-per-second",
        "5",
        "--rate-burst",
        "9",
        "--operations",
        "a",
        "--operations",
        "b",
      ]),
    ).toEqual({
      id: "b",
      from: "2026-01-01",
      until: "2026-06-01",
      rate: { perSecond: 5, burst: 9 },
      operations: ["a", "b"],
    });
    expect(
      read("opinion.record", [
        "--types",
        "operasi",
        "--outcome",
        "diberikan",
        "--letter-number",
        "1/X",
        "--letter-date",
        "2026-01-02",
        "--letter-file",
        file,
      ]),
    ).toEqual({
      types: ["operasi"],
      outcome: "diberikan",
      letter: { number: "1/X", date: "2026-01-02", sha256 },
    });
    expect(read("revision.activate", ["--trial-number", "2", "--trial-date", "2026-01-02", "--trial-sha256", sha256])).toEqual({
      trial: { number: "2", date: "2026-01-02", sha256 },
    });
    expect(
      read("revision.complete", [
        "--hosting-place",
        "daerah",
        "--document",
        `spesifikasi-teknis=${file}:600/1:2026-01-02`,
        "--document",
        `manual=${file}:600/2:2026-01-03`,
      ]),
    ).toEqual({
      dossier: {
        hosting: { place: "daerah" },
        documents: {
          "spesifikasi-teknis": { number: "600/1", date: "2026-01-02", sha256 },
          manual: { number: "600/2", date: "2026-01-03", sha256 },
        },
      },
    });
  });

  it("lie over the input of a file, part by part", () => {
    const base = { dossier: { application: "umum", hosting: { place: "pd" } } };
    expect(read("revision.complete", ["--application", "khusus"], base)).toEqual({
      dossier: { application: "khusus", hosting: { place: "pd" } },
    });
    expect(base.dossier.application).toBe("umum");
  });

  it.each([
    ["grant.renew", ["--id", "b"], "Name --from, --until."],
    [
      "grant.renew",
      ["--id", "b", "--from", "2026-01-01", "--until", "2026-06-01", "--daily-quota", "banyak"],
      "--daily-quota must be a whole number.",
    ],
    [
      "revision.complete",
      ["--document", "spesifikasi-teknis=berkas.pdf"],
      "--document has the form SLOT=FILE:NUMBER:DATE, not spesifikasi-teknis=berkas.pdf.",
    ],
  ])("%s %j is a misunderstanding", (action, args, en) => {
    expect(() => read(action, args)).toThrow(UsageFault);
    expect(() => read(action, args)).toThrow(en);
  });
});

test("no option of an action has two meanings, nor the name of a setting or of what every step takes", () => {
  const taken = [...Object.keys(configFlags), "control", "json", "input", "save"];
  for (const [name, { input }] of actions) {
    const names = flagsOf(input).map((flag) => flag.name);
    expect({ name, twice: names.filter((flag, i) => names.indexOf(flag) !== i || taken.includes(flag)) }).toEqual({ name, twice: [] });
  }
});
