import { describe, expect, test } from "vitest";
import { uuidv7 } from "../../src/base/uuid.ts";
import { audit } from "../../src/audit/audit.ts";
import type { AuditCheck } from "../../src/audit/check.ts";
import type { SealedRecordIndex } from "../../src/audit/sealed-records.ts";
import type { RetentionBucket } from "../../src/ledger/sealed/retention-bucket.ts";
import { sha256 } from "../../src/base/bytes.ts";
import type { SealedRecord } from "../../src/ledger/sealed/sealed-record.ts";
import type { Destruction } from "../../src/audit/change.ts";
import type { RecordsDestroyed } from "../../src/ledger/control-change.ts";
import { LedgerFault } from "../../src/ledger/fault.ts";
import type { ControlLeaf, ExchangeLeaf, Leaf } from "../../src/ledger/leaf.ts";
import { exchangeLeaf, origin } from "../support/ledger-samples.ts";
import { encoded, key, logOf, now } from "./logs.ts";

const destroyed = (bucket: string, from: number, to: number, at = "2026-11-22T00:00:00.000Z"): ControlLeaf => ({
  ...{ v: 1, log: origin, type: "control", id: uuidv7(now), at },
  change: { evidence: { destroyed: bucket, leaves: { from, to } }, by: "retention" },
});
const of = (month: string): Leaf => exchangeLeaf({ at: `${month}-10T00:00:00.000Z` });

/** A directory that says of each leaf in which bucket its evidence is, and lists buckets one way before the audit and another way after. */
function directory(buckets: readonly (string | undefined)[], before: readonly RetentionBucket[] = [], after = before): SealedRecordIndex {
  let asked = 0;
  return { buckets: async () => (asked++ === 0 ? before : after), evidenceBuckets: async (begin, end) => buckets.slice(begin, end) };
}

async function check(leaves: readonly Leaf[], evidence: SealedRecordIndex): Promise<AuditCheck> {
  const report = await audit(logOf(encoded(...leaves)), { key, now, evidence });
  const found = report.checks.find(({ id }) => id === "evidence")!;
  expect(report.verdict).toBe(found.holds === true ? "sound" : "unsound");
  return found;
}

describe("evidence beside the leaves", () => {
  test("is there for every exchange, or a control leaf destroyed its bucket", async () => {
    const leaves = [of("2021-10"), of("2021-10"), of("2021-11"), destroyed("2021-10/60", 0, 1)];
    const { holds, said } = await check(leaves, directory([undefined, "2021-10/120", "2021-11/60", undefined]));
    expect(holds).toBe(true);
    expect(said.en).toBe("2 of 3 exchange leaves have evidence, that of 1 was destroyed by a control leaf, 0 lack it unexplained");
  });

  test("is not due for control leaves and gathered refusals", async () => {
    const gathered: Leaf = {
      v: 1,
      log: origin,
      type: "refusal",
      id: uuidv7(now),
      at: "2026-11-10T00:00:00.000Z",
      consumer: "a",
      since: "2026-11-10T00:00:00.000Z",
      counts: { "rate-limited": 5 },
    };
    expect(await check([destroyed("2021-10/60", 0, 0), gathered], directory([undefined, undefined]))).toMatchObject({ holds: true });
  });

  test("that is gone unexplained convicts, leaf by leaf in runs", async () => {
    const leaves = [of("2026-11"), of("2026-11"), of("2026-11"), of("2026-11"), of("2026-11")];
    const { findings, said } = await check(leaves, directory([undefined, undefined, "2026-11/60", undefined, "2026-11/60"]));
    expect(findings.map(({ place }) => place)).toEqual([{ leaf: 0, last: 1 }, { leaf: 3 }]);
    expect(said.en).toContain("3 lack it unexplained");
  });

  test.each([
    ["of another month", destroyed("2021-09/60", 0, 1)],
    ["of other leaves", destroyed("2021-10/60", 1, 1)],
    ["that names no bucket", destroyed("semua", 0, 1)],
  ])("that is gone is not explained by a destruction %s", async (_, control) => {
    const { findings } = await check([of("2021-10"), of("2021-10"), control], directory([undefined, "2021-10/120", undefined]));
    expect(findings.map(({ place }) => place)).toEqual([{ leaf: 0 }]);
  });

  test("that a control leaf says was destroyed, and that is still there, convicts", async () => {
    const { findings } = await check(
      [of("2021-10"), destroyed("2021-10/60", 0, 0), of("2021-10")],
      directory(["2021-10/60", undefined, "2021-10/60"]),
    );
    expect(findings).toMatchObject([
      { place: { leaf: 0 }, text: { en: "Leaf 1 says that the evidence 2021-10/60 was destroyed, but that of this leaf is still there" } },
    ]);
  });

  test("that was destroyed before its retention was over convicts", async () => {
    const early = destroyed("2021-10/60", 0, 0, "2026-10-31T23:59:59.999Z");
    expect((await check([of("2021-10"), early], directory([undefined, undefined]))).findings).toMatchObject([{ place: { leaf: 1 } }]);
    const due = destroyed("2021-10/60", 0, 0, "2026-11-01T00:00:00.000Z");
    expect((await check([of("2021-10"), due], directory([undefined, undefined]))).holds).toBe(true);
  });

  test("of a bucket that ended while the audit ran is left out of it", async () => {
    const bucket = { bucket: "2021-10/60", leaves: { from: 0, to: 0 } };
    expect((await check([of("2021-10")], directory([undefined], [bucket], []))).holds).toBe(true);
    expect((await check([of("2021-10")], directory([undefined], [bucket], [bucket]))).holds).toBe(false);
  });

  describe("of a closed log", () => {
    const later = (of: string, bucket = "2021-10/60"): Destruction => ({
      bucket,
      leaves: { from: 0, to: 0 },
      of,
      by: { log: "gw.example/log/later", leaf: 7 },
    });
    const checkWith = async (destroyedLater: readonly Destruction[], buckets: readonly (string | undefined)[]): Promise<AuditCheck> => {
      const report = await audit(logOf(encoded(of("2021-10"))), { key, now, evidence: directory(buckets), destroyedLater });
      return report.checks.find(({ id }) => id === "evidence")!;
    };

    test("is explained by a leaf of a log that goes on from it, and by none of another log", async () => {
      expect(await checkWith([later(origin)], [undefined])).toMatchObject({
        holds: true,
        said: { en: expect.stringContaining("of 1 was") as string },
      });
      expect((await checkWith([later("gw.example/log/other")], [undefined])).holds).toBe(false);
      expect((await checkWith([later(origin, "2021-09/60")], [undefined])).holds).toBe(false);
    });

    test("that the later log says was destroyed, and that is still there, convicts by that leaf", async () => {
      const { findings } = await checkWith([later(origin)], ["2021-10/60"]);
      expect(findings.map(({ text }) => text.en)).toEqual([
        "Leaf 7 of gw.example/log/later says that the evidence 2021-10/60 was destroyed, but that of this leaf is still there",
      ]);
    });

    test("is told to the audit of that log, and explains nothing in the log of the leaf", async () => {
      const told: Destruction[] = [];
      const leaf = destroyed("2021-10/60", 0, 0);
      const change = { evidence: { ...(leaf.change as RecordsDestroyed).evidence, log: "gw.example/log/closed" }, by: "retention" };
      const elsewhere: ControlLeaf = { ...leaf, change };
      const log = logOf(encoded(of("2021-10"), elsewhere));
      const evidence = directory([undefined, undefined]);
      const report = await audit(log, { key, now, evidence, onDestroyedElsewhere: (destruction) => told.push(destruction) });
      expect(report.checks.find(({ id }) => id === "evidence")!.findings.map(({ place }) => place)).toEqual([{ leaf: 0 }]);
      expect(told).toEqual([{ ...later("gw.example/log/closed"), by: { log: origin, leaf: 1 } }]);
      const early: ControlLeaf = { ...elsewhere, at: "2026-10-31T23:59:59.999Z" };
      expect((await check([early], directory([undefined]))).findings).toMatchObject([{ place: { leaf: 0 } }]);
    });
  });

  test("is looked for in a log longer than one reading", async () => {
    const leaves = Array.from({ length: 5000 }, () => of("2026-11"));
    const buckets = leaves.map((_, i) => (i === 4500 ? undefined : "2026-11/60"));
    expect((await check(leaves, directory(buckets))).findings.map(({ place }) => place)).toEqual([{ leaf: 4500 }]);
  });
});

