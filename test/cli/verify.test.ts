import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readReceiptFile } from "../../src/agent/exchange-file.ts";
import { FileFault } from "../../src/source/file-fault.ts";
import type { Bundle } from "../../src/verify/bundle.ts";
import { checkBundle } from "../../src/verify/check-bundle.ts";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { realBundles, type RealBundles } from "../support/real-bundles.ts";
import { here } from "../support/here.ts";
import { simpul } from "../support/simpul.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-verify-"));
const path = (name: string): string => join(folder, name);

let real: RealBundles;
beforeAll(async () => {
  real = await realBundles();
  writeFileSync(path("terima.json"), real.accepted.bytes);
  writeFileSync(path("tolak.json"), real.refused.bytes);
  writeFileSync(path("kirim.json"), JSON.stringify(real.accepted.file));
  writeFileSync(path("kirim-tolak.json"), JSON.stringify(real.refused.file));
  writeFileSync(path("logs.note"), real.logList);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("simpul verify, given a bundle of evidence", () => {
  it("ends with 0 under the pinned key, and says what each step means and what was not looked at", async () => {
    const { status, stdout, stderr } = await here(["verify", "--vkey", real.vkey, path("terima.json")]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/✓ \(seal\) Segel: .*\n {8}Seal: the log's key sealed this document/);
    expect(stdout).toMatch(/✓ \(grant\) .*Perbup Uji 1\/2026/);
    expect(stdout).toMatch(/– \(trace\) .*\n.*sealed, but not proved/);
    const id = "Bundel bukti ini SAH sejauh diperiksa; 1 hal tidak diperiksa (baris bertanda –).";
    const en = "The evidence is VERIFIED as far as it was checked; 1 point not checked, see the lines with –.";
    expect(stdout.split("\n").slice(-2)).toEqual([`${id} (${en})`, ""]);
  });

  it("ends with 0 for a refusal, too, from standard input and with the key out of the reader's own list", async () => {
    const { status, stdout } = await simpul(["verify", "--logs", path("logs.note"), "-"], { input: real.refused.bytes.toString() });
    expect(status).toBe(0);
    expect(stdout).toContain("not-granted");
    expect(stdout).toContain("the absence of a grant cannot be proved");
  });

  it("opens the commitments to what `call --save` kept", async () => {
    const { status, stdout } = await here(["verify", "--vkey", real.vkey, "--exchange", path("kirim.json"), path("terima.json")]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/✓ \(request\) .*\n.*the content that you gave, byte for byte/);
    expect(stdout).toMatch(/✓ \(delivered\) .*\n.*the content that you gave, byte for byte/);
    writeFileSync(path("lain.json"), JSON.stringify({ ...real.accepted.file, responseContent: "e30" }));
    expect(await here(["verify", "--vkey", real.vkey, "--exchange", path("lain.json"), path("terima.json")])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/✗ \(delivered\)/) as string,
    });
  });

  it("takes the contents of no other exchange, and no file that is none", async () => {
    const run = (file: string) => here(["verify", "--vkey", real.vkey, "--exchange", path(file), path("terima.json")]);
    expect(await run("kirim-tolak.json")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("is about another exchange") as string,
    });
    expect(await run("logs.note")).toMatchObject({ status: 1, stderr: expect.stringContaining("is no exchange file") as string });
  });

  it("ends with 2 without a pinned key: the key is never taken from the bundle", async () => {
    const { status, stdout } = await here(["verify", path("terima.json")]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/– \(seal\)/);
    expect(stdout).toMatch(/nobody vouches for the key: give your own --vkey\.\)\n$/);
  });

  it("ends with 1 for one that was changed, written anew, or is of another log", async () => {
    const written = (text: string): string => (writeFileSync(path("ubah.json"), text), path("ubah.json"));
    const json = real.accepted.bytes.toString();
    const texts = [
      json.replace('"htm\\":\\"POST', '"htm\\":\\"PUTT'),
      JSON.stringify(JSON.parse(json), undefined, 2),
      json.trimEnd(),
      `${json} `,
      json.replace('"spl-evidence"', '"spl-evidencf"'),
      json.slice(0, 5000),
    ];
    for (const text of texts) expect((await here(["verify", "--vkey", real.vkey, written(text)])).status).toBe(1);
    for (const text of texts) expect((await here(["verify", written(text)])).status).toBe(1);
    expect((await here(["verify", "--vkey", real.vkey.replace("127.0.0.1", "127.0.0.2"), path("terima.json")])).status).toBe(1);
  });

  it("prints findings as JSON, for bundles and for receipts", async () => {
    const { stdout } = await here(["verify", "--json", "--vkey", real.vkey, path("terima.json")]);
    const told = JSON.parse(stdout) as { readonly findings: readonly object[] };
    expect(told).toMatchObject({ kind: "evidence", verdict: "verified" });
    expect(told.findings[1]).toEqual({
      step: "seal",
      holds: true,
      where: "/seal",
      id: expect.any(String) as string,
      en: expect.stringContaining("not one byte") as string,
    });
    expect(JSON.parse((await here(["verify", "--json", path("terima.json")])).stdout)).toMatchObject({
      kind: "evidence",
      verdict: "unvouched",
    });
    expect(JSON.parse((await here(["verify", "--json", "--vkey", real.vkey, path("kirim.json")])).stdout)).toMatchObject({
      kind: "receipt",
      verdict: "verified",
    });
  });

  it("writes the result as a page that can be printed and signed and that needs nothing else", async () => {
    const html = path("periksa.html");
    for (const [file, verdict] of [
      ["terima.json", "Bundel bukti ini SAH sejauh diperiksa; 1 hal tidak diperiksa (baris bertanda –)."],
      ["kirim.json", "Tanda terima ini SAH."],
    ] as const) {
      expect((await here(["verify", "--vkey", real.vkey, "--html", html, path(file)])).status).toBe(0);
      const page = readFileSync(html, "utf8");
      expect(page).toContain(`<h1>${verdict}</h1>`);
      expect(page).toContain(
        createHash("sha256")
          .update(readFileSync(path(file)))
          .digest("hex"),
      );
      expect(page).toContain(`<code>${real.vkey}</code>`);
      expect(page).toMatch(/<dd>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d WIB \(UTC\+07:00\)<\/dd>/);
      expect(page).toContain('<section class="sign">');
      expect(page).not.toMatch(/<script|<link|<img|(?:src|href)=/);
    }
    expect((await here(["verify", "--json", "--html", html, path("terima.json")])).status).toBe(2);
  });

  it("writes the time in the region's zone, in another on request, in the reader's where the file tells no region", async () => {
    const html = path("zona.html");
    const bundle = readFileSync(path("terima.json"), "utf8");
    const moved = (region: string): string => bundle.replaceAll("ID-16.03/GOV", region);
    writeFileSync(path("timur.json"), moved("ID-91.03/GOV"));
    writeFileSync(path("tanpa.json"), moved("dinsos"));
    const zoneIn = async (...args: readonly string[]): Promise<string | undefined> => {
      await here(["verify", "--html", html, ...args]);
      return /<dd>[\d-]+ [\d:]+ (\S+ \(UTC\S+)\)<\/dd>/.exec(readFileSync(html, "utf8"))?.[1];
    };
    expect(await zoneIn(path("terima.json"))).toBe("WIB (UTC+07:00");
    expect(await zoneIn(path("timur.json"))).toBe("WIT (UTC+09:00");
    expect(await zoneIn("--time-zone", "Asia/Makassar", path("timur.json"))).toBe("WITA (UTC+08:00");
    const own = await simpul(["verify", "--html", html, path("tanpa.json")], { env: { TZ: "Asia/Dubai" } });
    expect(own.stderr).toBe("");
    expect(readFileSync(html, "utf8")).toContain(" Asia/Dubai (UTC+04:00)</dd>");
    const wrong = await here(["verify", "--time-zone", "WITA+8", "--html", html, path("terima.json")]);
    expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining("WITA+8 is no IANA time zone") as string });
  });

  it("checks a bare receipt against an exchange file", async () => {
    writeFileSync(path("tanda-terima"), real.accepted.file.receipt!);
    const { status, stdout } = await here(["verify", "--vkey", real.vkey, "--exchange", path("kirim.json"), path("tanda-terima")]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Tanda terima ini SAH\. /);
  });
});

