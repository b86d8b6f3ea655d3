import { describe, expect, test } from "vitest";
import { audit, type Audit, type AuditInputs } from "../../src/audit/audit.ts";
import type { AuditCheck } from "../../src/audit/check.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
import { signerOf } from "../../src/ledger/note.ts";
import { origin } from "../support/ledger-samples.ts";
import { exchanges, headOf, key, logOf, now, receiptOf, vkey } from "./logs.ts";

const leaves = exchanges(700);
const rewritten = [...leaves.slice(0, 400), ...exchanges(400, 400)];

const look = (log = logOf(leaves), means: Partial<AuditInputs> = {}): Promise<Audit> => audit(log, { key, now, ...means });
const checkOf = ({ checks }: Audit, id: AuditCheck["id"]): AuditCheck => checks.find((check) => check.id === id)!;
const places = (report: Audit, id: AuditCheck["id"]): unknown[] => checkOf(report, id).findings.map(({ place }) => place);
const heads = (...notes: readonly string[]) => notes.map((note, i) => ({ note, file: `kepala-${i + 1}` }));

describe("the verdict on a log", () => {
  test("is sound under a pinned key, with what was not checked said", async () => {
    const report = await look();
    expect(report).toMatchObject({
      v: 1,
      type: "simpul-audit",
      origin,
      size: 700,
      verdict: "sound",
      key: "pinned",
      counts: { outcome: 700 },
    });
    expect(report.checks.map(({ id, holds }) => [id, holds])).toEqual([
      ["key", true],
      ["tree", true],
      ["remembered", "not-checked"],
      ["receipts", "not-checked"],
      ["evidence", "not-checked"],
      ["metrics", "not-checked"],
    ]);
  });

  test("is sound under the key beside the log, and says whose copy that is", async () => {
    const report = await look(logOf(leaves), { key: { vkey, pinned: false } });
    expect(report).toMatchObject({ verdict: "sound", key: "beside" });
    expect(checkOf(report, "key").said.en).toContain("not against the operator");
  });

  test("is that nobody vouches for it, without a key", async () => {
    expect(await audit(logOf(leaves), { now })).toMatchObject({ verdict: "unvouched", key: "none" });
  });

  test("is unsound under another key", async () => {
    const report = await look(logOf(leaves, headOf(leaves, signerOf(origin, generateLogKey()))));
    expect(report.verdict).toBe("unsound");
    expect(places(report, "key")).toEqual(["checkpoint"]);
  });

  test("is unsound when a leaf was changed without the key", async () => {
    const changed = leaves.with(300, exchanges(1)[0]!);
    const report = await look({
      ...logOf(leaves),
      tile: async (level, n, width) => logOf(level === "entries" ? changed : leaves).tile(level, n, width),
    });
    expect(report.verdict).toBe("unsound");
    expect(places(report, "tree")).toEqual([{ leaf: 300 }]);
  });
});

describe("the recomputation of a log", () => {
  test("names a partial tile above the leaves that is published wrong", async () => {
    const log = logOf(leaves);
    const report = await look({
      ...log,
      tile: async (level, n, width) => (level === 1 ? Buffer.alloc(32 * width, 7) : log.tile(level, n, width)),
    });
    expect(places(report, "tree")).toEqual([{ level: 1, tile: 0 }]);
  });

  test("looks no further after a hundred findings, and says how far it came", async () => {
    const report = await look(logOf(leaves.map((_, i) => Buffer.from(String(i)))));
    expect(checkOf(report, "tree")).toMatchObject({ holds: false, said: { en: "256 of 700 leaves" } });
  });
});

