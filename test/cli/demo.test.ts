import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { checkReceipt } from "../../src/verify/check-receipt.ts";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { parseReceipt } from "../../src/ledger/receipt.ts";
import type { ExchangeFile } from "../../src/agent/exchange-file.ts";
import type { RoadSummary } from "../../src/demo/road/journal.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import { claimDemoData } from "../../src/demo/own-data.ts";
import { keepPorts, portsFor } from "../../src/demo/provider-ports.ts";
import { freePort } from "../../src/base/free-port.ts";
import { here } from "../support/here.ts";
import { simpul, startSimpul } from "../support/simpul.ts";

interface Document {
  readonly publicOrigin: string;
  readonly log: { readonly origin: string; readonly vkey: string };
  readonly keys: readonly { readonly kid: string; readonly alg: string; readonly subsystem: string; readonly jwk: object }[];
  readonly exchanges: readonly ExchangeFile[];
  readonly checkpoint: string;
  readonly data: string;
  readonly road: RoadSummary;
}

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "simpul-demo-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const demo = (...more: string[]) => here(["demo", ...more]);
const once5 = async (...more: string[]): Promise<Document> => {
  const { status, stdout, stderr } = await demo("--once", "--json", ...more);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^\{.*\}\n$/);
  return JSON.parse(stdout) as Document;
};

describe("simpul demo --once --json", () => {
  it("prints one document with five exchanges in order, whose receipts hold, and leaves with --keep what an audit accepts", async () => {
    const shown = await once5("--keep");
    expect(Object.keys(shown)).toEqual(["publicOrigin", "log", "keys", "exchanges", "checkpoint", "data", "road"]);
    expect(shown.exchanges.map(({ status, problem, receipt }) => [status, problem, receipt !== null])).toEqual([
      [200, null, true],
      [201, null, true],
      [403, "not-granted", true],
      [400, "digest-mismatch", true],
      [409, "replayed", false],
    ]);
    for (const { id, method, status, statement, requestContent, responseContent, receipt } of shown.exchanges.slice(0, 4)) {
      const facts = {
        vkey: shown.log.vkey,
        exchange: id,
        htm: method,
        status,
        statement: Buffer.from(statement.split(".")[1]!, "base64url"),
        requestContent: Buffer.from(requestContent, "base64url"),
        responseContent: Buffer.from(responseContent, "base64url"),
      };
      expect(checkReceipt(parseReceipt(receipt!)!, facts).filter(({ holds }) => holds === false)).toEqual([]);
    }
    expect(new Set(shown.keys.map(({ alg }) => alg))).toEqual(new Set(["RS256", "PS256", "ES256", "Ed25519"]));
    const audit = await here(["audit", "--data", shown.data, "--vkey", shown.log.vkey]);
    expect(audit.stdout).toContain("Log ini UTUH, sejauh diperiksa; ");
    expect(audit.status).toBe(0);
    rmSync(shown.data, { recursive: true });
  });

  it("goes on with keys and log on the data of an earlier start, and refuses another public origin for them", async () => {
    const data = join(folder, "lanjut");
    const ports = ["--public-port", String(await freePort()), "--control-port", "0"];
    const first = await once5("--data", data, ...ports);
    const second = await once5("--data", data, ...ports);
    expect(second.log).toEqual(first.log);
    expect(second.keys).toEqual(first.keys);
    expect(parseCheckpoint(second.checkpoint)!.size).toBeGreaterThan(parseCheckpoint(first.checkpoint)!.size);
    expect(first.data).toBe(data);
    expect(second.exchanges.map(({ status }) => status)).toEqual(first.exchanges.map(({ status }) => status));
    expect((await here(["audit", "--data", data, "--vkey", first.log.vkey])).status).toBe(0);
    // The road is not walked twice, and does not change its regulation.
    expect(second.road).toEqual(first.road);
    expect(parseCheckpoint(second.checkpoint)!.size - parseCheckpoint(first.checkpoint)!.size).toBeLessThan(10);
    expect(await demo("--once", "--json", "--data", data, ...ports, "--profile", "serang-51-2022")).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("This data has taken the road of muara-enim-52-2022, and what was decided stands") as string,
    });
    const moved = await demo("--once", "--json", "--data", data);
    expect(moved).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("Consumers sign it and every leaf carries it, so it cannot change") as string,
    });
  });
});

it("a road that was broken off goes on where it stood", async () => {
  const args = ["--data", join(folder, "putus"), "--public-port", String(await freePort()), "--control-port", "0"];
  const child = startSimpul(["demo", "--once", ...args], root);
  const ended = once(child, "exit");
  child.stdout!.on("data", (chunk: Buffer) => void (chunk.includes("petugas contoh ditunjuk") && child.kill("SIGKILL")));
  expect(await ended).toEqual([null, "SIGKILL"]);
  const { road, exchanges } = await once5(...args);
  expect(road.instance).toMatchObject({ state: "produksi", unmet: [] });
  expect(road.services.filter(({ state }) => state === "active")).toHaveLength(6);
  expect(road.grants.map(({ state }) => state)).toEqual(["active", "active", "active"]);
  expect(exchanges.map(({ status }) => status)).toEqual([200, 201, 403, 400, 409]);
});

