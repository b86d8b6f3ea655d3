import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forge, keys, forgerVkey } from "../support/forger.ts";
import { realBundles, type RealBundles } from "../support/real-bundles.ts";

const docs = new URL("../../docs/", import.meta.url);
const page = readFileSync(new URL("evidence.md", docs), "utf8");
const blocks = [...page.matchAll(/^```sh check\n([^]*?)\n```$/gm)].map(([, block]) => block!);
const lacking = ["sh", "openssl", "base64", "sha256sum", "sed", "grep", "od"].find(
  (name) => spawnSync("sh", ["-c", `command -v ${name}`], { stdio: "ignore" }).status !== 0,
);

describe("docs/evidence.md", () => {
  it("explains every member that a bundle can have, and no other", () => {
    const { properties } = JSON.parse(readFileSync(new URL("../policies/schema/evidence.json", docs), "utf8")) as {
      readonly properties: object;
    };
    const table = page.slice(page.indexOf("| member |"), page.indexOf("A refusal has the same form."));
    const named = [...table.matchAll(/^\| (`.+?`) \|/gm)].flatMap(([, names]) => [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
    expect(named.toSorted()).toEqual(Object.keys(properties).toSorted());
  });

  it("leads to files that are there", () => {
    for (const [, link] of page.matchAll(/\]\(([^#)]+)\)/g)) expect(existsSync(new URL(link!, docs)), link).toBe(true);
  });
});

describe.skipIf(lacking !== undefined)("the check by hand, with openssl, base64 and sha256sum", () => {
  let folder: string;
  let real: RealBundles;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "simpul-tangan-"));
    writeFileSync(join(folder, "periksa.sh"), `${blocks.join("\n")}\n`);
    real = await realBundles();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function check(bytes: Buffer, key: string): { readonly status: number | null; readonly stdout: string } {
    writeFileSync(join(folder, "bukti.json"), bytes);
    return spawnSync("sh", ["periksa.sh", "bukti.json", key], { cwd: folder, env: { PATH: process.env["PATH"] ?? "" }, encoding: "utf8" });
  }

  it("stands on the page as one script in several blocks", () => {
    expect(blocks).toHaveLength(5);
  });

  it("verifies an accepted exchange and a refused one", () => {
    for (const { bytes } of [real.accepted, real.refused]) {
      const { status, stdout } = check(bytes, real.vkey);
      expect(stdout).toMatch(/SAH \(VERIFIED\)\n$/);
      expect(status).toBe(0);
      for (const line of ["seal: signed with the log's key", "leaf: in the log", "ID-16.03/GOV/dinsos/bansos: it signed this"])
        expect(stdout).toContain(`ok: ${line}\n`);
    }
    expect(check(real.accepted.bytes, real.vkey).stdout).toContain("ok: provider content: the one that was signed\n");
  });

  it.each(Object.values(keys))("verifies a statement with $alg", (signer) => {
    expect(check(forge({ signer }).bytes, forgerVkey).status).toBe(0);
  });

  it.each([
    ["another log's key", () => check(real.accepted.bytes, forgerVkey)],
    ["a statement that the leaf does not record", () => check(forge({ request: { statement: "A".repeat(43) } }).bytes, forgerVkey)],
    ["a key of somebody else", () => check(forge({ entries: { "key mine": { owner: "ID-16.03/GOV/lain/lain" } } }).bytes, forgerVkey)],
    ["a revoked key", () => check(forge({ states: { "key mine": "revoked" } }).bytes, forgerVkey)],
    [
      "content that was not signed",
      () => check(forge({ claims: { digest: "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:" } }).bytes, forgerVkey),
    ],
    [
      "a leaf at another place",
      () =>
        check(
          forge({ bundle: (bundle) => ({ ...bundle, leaves: [bundle.leaves[0], { ...bundle.leaves[1], index: 7 }] }) }).bytes,
          forgerVkey,
        ),
    ],
  ])("refuses %s", (_, run) => {
    const { status, stdout } = run();
    expect(stdout).toMatch(/SALAH \(WRONG\): .*\n$/);
    expect(status).toBe(1);
  });

  it("refuses a bundle with any byte changed", () => {
    const { bytes } = real.accepted;
    const seal = bytes.indexOf(',"seal":"');
    const end = bytes.indexOf('"', seal + 9);
    const random = (from: number, to: number): number => from + Math.floor(Math.random() * (to - from));
    for (const at of [
      random(0, seal),
      random(0, seal),
      random(end, bytes.length),
      bytes.length - 1,
      end - 4,
      seal + 3,
      ...Array.from({ length: 4 }, () => random(seal, end)),
    ]) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(check(changed, real.vkey).status, `byte ${at}`).not.toBe(0);
    }
  });
});
