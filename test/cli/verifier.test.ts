import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildVerifier } from "../../scripts/build-verifier.ts";
import { realBundles, type RealBundles } from "../support/real-bundles.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-verifier-"));
const program = join(folder, "simpul-verify.mjs");

let real: RealBundles;
let digest: string;
beforeAll(async () => {
  [real, digest] = await Promise.all([realBundles(), buildVerifier(program, "0.0.0")]);
  const { bytes } = real.accepted;
  writeFileSync(join(folder, "terima.json"), bytes);
  writeFileSync(join(folder, "tolak.json"), real.refused.bytes);
  writeFileSync(join(folder, "kirim.json"), JSON.stringify(real.accepted.file));
  writeFileSync(join(folder, "ubah.json"), bytes.toString().replace('"size":', '"size":1'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Every other Node that this machine has and that is new enough, beside the one that runs the tests. */
function nodes(): readonly [string, string][] {
  const found = new Map<string, string>();
  for (const place of [
    process.execPath,
    "/usr/bin/node",
    ...(process.env["PATH"] ?? "").split(delimiter).map((directory) => join(directory, "node")),
  ]) {
    const version = spawnSync(place, ["-p", "process.version"], { encoding: "utf8", env: {} }).stdout?.trim() ?? "";
    const [major = 0, minor = 0] = version.slice(1).split(".").map(Number);
    if ((major > 20 || (major === 20 && minor >= 12)) && !found.has(version)) found.set(version, place);
  }
  return [...found];
}

describe.each(nodes())("the verifier in one file, under Node %s, in a directory with nothing else", (_, node) => {
  const run = (...args: string[]) => spawnSync(node, ["simpul-verify.mjs", ...args], { cwd: folder, env: {}, encoding: "utf8" });

  it("verifies bundles and receipts with a pinned key", () => {
    expect(readdirSync(folder).some((name) => name === "node_modules" || name === "package.json")).toBe(false);
    for (const file of ["terima.json", "tolak.json", "kirim.json"]) {
      const { status, stdout, stderr } = run("--vkey", real.vkey, file);
      expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: "" });
    }
    expect(run("--vkey", real.vkey, "--exchange", "kirim.json", "terima.json").stdout).toContain("the content that you gave");
  });

  it("ends with 2 without one, and with 1 for what is changed, missing or misspelt", () => {
    expect(run("terima.json").status).toBe(2);
    expect(run("--vkey", real.vkey, "ubah.json")).toMatchObject({ status: 1, stdout: expect.stringContaining("BROKEN") as string });
    for (const args of [["tidak-ada.json"], ["--lain", "terima.json"], [], ["--vkey", "bukan", "terima.json"]]) {
      const { status, stderr } = run(...args);
      expect(status).toBe(1);
      expect(stderr).toContain("node simpul-verify.mjs [--vkey");
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  it("explains itself", () => {
    expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("0 verified, 1 broken, 2 consistent") as string });
  });
});

describe("the file", () => {
  it("says at its head under which licence it stands, and contains nobody else's code", () => {
    const text = readFileSync(program, "utf8");
    expect(text).toMatch(/^#!\/usr\/bin\/env node\n\/\*!\n/);
    expect(text.slice(0, 1500)).toContain("SPDX-License-Identifier: Apache-2.0");
    for (const [, name] of text.matchAll(/^import .* from "(.+)";$/gm)) expect(name).toMatch(/^node:(crypto|fs|util|buffer)$/);
    expect(text).not.toContain("node_modules");
  });

  it("is the same bytes each time, whose digest is what the build prints", async () => {
    expect(createHash("sha256").update(readFileSync(program)).digest("hex")).toBe(digest);
    expect(await buildVerifier(join(folder, "lagi", "simpul-verify.mjs"), "0.0.0")).toBe(digest);
  });
});