it("simpul demo names the profiles there are when it is asked for another", async () => {
  const { status, stdout, stderr } = await demo("--once", "--profile", "muara-enim");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  for (const id of ["banyuwangi-67-2019", "lubuklinggau-43-2021", "muara-enim-52-2022", "pasuruan-111-2023", "serang-51-2022"])
    expect(stderr).toContain(id);
});

/** A data directory whose providers have these ports; the others any free ones, so that no other run on this machine is in the way. */
function dataWith(name: string, ports: Readonly<Record<string, number>> = {}): string {
  const data = join(folder, name);
  claimDemoData({ data, registry: dataDirectory(data), ledger: dataDirectory(data), evidenceKey: join(data, "evidence.key") });
  keepPorts(join(data, "demo"), new Map(Object.entries(ports).map(([service, port]) => [service, `http://127.0.0.1:${port}`])));
  return data;
}

describe("simpul demo", () => {
  it("says which port of its providers is taken", async () => {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    const data = dataWith("port", { "ID-16.03/GOV/dpmptsp/perizinan/izin/v1": port });
    const { status, stdout, stderr } = await demo("--data", data, "--public-port", String(await freePort()), "--control-port", "0");
    server.close();
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    const lines = stderr.split("\n");
    expect(lines).toEqual([
      expect.stringMatching(`^Port ${port} pada 127.0.0.1 sudah dipakai program lain`),
      expect.stringMatching(`^\\(Port ${port} on 127.0.0.1 is taken by another program.*\\)$`),
      "",
    ]);
  });

  it("has the ports that the committed manifests name unless its data says otherwise", () => {
    for (const [service, port] of Object.entries(portsFor(folder, false))) {
      const subsystem = join(root, "services", ...service.split("/").slice(2, 4), "subsystem.yaml");
      expect({ service, manifest: readFileSync(subsystem, "utf8") }).toMatchObject({
        manifest: expect.stringContaining(`upstream: http://127.0.0.1:${port}\n`) as string,
      });
    }
  });

  it("shows what each exchange proves, prints commands that work as they stand, and ends on Ctrl-C", async () => {
    const data = dataWith("layani");
    const child = startSimpul(["demo", "--data", data, "--public-port", String(await freePort()), "--control-port", "0"], root);
    onTestFinished(() => void child.kill());
    const ended = once(child, "exit");
    let printed = "";
    child.stderr!.on("data", (chunk: Buffer) => void (printed += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      child.stdout!.on("data", (chunk: Buffer) => {
        printed += chunk.toString();
        if (printed.includes("Ctrl-C stops it")) resolve();
      });
      void ended.then(() => reject(new Error(printed)));
    });
    for (const line of [
      "✓ HTTP 200 · tanda terima sah",
      "✓ HTTP 201 · tanda terima sah",
      "✗ HTTP 403 not-granted · tanda terima sah",
      "✗ HTTP 400 digest-mismatch · tanda terima sah",
      "✗ HTTP 409 replayed · tanpa tanda terima baru",
      "(Why was the first call allowed?)",
      "muara-enim-52-2022",
    ])
      expect(printed).toContain(line);

    const commands = printed
      .replaceAll("\\\n", " ")
      .split("\n")
      .flatMap((line) => /^ {2}\S*\/simpul (.*)$/.exec(line)?.[1] ?? []);
    const verbs: string[] = [];
    for (const command of commands) {
      const [typed, redirect] = command.split(" > ");
      const words = typed!.match(/'[^']*'|\S+/g)!.map((word) => word.replace(/^'(.*)'$/, "$1"));
      verbs.push(words[0]!);
      const done = await simpul(words, { cwd: folder });
      expect(done).toMatchObject({ status: 0, stderr: "" });
      if (redirect !== undefined) writeFileSync(join(folder, redirect), done.stdout);
    }
    expect(verbs).toEqual(["call", "verify", "why", "why", "service", "evidence", "verify", "audit"]);
    expect(readFileSync(join(folder, "pertukaran.json"), "utf8")).toContain('"status": 200');
    child.kill("SIGINT");
    expect(await ended).toEqual([0, null]);
    expect(printed.trimEnd().split("\n").at(-1)).toMatch(/^Berhenti\. .*layani.*\(Stopped\. .*\)$/);
    expect(existsSync(join(dirname(data), "layani", "ledger.sqlite"))).toBe(true);
  });
});