describe("evidence that is opened", () => {
  const claims = Buffer.from("{}");
  const jws = (payload: Buffer): string => `e30.${payload.toString("base64url")}.AAAA`;
  const hash = sha256(claims).toString("base64url");
  const delivered = { status: 200, commit: hash, bytes: 2 };
  const leaf = exchangeLeaf({
    request: { ...exchangeLeaf().request, statement: hash },
    response: { provider: { ...delivered, statement: hash }, delivered },
  });
  const inBatch = exchangeLeaf({ request: { ...exchangeLeaf().request, batch: hash } });

  test.each<[string, ExchangeLeaf, SealedRecord, number]>([
    ["fits when the claims of what was signed hash to what the leaf records", leaf, { statement: jws(claims), response: jws(claims) }, 0],
    ["fits when only a part is kept", leaf, {}, 0],
    ["fits when it is the batch of the leaf's statement", inBatch, { statement: jws(claims) }, 0],
    ["convicts when the statement is another one", leaf, { statement: jws(Buffer.from("{ }")) }, 1],
    ["convicts when the provider's signature is another one", leaf, { statement: jws(claims), response: jws(Buffer.from("{ }")) }, 1],
    ["convicts when there is a provider's signature that the leaf does not record", inBatch, { response: jws(claims) }, 1],
    ["convicts when the statement is no JWS", leaf, { statement: "x" }, 1],
  ])("%s", async (_, recorded, kept, wrong) => {
    const leaves = [...Array.from({ length: 300 }, () => of("2026-11")), recorded];
    const log = logOf(encoded(...leaves));
    const evidence = directory(leaves.map((_, i) => (i === 300 ? "2025-06/60" : "2026-11/60")));
    const openable = { tile: log.tile, sealedRecord: async (index: number) => ({ months: 60, ...(index === 300 ? kept : {}) }) };
    const report = await audit(log, { key, now, evidence, openable });
    expect(report.checks.find(({ id }) => id === "evidence")!.findings.map(({ place }) => place)).toEqual(
      wrong === 0 ? [] : [{ leaf: 300 }],
    );
  });

  test("that does not open convicts by the words of the fault, and what is no fault of the log's is thrown", async () => {
    const log = logOf(encoded(leaf));
    const look = (fault: Error) =>
      audit(log, {
        key,
        now,
        evidence: directory(["2025-06/60"]),
        openable: { tile: log.tile, sealedRecord: () => Promise.reject(fault) },
      });
    const report = await look(new LedgerFault({ id: "tidak terbuka", en: "does not open" }));
    expect(report.checks.find(({ id }) => id === "evidence")!.findings).toEqual([
      { place: { leaf: 0 }, text: { id: "tidak terbuka", en: "does not open" } },
    ]);
    await expect(look(new TypeError("salah"))).rejects.toThrow("salah");
  });
});
