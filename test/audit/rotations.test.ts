import { describe, expect, test } from "vitest";
import { uuidv7 } from "../../src/base/uuid.ts";
import { audit, type Audit } from "../../src/audit/audit.ts";
import { signHandover } from "../../src/ledger/handover.ts";
import { encodeLeaf } from "../../src/ledger/leaf.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
import { leafHash, treeRoot } from "../../src/ledger/merkle.ts";
import { formatVkey, signerOf, type NoteSigner } from "../../src/ledger/note.ts";
import { origin } from "../support/ledger-samples.ts";
import { exchanges, headOf, logOf, now, receiptOf, signer, vkey } from "./logs.ts";

const [next, third, stranger] = Array.from({ length: 3 }, () => signerOf(origin, generateLogKey())) as [NoteSigner, NoteSigner, NoteSigner];

/** The leaf by which a key hands over after these leaves; `over` is what a forger puts in its place. */
function rotation(leaves: readonly Buffer[], before: NoteSigner, after: NoteSigner, over: object = {}): Buffer {
  const checkpoint = signHandover(leaves.length, treeRoot(Buffer.concat(leaves.map(leafHash))), before, after);
  const change = { key: { before: formatVkey(before), after: formatVkey(after), checkpoint, ...over }, by: "cli:operator" };
  return encodeLeaf({ v: 1, log: origin, type: "control", id: uuidv7(now), at: new Date(now).toISOString(), change });
}

const early = exchanges(300);
const handed = [...early, rotation(early, signer, next)];
const whole = [...handed, ...exchanges(5, 300)];
const look = (leaves: readonly Buffer[], by: NoteSigner, pinned: string, over: object = {}): Promise<Audit> =>
  audit(logOf(leaves, headOf(leaves, by)), { key: { vkey: pinned, pinned: true }, now, ...over });
const place = ({ checks }: Audit, id: string) => checks.find((check) => check.id === id)!.findings.map((finding) => finding.place);

describe("a log whose key changed", () => {
  test.each([
    ["the key before", vkey],
    ["the new key", formatVkey(next)],
  ])("is sound to who pinned %s, with heads and receipts from before and after", async (_, pinned) => {
    const remembered = [headOf(early.slice(0, 7)), headOf(early), headOf(handed, next)].map((note, i) => ({ note, file: `kepala-${i}` }));
    const receipts = {
      held: [
        { receipt: await receiptOf(early, 3), file: "sebelum" },
        { receipt: await receiptOf(whole, 302, headOf(whole, next)), file: "sesudah" },
      ],
      without: [],
    };
    const report = await look(whole, next, pinned, { remembered, receipts });
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe("sound");
    expect(report.checks.find(({ id }) => id === "key")!.said.en).toContain("the log's key changed 1 time");
    expect(report.chronicle.changes.map(({ what }) => what)).toEqual(["log.rotate"]);
  });

  test("at its first leaf, at a border of tiles and twice is followed", async () => {
    const first = [rotation([], signer, next)];
    const filled = [...first, ...exchanges(255)];
    const twice = [...filled, rotation(filled, next, third), ...exchanges(3)];
    expect((await look(twice, third, vkey)).findings).toEqual([]);
  });

  test("is not sound under its old key, nor under a key that never signed it", async () => {
    expect(place(await look(whole, signer, vkey), "key")).toEqual(["checkpoint"]);
    expect(place(await look(whole, next, formatVkey(stranger)), "key")).toEqual(["checkpoint"]);
  });

  test("convicts a head and a receipt that the old key signed after it handed over", async () => {
    const remembered = [{ note: headOf(whole), file: "kepala" }];
    expect(place(await look(whole, next, vkey, { remembered }), "remembered")).toEqual([{ file: "kepala" }]);
    const receipts = { held: [{ receipt: await receiptOf(whole, 302), file: "sesudah" }], without: [] };
    expect(place(await look(whole, next, vkey, { receipts }), "receipts")).toEqual([{ file: "sesudah" }]);
  });
});

describe("a leaf that hands over convicts", () => {
  const note = (leaves: readonly Buffer[], before: NoteSigner, after: NoteSigner): string =>
    signHandover(leaves.length, treeRoot(Buffer.concat(leaves.map(leafHash))), before, after);
  const shorter = early.slice(0, 299);
  const back = [...whole, rotation(whole, next, signer)];
  test.each<[string, readonly Buffer[], number, NoteSigner]>([
    [
      "that a stranger signed in the place of the key before",
      [...early, rotation(early, signer, next, { checkpoint: note(early, stranger, next) })],
      300,
      next,
    ],
    [
      "that names another key than the one that signed",
      [...early, rotation(early, signer, next, { after: formatVkey(stranger) })],
      300,
      next,
    ],
    ["at another place than its size", [...early, rotation(early, signer, next, { checkpoint: note(shorter, signer, next) })], 300, next],
    [
      "over another history",
      [...early, rotation(early, signer, next, { checkpoint: signHandover(300, Buffer.alloc(32), signer, next) })],
      300,
      next,
    ],
    ["from a key that is not the present one", [...whole, rotation(whole, stranger, third)], 306, third],
    ["back to a key that was used", back, 306, signer],
    ["that is no note", [...early, rotation(early, signer, next, { checkpoint: "x" })], 300, next],
  ])("%s", async (_, leaves, at, by) => {
    const report = await look(leaves, by, vkey);
    expect(report.verdict).toBe("unsound");
    expect(place(report, "tree")).toEqual([{ leaf: at }]);
  });
});
