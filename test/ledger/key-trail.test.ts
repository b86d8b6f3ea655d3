import { describe, expect, test } from "vitest";
import { signCheckpoint } from "../../src/ledger/checkpoint.ts";
import { parseHandover, signHandover } from "../../src/ledger/handover.ts";
import { followHandovers, isCheckpointOf, isSealOf, trailInList, type KeyTrail } from "../../src/ledger/key-trail.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
import { cosignNote, formatVkey, signerOf, signNote, type NoteSigner } from "../../src/ledger/note.ts";

const origin = "gw.example/log/a";
const [first, second, third, stranger] = Array.from({ length: 4 }, () => signerOf(origin, generateLogKey())) as [
  NoteSigner,
  NoteSigner,
  NoteSigner,
  NoteSigner,
];
const root = Buffer.alloc(32, 7);
const head = (size: number, by: NoteSigner): string => signCheckpoint(size, root, by);
const chain = [signHandover(5, root, first, second), signHandover(9, root, second, third)];
const follow = (pinned: NoteSigner, notes: readonly string[]): KeyTrail => {
  const trail = followHandovers(formatVkey(pinned), notes);
  if ("fault" in trail) throw new Error(trail.fault.en);
  return trail;
};

describe("handovers lead from any key of a log to all others", () => {
  test.each([
    ["the first", first],
    ["one between", second],
    ["the last", third],
  ])("from %s", (_, pinned) => {
    const trail = follow(pinned, chain);
    for (const [size, by] of [
      [0, first],
      [5, first],
      [6, second],
      [9, second],
      [10, third],
      [10_000, third],
    ] as const) {
      const others = [first, second, third, stranger].filter((key) => key !== by);
      expect([size, isCheckpointOf(trail, head(size, by)), others.map((key) => isCheckpointOf(trail, head(size, key)))]).toEqual([
        size,
        true,
        [false, false, false],
      ]);
    }
    for (const note of chain) expect(isCheckpointOf(trail, note)).toBe(true);
    expect(isCheckpointOf(trail, signCheckpoint(3, root, signerOf("gw.example/log/b", first.privateKey)))).toBe(false);
  });

  test("and a key that was rotated out seals nothing about a later checkpoint, while a later key seals what is older", () => {
    const trail = follow(first, chain);
    const sealOf = (by: NoteSigner): string => signNote("simpul.id/evidence/v1\n", by);
    expect([first, second, third].map((by) => isSealOf(trail, sealOf(by), 5))).toEqual([true, true, true]);
    expect([first, second, third].map((by) => isSealOf(trail, sealOf(by), 6))).toEqual([false, true, true]);
    expect([first, second, third].map((by) => isSealOf(trail, sealOf(by), 10))).toEqual([false, false, true]);
  });

  test("a closed log's bundles are sealed by the keys to which the log after it went on", () => {
    const [before, after] = [second, third].map(({ privateKey }) => signerOf("gw.example/log/b", privateKey)) as [NoteSigner, NoteSigner];
    const trail = follow(first, [chain[0]!, signHandover(3, root, before, after)]);
    expect(isSealOf(trail, signNote("a\n", third), 9)).toBe(true);
    expect(isCheckpointOf(trail, head(9, third))).toBe(false);
    expect(isSealOf(follow(first, chain.slice(0, 1)), signNote("a\n", third), 9)).toBe(false);
  });
});

describe("a handover is refused", () => {
  const text = chain[0]!.slice(0, chain[0]!.lastIndexOf("\n\n") + 1);
  test.each<[string, string]>([
    ["that only the key before signed", signNote(text, first)],
    ["that only the new key signed", signNote(text, second)],
    ["that a stranger signed for the key before", cosignNote(signNote(text, stranger), second)],
    ["whose size was changed", chain[0]!.replace("\n5\n", "\n6\n")],
    ["of a key to itself", signHandover(5, root, first, first)],
    ["that names a key of another log", signHandover(5, root, first, signerOf("gw.example/log/b", second.privateKey))],
    ["that names no keys", head(5, first)],
    ["with more lines", cosignNote(signNote(`${text}more\n`, first), second)],
    ["that is no note", "key a b\n"],
  ])("%s", (_, note) => {
    expect(parseHandover(note)).toBeUndefined();
    expect(followHandovers(formatVkey(first), [note])).toHaveProperty("fault");
  });

  test.each<[string, readonly string[], RegExp]>([
    ["in another order", [chain[1]!, chain[0]!], /does not go on/],
    ["that is missing in between", [chain[0]!, signHandover(12, root, third, stranger)], /does not go on/],
    ["twice at one size", [chain[0]!, signHandover(5, root, second, third)], /does not go on/],
    ["back to a key that was used", [...chain, signHandover(12, root, third, first)], /used before/],
    ["of keys of which none is pinned", [signHandover(5, root, second, third)], /do not have the key/],
  ])("%s", (_, notes, told) => {
    const followed = followHandovers(formatVkey(first), notes);
    expect("fault" in followed ? followed.fault.en : "").toMatch(told);
  });

  test("that a forger appends convicts the file, not only itself", () => {
    const forged = signHandover(7, root, stranger, third);
    expect(followHandovers(formatVkey(first), [chain[0]!, forged])).toHaveProperty("fault");
  });
});

test("a list of logs has the keys with their last sizes, and what the last key signed beyond a closed log's end is still its own", () => {
  const at = "2026-01-05T00:00:00.000Z";
  const row = (by: NoteSigner, lastSize?: number) => ({
    origin: by.name,
    vkey: formatVkey(by),
    from: at,
    ...(lastSize !== undefined && { lastSize }),
  });
  const next = signerOf("gw.example/log/b", third.privateKey);
  const trail = trailInList(origin, [row(first, 5), row(second, 9), row(next)])!;
  expect([head(5, first), head(6, first), head(6, second), head(11, second)].map((note) => isCheckpointOf(trail, note))).toEqual([
    true,
    false,
    true,
    true,
  ]);
  expect(isSealOf(trail, signNote("a\n", third), 9)).toBe(true);
  expect(trailInList("gw.example/log/c", [row(first)])).toBeUndefined();
});
