import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { main } from "../../src/cli/cli.ts";
import type { ExchangeFile } from "../../src/agent/exchange-file.ts";
import { consumer, purpose, record, service, gatewayFixture, type GatewayFixture } from "../support/gateway-fixture.ts";
import { here } from "../support/here.ts";
import { simpul } from "../support/simpul.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-receipt-"));
const saved = join(folder, "pertukaran.json");
const pem = join(folder, "bansos.pem");

let w: GatewayFixture;
let exchange: ExchangeFile;
beforeAll(async () => {
  w = await gatewayFixture();
  writeFileSync(pem, w.keys[consumer]!.privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(join(folder, "isi.json"), record);
  await call("--content", join(folder, "isi.json"), "--save", saved, "POST", `${w.publicOrigin}/r1/${service}/catatan`);
  exchange = JSON.parse(readFileSync(saved, "utf8")) as ExchangeFile;
});
afterAll(async () => {
  await w.close();
  rmSync(folder, { recursive: true });
});

const call = (...more: string[]) =>
  here(["call", "--subsystem", consumer, "--key", pem, "--purpose", purpose, "--vkey", w.instance.vkey, ...more]);

/** A file with these words in it. */
function written(content: unknown): string {
  const path = join(folder, "berkas");
  writeFileSync(path, typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return path;
}

describe("simpul call", () => {
  it("shows the answer and what its receipt proves", async () => {
    const { status, stdout, stderr } = await call("GET", `${w.publicOrigin}/r1/${service}/catatan/1?tahun=2026`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^HTTP 200\nSpl-Exchange [0-9a-f-]{36}\n/);
    expect(stdout).toContain(record.toString());
    expect(stdout).toContain(`"consumer":"${consumer}"`);
    expect(stdout).toMatch(/✓ \(1\) .*\n {8}The checkpoint is signed by the log/);
    expect(stdout).toMatch(/✓ \(4\) .*\n {8}The commitment opens to the content of the answer I received/);
    expect(stdout).not.toContain("✗");
    expect(stdout).not.toContain("nothing was given to compare");
    expect(stdout).toMatch(/✓ \(0\) Konsumen sesuai\n {8}The consumer is as expected\n {2}✓ \(0\) Layanan sesuai\n/);
    expect(stdout).toMatch(/\nTanda terima ini SAH\. \(The receipt is VERIFIED\.\)\n$/);
  });

  it("shows a refusal with its receipt, and ends with 1", async () => {
    const { status, stdout } = await call("--purpose", "lain", "GET", `${w.publicOrigin}/r1/${service}/catatan/1`);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^HTTP 403 {2}not-granted\n/);
    expect(stdout).toContain('"problem":"not-granted"');
    expect(stdout).not.toContain("✗");
  });

  it("saves the exchange for its owner alone", () => {
    expect(statSync(saved).mode & 0o777).toBe(0o600);
    expect(exchange).toMatchObject({
      method: "POST",
      target: `/r1/${service}/catatan`,
      status: 201,
      problem: null,
      requestContent: record.toString("base64url"),
    });
  });

  it("ends with 1 when the receipt does not hold", async () => {
    const other = w.instance.vkey.replace(/.{10}$/, "AAAAAAAAAA");
    expect((await call("--vkey", other, "GET", `${w.publicOrigin}/r1/${service}/catatan/1`)).status).toBe(1);
  });
});

describe("simpul verify", () => {
  it("ends with 0 for a receipt that holds under the pinned key", async () => {
    const { status, stdout } = await here(["verify", "--vkey", w.instance.vkey, saved]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Tanda terima ini SAH\. \(The receipt is VERIFIED\.\)\n$/);
  });

  it("takes the pinned key from the member's own list of logs, and the receipt from standard input", async () => {
    writeFileSync(join(folder, "logs.note"), w.instance.logList);
    expect((await simpul(["verify", "--logs", join(folder, "logs.note"), "-"], { input: readFileSync(saved, "utf8") })).status).toBe(0);
    expect(await here(["verify", "--logs", written("lain\n"), saved])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("does not list the log") as string,
    });
  });

  it("takes the bare value, with or without the field's name, and knows less then", async () => {
    for (const file of [exchange.receipt!, `Spl-Receipt: ${exchange.receipt}\n`, { receipt: exchange.receipt }]) {
      const { status, stdout } = await here(["verify", "--vkey", w.instance.vkey, written(file)]);
      expect(status).toBe(0);
      expect(stdout).toContain("not checked, nothing was given to compare");
    }
  });

  const printed = (over: Record<string, string> = {}, content = exchange.responseContent): Buffer => {
    const fields = {
      "Spl-Signature": exchange.statement,
      Status: "201",
      "spl-exchange": exchange.id,
      "spl-receipt": exchange.receipt!,
      ...over,
    };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`);
    return Buffer.concat([Buffer.from(`${lines.join("")}\n`), Buffer.from(content, "base64url")]);
  };

  it("takes what a client of docs/clients printed, and compares all but the content that was sent", async () => {
    for (const file of [
      printed(),
      Buffer.from(
        printed()
          .toString("latin1")
          .replaceAll("\n", "\r\n")
          .replace(/\r\n\{/, "\n{"),
        "latin1",
      ),
    ]) {
      const { status, stdout } = await here(["verify", "--vkey", w.instance.vkey, written(file)]);
      expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/ SAH sejauh diperiksa; 1 hal /) as string });
      expect(stdout).toMatch(/✓ \(4\) /);
    }
  });

  it.each([
    ["another status", () => printed({ Status: "200" })],
    ["another exchange", () => printed({ "spl-exchange": "01900000-0000-7000-8000-000000000000" })],
    ["another statement", () => printed({ "Spl-Signature": "e30.e30.e30" })],
    ["another answer", () => printed({}, "e30")],
  ])("finds a print-out with %s broken", async (_, file) => {
    expect(await here(["verify", "--vkey", w.instance.vkey, written(file())])).toMatchObject({ status: 1, stderr: "" });
  });

  it("says of a print-out without a receipt which refusal it was", async () => {
    const file = "Spl-Signature: e30.e30.e30\nStatus: 401\nspl-problem: key-unknown\n\n{}";
    expect(await here(["verify", "--vkey", w.instance.vkey, written(file)])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("refused this call with key-unknown") as string,
    });
  });

  it("ends with 2 for one that holds under no pinned key", async () => {
    const { status, stdout } = await here(["verify", saved]);
    expect(status).toBe(2);
    expect(stdout).toContain("nobody vouches for the key");
  });

  it.each([
    ["another method", { method: "PUT" }],
    ["another status", { status: 200 }],
    ["another exchange", { id: "01900000-0000-7000-8000-000000000000" }],
    ["other content sent", { requestContent: "e30" }],
    ["other content received", { responseContent: "e30" }],
    ["a statement that does not fit", { statement: "e30.e30.e30" }],
  ])("ends with 1 for %s", async (_, change) => {
    const { status, stdout } = await here(["verify", "--vkey", w.instance.vkey, written({ ...exchange, ...change })]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗/);
    expect(stdout).toMatch(/The receipt is BROKEN: see the lines with ✗\.\)\n$/);
  });

  it("ends with 1, and never with 2, for what is no receipt, no key, or a key of another log", async () => {
    const vkey = w.instance.vkey.replace("127.0.0.1", "127.0.0.2");
    for (const args of [
      ["--vkey", w.instance.vkey, written("{}")],
      ["--vkey", w.instance.vkey, written("leaf=:AA==:")],
      ["--vkey", "bukan", saved],
      ["--vkey", vkey, saved],
      ["--vkey", "", saved],
    ]) {
      expect((await here(["verify", ...args])).status).toBe(1);
    }
  });

  it("finds every single character of the receipt that was changed", async () => {
    const silent = [
      vi.spyOn(console, "log").mockImplementation(() => undefined),
      vi.spyOn(console, "error").mockImplementation(() => undefined),
    ];
    const value = exchange.receipt!;
    const accepted: number[] = [];
    for (let i = 0; i < value.length; i++) {
      const changed = `${value.slice(0, i)}${value[i] === "A" ? "B" : "A"}${value.slice(i + 1)}`;
      if ((await main(["verify", "--vkey", w.instance.vkey, written({ ...exchange, receipt: changed })])) !== 1) accepted.push(i);
    }
    const moved = value.replace(/index=(\d+)/, (_, index: string) => `index=${Number(index) - 1}`);
    expect(await main(["verify", "--vkey", w.instance.vkey, written({ ...exchange, receipt: moved })])).toBe(1);
    for (const spy of silent) spy.mockRestore();
    expect(accepted).toEqual([]);
  });
});
