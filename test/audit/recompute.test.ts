import { expect, it } from "vitest";
import { sha256 } from "../../src/base/bytes.ts";
import { auditLog } from "../../src/audit/recompute.ts";
import type { PublishedLog } from "../../src/ledger/readable-log.ts";
import { signCheckpoint } from "../../src/ledger/checkpoint.ts";
import { encodeLeaf } from "../../src/ledger/leaf.ts";
import { generateLogKey, vkeyOf } from "../../src/ledger/log-key.ts";
import { signerOf } from "../../src/ledger/note.ts";
import { encodeEntryBundle } from "../../src/ledger/tiles.ts";
import { exchangeLeaf, origin } from "../support/ledger-samples.ts";

it("a root that is not the leaves' is named, also where the leaves contradict each other", async () => {
  const key = generateLogKey();
  const leaves = [encodeLeaf(exchangeLeaf({ intent: { log: origin, index: 7 } }))];
  const log: PublishedLog = {
    checkpoint: async () => signCheckpoint(leaves.length, sha256("another root"), signerOf(origin, key)),
    tile: async (level) => (level === "entries" ? encodeEntryBundle(leaves) : undefined),
  };
  const { findings } = await auditLog(log, { vkey: vkeyOf(origin, key) });
  expect(findings.map(({ place, text }) => [place, text.en])).toEqual([
    [{ leaf: 0 }, "Leaf 0 does not point to its own intent"],
    [{ leaf: 0, last: 0 }, "One of the leaves 0 to 0 was changed, or the checkpoint"],
  ]);
});