describe("a remembered checkpoint", () => {
  test.each([[[0]], [[1]], [[255, 256, 257]], [[400, 512, 699, 700]], [[300, 10, 300]]])(
    "of sizes %j is found again in the log that grew from it",
    async (sizes) => {
      const report = await look(logOf(leaves), { remembered: heads(...sizes.map((size) => headOf(leaves.slice(0, size)))) });
      expect(checkOf(report, "remembered")).toMatchObject({
        holds: true,
        findings: [],
        said: { en: `${sizes.length} of ${sizes.length} checkpoints compared with a log of 700` },
      });
    },
  );

  test("convicts a history that was replaced and signed again, between the last head that fits and the first that does not", async () => {
    const remembered = heads(...[600, 100, 350, 500].map((size) => headOf(leaves.slice(0, size))));
    const report = await look(logOf(rewritten), { remembered });
    expect(checkOf(report, "tree").holds).toBe(true);
    expect(report.verdict).toBe("unsound");
    expect(checkOf(report, "remembered").findings).toMatchObject([
      { place: { leaf: 350, last: 499 }, notes: [headOf(leaves.slice(0, 500)), headOf(rewritten)] },
    ]);
  });

  test("convicts a log that got shorter, and says which leaves are gone", async () => {
    const report = await look(logOf(leaves.slice(0, 640)), { remembered: heads(headOf(leaves.slice(0, 650)), headOf(leaves)) });
    expect(places(report, "remembered")).toEqual([{ leaf: 640, last: 699 }]);
    expect(checkOf(report, "remembered").findings[0]!.text.en).toContain("700 leaves in the checkpoint in kepala-2, now 640");
  });

  test("convicts a log that has two heads of one size, one of them the newest, and gives both as evidence", async () => {
    const other = rewritten.slice(0, 700);
    const report = await look(logOf(other), { remembered: heads(headOf(leaves.slice(0, 399)), headOf(leaves)) });
    expect(checkOf(report, "remembered").findings).toMatchObject([
      { place: { leaf: 399, last: 699 }, notes: [headOf(leaves), headOf(other)] },
    ]);
  });

  test("convicts a log that showed two heads of one size to two readers, even where one of them fits", async () => {
    const remembered = heads(headOf(leaves.slice(0, 500)), headOf(rewritten.slice(0, 500)), headOf(leaves.slice(0, 600)));
    expect(places(await look(logOf(leaves), { remembered }), "remembered")).toEqual([{ leaf: 0, last: 499 }]);
  });

  test("convicts each of two replacements by itself", async () => {
    const twice = [...rewritten.slice(0, 600), ...exchanges(200, 600)];
    const remembered = heads(headOf(leaves.slice(0, 450)), headOf(twice.slice(0, 500)), headOf(rewritten.slice(0, 650)));
    expect(places(await look(logOf(twice), { remembered }), "remembered")).toEqual([
      { leaf: 0, last: 449 },
      { leaf: 500, last: 649 },
    ]);
  });

  test("that the log's key did not sign is a finding about its file, not about the log", async () => {
    const report = await look(logOf(leaves), {
      remembered: heads(headOf(leaves.slice(0, 5), signerOf(origin, generateLogKey())), "teks\n\n— x AAAAAAA=\n"),
    });
    expect(places(report, "remembered")).toEqual([{ file: "kepala-1" }, { file: "kepala-2" }]);
  });

  test("of another log is passed over", async () => {
    const report = await look(logOf(leaves), { remembered: heads(headOf(leaves, signerOf("gw.example/log/b", generateLogKey()))) });
    expect(checkOf(report, "remembered")).toMatchObject({
      holds: true,
      said: { en: "0 of 0 checkpoints compared with a log of 700, 1 of other logs" },
    });
  });
});

