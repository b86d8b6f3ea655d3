import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cell } from "../../bench/measure/cells.ts";
import { nodeFlagsOf } from "../../bench/subjects/flags.ts";
import { generateKeys } from "../../bench/subjects/manifests.ts";
import { measure, prepareCell } from "../../bench/measure/measure.ts";
import { parseStat, parseStatus } from "../../bench/subjects/process-tree.ts";
import { requireReceipt } from "../../bench/measure/receipts.ts";
import { pathOf, recordsOf, sizes } from "../../bench/subjects/records.ts";
import { startSubject, type Subject } from "../../bench/subjects/subject.ts";
import { prepareSubject } from "../../bench/subjects/subjects.ts";
import { patienceMs } from "../support/patience.ts";
import type { PreparedSubject } from "../../bench/subjects/prepared.ts";

describe("what the kernel says of a process", () => {
  it("is read past a name that holds spaces and parentheses", () => {
    expect(parseStat("42 (a) b) (c) S 7 1 1 0 -1 0 0 0 0 0 150 50 0 0 20 0")).toEqual({ parent: 7, cpuSeconds: 2 });
  });

  it("gives the peak of memory in bytes", () => {
    expect(parseStatus("VmPeak:\t 9 kB\nVmHWM:\t    2048 kB\nVmRSS:\t 1024 kB\n", "VmHWM")).toBe(2_097_152);
  });
});

it("takes the flags of Node from the npm script", () => {
  expect(nodeFlagsOf("node --max-semi-space-size=8 --x src/simpul.mjs demo")).toEqual(["--max-semi-space-size=8", "--x"]);
});

describe.runIf(process.platform === "linux")("a cell", () => {
  const directory = mkdtempSync(join(tmpdir(), "simpul-bench-"));
  const keys = generateKeys();
  const cell: Cell = { subject: "simpul", method: "POST", size: 1, alg: "ES256", connections: 2 };
  const running: Subject[] = [];
  let provider: Subject;
  let gateway: PreparedSubject;
  let subject: Subject;

  beforeAll(async () => {
    running.push((provider = await startSubject((await prepareSubject("provider", { directory, upstream: "", keys }))!.command)));
    gateway = (await prepareSubject("simpul", { directory, upstream: provider.origin, keys }))!;
    running.push((subject = await startSubject(gateway.command)));
  });
  afterAll(async () => {
    for (const each of running.reverse()) await each.stop();
    rmSync(directory, { recursive: true });
  });

  it("has answers of exactly the size that it names", async () => {
    for (const size of sizes) {
      const answer = await fetch(provider.origin + pathOf(size));
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(recordsOf(size));
      expect(recordsOf(size)).toHaveLength(size * 1024);
    }
  });

  it("measures exchanges that were judged and notarised, with receipts that hold", async () => {
    const run = await measure(cell, await prepareCell(cell, keys, subject, 0.05), subject, gateway, patienceMs / 1000);
    expect(run.requests).toBe(200);
    expect(run.receipts).toBe(20);
    expect(run.p50Ms).toBeGreaterThan(0);
    expect(run.peakMB).toBeGreaterThan(10);
  });

  it("fails when an answer is not 2xx: a statement that comes again is none", async () => {
    const preparedRequests = await prepareCell(cell, keys, subject, 0.01);
    await measure(cell, preparedRequests, subject, gateway, patienceMs / 1000);
    await expect(measure(cell, preparedRequests, subject, gateway, patienceMs / 1000)).rejects.toThrow(/× 409/);
  });

  it("fails when a receipt is another log's", async () => {
    const { requests, sampled } = await prepareCell(cell, keys, subject, 0.01);
    await measure(cell, { requests, sampled }, subject, gateway, patienceMs / 1000);
    expect(() => requireReceipt(sampled[0]!, gateway.vkey!)).not.toThrow();
    const another = (await prepareSubject("simpul, 1,000 connections", { directory, upstream: provider.origin, keys }))!;
    expect(() => requireReceipt(sampled[0]!, another.vkey!)).toThrow(/does not hold/);
  });
});