it("a bundle that is kept among receipts serves as one", () => {
  const { receipt, facts } = readReceiptFile(path("terima.json"));
  const { requestContent, responseContent } = real.accepted.file;
  const contents = { requestContent: Buffer.from(requestContent, "base64url"), responseContent: Buffer.from(responseContent, "base64url") };
  const findings = checkReceipt(receipt, { ...facts, ...contents, vkey: real.vkey });
  expect(findings.filter(({ holds }) => holds === false)).toEqual([]);
  expect(findings.filter(({ holds }) => holds === true)).toHaveLength(11);
  const bundle = JSON.parse(real.accepted.bytes.toString()) as Bundle;
  for (const wrong of [
    { leaves: "x" },
    { leaves: [] },
    { leaves: [null] },
    { checkpoint: 1 },
    { open: { request: "AA" } },
    { type: "lain" },
  ]) {
    writeFileSync(path("salah.json"), JSON.stringify({ ...bundle, ...wrong }));
    expect(() => readReceiptFile(path("salah.json")), JSON.stringify(wrong)).toThrow(FileFault);
  }
});

it("no byte of a real bundle can be changed", () => {
  const accepted: string[] = [];
  for (const { bytes } of [real.accepted, real.refused]) {
    // A prime as stride and another beginning each time: in the long run it is every byte.
    for (let at = Math.floor(Math.random() * 1009); at < bytes.length; at += 1009) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1 << Math.floor(Math.random() * 8);
      if (checkBundle(changed, { vkey: real.vkey }).every(({ holds }) => holds !== false)) accepted.push(`${at}: ${changed[at]}`);
    }
  }
  expect(accepted).toEqual([]);
});