describe("a receipt that somebody kept", () => {
  const held = async (index: number, of = leaves.slice(0, 650)) => ({
    held: [{ receipt: await receiptOf(of, index), file: "tanda-terima" }],
    without: [],
  });

  test("is found again in the log that grew from it", async () => {
    const report = await look(logOf(leaves), { receipts: await held(500) });
    expect(checkOf(report, "receipts")).toMatchObject({ holds: true, said: { en: "1 of 1 receipts compared with their leaves" } });
    expect(checkOf(report, "remembered").holds).toBe("not-checked");
  });

  test("convicts a leaf that was replaced under the log's own key, and by its checkpoint the history", async () => {
    const report = await look(logOf(rewritten), { receipts: await held(500) });
    expect(places(report, "receipts")).toEqual([{ leaf: 500 }]);
    expect(places(report, "remembered")).toEqual([{ leaf: 0, last: 649 }]);
    expect(checkOf(report, "receipts").findings[0]!.text.en).toBe("Leaf 500 is not the one in the receipt tanda-terima");
  });

  test("convicts a history that was replaced anywhere before its checkpoint, though its own leaf stands", async () => {
    const report = await look(logOf(rewritten), { receipts: await held(10) });
    expect(places(report, "receipts")).toEqual([]);
    expect(places(report, "remembered")).toEqual([{ leaf: 0, last: 649 }]);
  });

  test("convicts a log whose end was cut off with its leaf", async () => {
    const report = await look(logOf(leaves.slice(0, 600)), { receipts: await held(640) });
    expect(places(report, "receipts")).toEqual([{ leaf: 640 }]);
    expect(places(report, "remembered")).toEqual([{ leaf: 600, last: 649 }]);
  });

  test("that does not verify is a finding about its file, and its checkpoint counts for nothing", async () => {
    const forged = headOf(rewritten.slice(0, 650), signerOf(origin, generateLogKey()));
    const report = await look(logOf(leaves), {
      receipts: { held: [{ receipt: await receiptOf(rewritten.slice(0, 650), 10, forged), file: "palsu" }], without: ["kosong.txt"] },
    });
    expect(places(report, "receipts")).toEqual([{ file: "palsu" }]);
    expect(checkOf(report, "receipts").said.en).toContain("without a receipt: kosong.txt");
    expect(checkOf(report, "remembered").findings).toEqual([]);
  });

  test("of another exchange than its holder's is a finding about its file", async () => {
    const receipts = {
      held: [{ receipt: await receiptOf(leaves, 10), facts: { consumer: "ID-16.03/GOV/rsud/simrs" }, file: "milik-lain" }],
      without: [],
    };
    expect(places(await look(logOf(leaves), { receipts }), "receipts")).toEqual([{ file: "milik-lain" }]);
  });
});

describe("the metrics of the gateway that writes the log", () => {
  const metrics = (delivered: number, size = 700, more = ""): string =>
    `# HELP x y\nprocess_start_time_seconds ${now / 1000 + 99.5}\nsimpul_outcomes_total{code="delivered"} ` +
    `${delivered}\nsimpul_ledger_size ${size}\n${more}`;

  test("agree with a log that holds what was delivered since they began, or more", async () => {
    for (const delivered of [600, 590])
      expect(checkOf(await look(logOf(leaves), { metrics: metrics(delivered) }), "metrics").holds).toBe(true);
    const said = checkOf(
      await look(logOf(leaves), { metrics: metrics(600, 700, 'simpul_outcomes_total{code="key-unknown"} 3\n') }),
      "metrics",
    ).said.en;
    expect(said).toContain("delivered 600/600, key-unknown 3/0");
  });

  test("convict a log that lacks something that was delivered", async () => {
    const report = await look(logOf(leaves), { metrics: metrics(601) });
    expect(report.verdict).toBe("unsound");
    expect(places(report, "metrics")).toEqual(["checkpoint"]);
  });

  test("convict a log that is shorter than the gateway left it", async () => {
    expect(places(await look(logOf(leaves), { metrics: metrics(600, 705) }), "metrics")).toEqual([{ leaf: 700, last: 704 }]);
  });

  test("of something else are refused", async () => {
    expect(checkOf(await look(logOf(leaves), { metrics: "go_goroutines 7\n" }), "metrics").holds).toBe(false);
  });
});
