import { randomBytes, type KeyObject } from "node:crypto";
import { afterEach, describe, expect, test } from "vitest";
import type { Clock } from "../../src/base/clock.ts";
import { nextTurn } from "../../src/base/next-turn.ts";
import { Problem } from "../../src/base/problem.ts";
import { uuidv7 } from "../../src/base/uuid.ts";
import { auditLog } from "../../src/audit/recompute.ts";
import type { LedgerLimits } from "../../src/ledger/append.ts";
import { parseCheckpoint, verifyCheckpoint } from "../../src/ledger/checkpoint.ts";
import { LedgerFault } from "../../src/ledger/fault.ts";
import type { MasterKeys } from "../../src/ledger/sealed/master-key.ts";
import type { RetainedRecord } from "../../src/ledger/sealed/sealed-record.ts";
import type { Appended, Ledger, LedgerEntry } from "../../src/ledger/ledger.ts";
import { generateLogKey, vkeyOf } from "../../src/ledger/log-key.ts";
import { leafHash, treeRoot, verifyConsistency, verifyInclusion } from "../../src/ledger/merkle.ts";
import { followHandovers, isCheckpointOf, type KeyTrail } from "../../src/ledger/key-trail.ts";
import { formatVkey, parseVkey } from "../../src/ledger/note.ts";
import { proveConsistency } from "../../src/ledger/proofs.ts";
import { decodeEntryBundle } from "../../src/ledger/tiles.ts";
import { control, entryOf, evidenceKeys, exchangeLeaf, jws, origin, outcome, outcomes } from "../support/ledger-samples.ts";
import { eventually } from "../support/patience.ts";

/** How a test opens a log. Where it is kept, and by what, is the adapter's. */
interface LedgerSettings extends LedgerLimits {
  readonly logKey: KeyObject;
  readonly nextLogKey?: KeyObject;
  readonly origin: string;
  readonly clock: Clock;
  readonly evidenceKeys?: MasterKeys;
}

/** A place for one log of the adapter under test. A test opens it as often as it wants; it is removed at the test's end. */
export interface LedgerPlace {
  open(settings: LedgerSettings): Promise<Ledger>;
  remove(): Promise<void> | void;
}

/** What every ledger promises, whatever it is kept in and whichever thread keeps it. The titles quote `Ledger`. */
export function ledgerContract(name: string, makePlace: () => LedgerPlace): void {
  const logKey = generateLogKey();
  const vkey = vkeyOf(origin, logKey);
  const undo: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  const newPlace = (): LedgerPlace => {
    const place = makePlace();
    undo.push(() => place.remove());
    return place;
  };
  const openIn = async (place: LedgerPlace, more: Partial<LedgerSettings> = {}): Promise<Ledger> => {
    const ledger = await place.open({ logKey, origin, clock: () => 1_750_000_000_000, ...more });
    undo.push(() => ledger.close());
    return ledger;
  };
  const isProof = (leaf: Buffer, { index, proof, checkpoint }: Appended): boolean => {
    const { size, root } = parseCheckpoint(checkpoint)!;
    return verifyCheckpoint(checkpoint, parseVkey(vkey)!) && verifyInclusion(leafHash(leaf), index, size, proof, root);
  };

  /** The keys that the leaves of a ledger lead to. */
  const trailOfLedger = async (ledger: Ledger): Promise<KeyTrail> => {
    const { findings, handovers } = await auditLog({ checkpoint: async () => ledger.checkpoint(), tile: ledger.tile });
    expect(findings).toEqual([]);
    const trail = followHandovers(
      vkey,
      handovers.map(({ note }) => note),
    );
    if ("fault" in trail) throw new Error(trail.fault.en);
    return trail;
  };

  describe(name, () => {
    test("begins with a signed head of no leaves, and keeps the time of its beginning", async () => {
      const place = newPlace();
      const ledger = await openIn(place);
      expect(parseCheckpoint(ledger.checkpoint())).toMatchObject({ origin, size: 0 });
      expect(ledger.vkey).toBe(vkey);
      await ledger.close();
      const again = await openIn(place, { clock: () => 1_760_000_000_000 });
      expect(again.createdAt).toBe(1_750_000_000_000);
    });

    test("gives every entry its index, and a proof that leads to a signed head that covers it", async () => {
      const ledger = await openIn(newPlace());
      const entries = outcomes(300);
      const appended = await Promise.all(entries.map((entry) => ledger.append(entry)));
      expect(appended.map(({ index }) => index)).toEqual(entries.map((_, i) => i));
      entries.forEach(({ leaf }, i) => expect(isProof(leaf, appended[i]!)).toBe(true));
      expect(ledger.checkpoint()).toBe(appended.at(-1)!.checkpoint);
    });

    test("entries that are queued while a commit runs share the next one", async () => {
      const commits: number[] = [];
      const ledger = await openIn(newPlace(), { maxBatch: 20 });
      ledger.listen({ committed: ({ leaves }) => commits.push(leaves) });
      const first = ledger.append(outcome());
      await eventually(() => ledger.queued() === 0);
      const rest = outcomes(50).map((entry) => ledger.append(entry));
      expect(ledger.queued()).toBeGreaterThanOrEqual(50);
      await Promise.all([first, ...rest]);
      expect(commits.at(-1)).toBe(10);
      expect(commits.filter((leaves) => leaves > 20)).toEqual([]);
      expect(commits.reduce((sum, leaves) => sum + leaves)).toBe(51);
    });

    test("refuses with ledger-unavailable what the queue has no room for, and commits the rest", async () => {
      const ledger = await openIn(newPlace(), { maxQueued: 4 });
      const settled = await Promise.allSettled(outcomes(6).map((entry) => ledger.append(entry)));
      expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "fulfilled", "rejected", "rejected"]);
      expect(settled.at(-1)).toMatchObject({ reason: { code: "ledger-unavailable" } });
      expect(parseCheckpoint(ledger.checkpoint())?.size).toBe(4);
    });

    test("takes neither a leaf that is too long nor an id that is none, and goes on", async () => {
      const ledger = await openIn(newPlace());
      await expect(ledger.append({ ...outcome(), leaf: Buffer.alloc(65_536) })).rejects.toThrow(RangeError);
      await expect(ledger.append({ ...outcome(), id: "satu" })).rejects.toThrow(TypeError);
      expect((await ledger.append({ ...outcome(), leaf: Buffer.alloc(65_535, 0x20) })).index).toBe(0);
    });

    test("commits what is queued when it closes, and takes nothing after", async () => {
      const place = newPlace();
      const ledger = await openIn(place);
      const appended = outcomes(5).map((entry) => ledger.append(entry));
      await ledger.close();
      await expect(Promise.all(appended)).resolves.toHaveLength(5);
      await expect(ledger.append(outcome())).rejects.toThrow(Problem);
      expect(parseCheckpoint((await openIn(place)).checkpoint())?.size).toBe(5);
    });

    test("answers every call at any time, also while others run, each from one head", async () => {
      const ledger = await openIn(newPlace(), { maxBatch: 16, evidenceKeys });
      const entries = outcomes(400);
      await ledger.append(entries[0]!);
      const id = entries[0]!.id;
      const appends = Promise.all(entries.slice(1).map((entry) => ledger.append(entry)));
      let ended = false;
      const writing = appends.finally(() => (ended = true));
      for (let round = 0; round === 0 || !ended; round++) {
        const before = parseCheckpoint(ledger.checkpoint())!.size;
        const [proven, found, tile, bundle, buckets] = await Promise.all([
          ledger.prove(0),
          ledger.findExchange(id),
          ledger.tile(0, 0, 1),
          ledger.tile("entries", 0, Math.min(before, 256)),
          ledger.buckets(),
        ]);
        expect(isProof(entries[0]!.leaf, proven)).toBe(true);
        expect(found).toBeDefined();
        expect(tile).toEqual(leafHash(entries[0]!.leaf));
        expect(decodeEntryBundle(bundle!)).toEqual(entries.slice(0, Math.min(before, 256)).map(({ leaf }) => leaf));
        expect(buckets).toEqual([]);
        await nextTurn();
      }
      expect((await writing).map(({ index }) => index)).toEqual(entries.slice(1).map((_, i) => i + 1));
    });

    test("a call made after an append resolved sees its leaf, its record and its uses", async () => {
      const ledger = await openIn(newPlace(), { evidenceKeys });
      for (let used = 1; used <= 5; used++) {
        const id = uuidv7(1_750_000_000_000);
        const toSeal = { months: 60, statement: jws(used) };
        const usage = [{ consumer: "a", grant: "g", day: "2025-06-15", uses: 1 }];
        const entry = outcome({ id }, { toSeal, usage });
        const { index } = await ledger.append(entry);
        expect(await ledger.findExchange(id)).toEqual({ index, leaf: entry.leaf });
        expect(await ledger.findStatement(entry.statement!)).toEqual({ index, leaf: entry.leaf });
        expect(await ledger.sealedRecord(index)).toEqual(toSeal);
        expect(await ledger.usage("2025-06-15")).toEqual([{ consumer: "a", grant: "g", used }]);
        expect((await ledger.prove(index)).index).toBe(index);
      }
    });

    test("a log has one writer: it does not open a second time before it was closed, and the first goes on", async () => {
      const place = newPlace();
      const first = await openIn(place);
      await expect(openIn(place)).rejects.toThrow(LedgerFault);
      expect((await first.append(outcome())).index).toBe(0);
      await first.close();
      expect((await (await openIn(place)).append(outcome())).index).toBe(1);
    });

    test("goes on from any size as if it had never stopped", async () => {
      const place = newPlace();
      const leaves: Buffer[] = [];
      for (const count of [0, 1, 2, 252, 1, 1, 300, 7]) {
        const ledger = await openIn(place);
        const entries = outcomes(count);
        const appended = await Promise.all(entries.map((entry) => ledger.append(entry)));
        leaves.push(...entries.map(({ leaf }) => leaf));
        expect(appended.every((receipt, i) => isProof(entries[i]!.leaf, receipt))).toBe(true);
        expect(parseCheckpoint(ledger.checkpoint())?.root).toEqual(treeRoot(Buffer.concat(leaves.map(leafHash))));
        await ledger.close();
      }
    });

    test("finds the outcome of an exchange, or its intent if nothing else is there yet", async () => {
      const ledger = await openIn(newPlace());
      const id = uuidv7(1_750_000_000_000);
      const intent = entryOf(exchangeLeaf({ id, type: "intent" }));
      const { index } = await ledger.append(intent);
      expect(await ledger.findExchange(id)).toEqual({ index, leaf: intent.leaf });
      expect(await ledger.openIntents()).toEqual([{ index, leaf: intent.leaf }]);
      const result = outcome({ id, intent: { log: origin, index } });
      await ledger.append(result);
      expect(await ledger.findExchange(id)).toEqual({ index: 1, leaf: result.leaf });
      expect(await ledger.openIntents()).toEqual([]);
      expect(await ledger.findExchange(uuidv7(1_750_000_000_001))).toBeUndefined();
      expect(await ledger.findExchange("satu")).toBeUndefined();
    });

    test("finds a leaf by the statement's hash, not by an intent, and not by the first bytes alone", async () => {
      const ledger = await openIn(newPlace());
      const alike = [0, 1, 2].map((last) => Buffer.concat([Buffer.alloc(31, 0xab), Buffer.of(last * 4)]));
      const entries = alike.map((hash, i) => {
        const leaf = exchangeLeaf();
        return entryOf({
          ...leaf,
          type: i === 2 ? "intent" : "outcome",
          request: { ...leaf.request, statement: hash.toString("base64url") },
        });
      });
      await ledger.append(entries[0]!);
      await Promise.all(outcomes(600).map((entry) => ledger.append(entry)));
      await Promise.all(entries.slice(1).map((entry) => ledger.append(entry)));
      expect((await ledger.findStatement(alike[0]!))?.leaf).toEqual(entries[0]!.leaf);
      expect((await ledger.findStatement(alike[1]!))?.leaf).toEqual(entries[1]!.leaf);
      expect(await ledger.findStatement(alike[2]!)).toBeUndefined();
      expect(await ledger.findStatement(Buffer.alloc(32))).toBeUndefined();
    });

    test("counts uses by day, consumer and grant in the same commit", async () => {
      const place = newPlace();
      const ledger = await openIn(place);
      const use = (consumer: string, grant: string, day: string, uses = 1) => outcome({}, { usage: [{ consumer, grant, day, uses }] });
      await Promise.all(
        [use("a", "g", "2025-06-15"), use("a", "g", "2025-06-15"), use("b", "g", "2025-06-15"), use("a", "g", "2025-06-16")].map((e) =>
          ledger.append(e),
        ),
      );
      await ledger.append(use("a", "g", "2025-06-15", 5));
      await ledger.close();
      expect(await (await openIn(place)).usage("2025-06-15")).toEqual([
        { consumer: "a", grant: "g", used: 7 },
        { consumer: "b", grant: "g", used: 1 },
      ]);
    });

    const evidence = (i: number, months = 60): RetainedRecord => ({
      months,
      keys: randomBytes(i % 2 === 0 ? 64 : 96),
      statement: jws(i),
      ...(i % 3 === 0 && { response: jws(-i) }),
    });
    const beside = (kept: RetainedRecord, at = Date.UTC(2025, 5, 15)): LedgerEntry => outcome({}, { at, toSeal: kept });

    test("keeps evidence beside a leaf, in the same commit, and gives it back as it was, also to the next one who opens it", async () => {
      const place = newPlace();
      const ledger = await openIn(place, { evidenceKeys });
      const kept = Array.from({ length: 200 }, (_, i) => evidence(i, i % 5 === 0 ? 24 : 60));
      const odd: RetainedRecord[] = [
        { months: 60, keys: randomBytes(64) },
        { months: 60, statement: "bukan JWS" },
        { months: 60, statement: "a+b/.c=.d", response: "QQ.QR.QQ" },
        { months: 60, response: "€.." },
        { months: 60 },
      ];
      const entries = [...kept, ...odd].flatMap((each, i) => (i % 7 === 0 ? [outcome(), beside(each)] : [beside(each)]));
      await Promise.all(entries.map((entry) => ledger.append(entry)));
      const all = async (from: Ledger) => Promise.all(entries.map((_, index) => from.sealedRecord(index)));
      const expected = entries.map((entry) => entry.toSeal);
      expect(await all(ledger)).toEqual(expected);
      expect(await ledger.sealedRecord(entries.length)).toBeUndefined();
      await ledger.close();
      expect(await all(await openIn(place, { evidenceKeys }))).toEqual(expected);
    });

    test("keeps no evidence without its keys, and says so when asked for some that another kept", async () => {
      const place = newPlace();
      const ledger = await openIn(place);
      await ledger.append(beside(evidence(1)));
      expect(await ledger.sealedRecord(0)).toBeUndefined();
      expect(await ledger.buckets()).toEqual([]);
      await ledger.close();
      const other = await openIn(place, { evidenceKeys });
      await other.append(beside(evidence(1)));
      await other.close();
      await expect((await openIn(place)).sealedRecord(1)).rejects.toThrow(/only with the evidence key file/);
    });

    test("takes no evidence that is too long", async () => {
      const ledger = await openIn(newPlace(), { evidenceKeys });
      await expect(ledger.append(beside({ months: 60, statement: "x".repeat(65_536) }))).rejects.toThrow(RangeError);
      await expect(ledger.append(beside({ months: 60, response: "é".repeat(32_768) }))).rejects.toThrow(RangeError);
      await expect(
        ledger.append(beside({ months: 60, statement: "x".repeat(65_535), response: "x".repeat(65_535) })),
      ).resolves.toMatchObject({ index: 0 });
      expect((await ledger.sealedRecord(0))?.response).toHaveLength(65_535);
    });

    test("names its buckets by month (UTC) and months, with their first and last leaves", async () => {
      const ledger = await openIn(newPlace(), { evidenceKeys });
      const [may, june] = [Date.UTC(2025, 4, 31, 23, 59, 59, 999), Date.UTC(2025, 5, 1)];
      for (const [at, months] of [
        [may, 60],
        [june, 60],
        [june, 24],
        [june, 60],
        [may, 60],
      ] as const)
        await ledger.append(beside(evidence(1, months), at));
      expect(await ledger.buckets()).toEqual([
        { bucket: "2025-05/60", leaves: { from: 0, to: 4 } },
        { bucket: "2025-06/60", leaves: { from: 1, to: 3 } },
        { bucket: "2025-06/24", leaves: { from: 2, to: 2 } },
      ]);
    });

    test("destroys a bucket with the control leaf that says so: its evidence is gone, the others' and the log stay whole", async () => {
      const place = newPlace();
      const ledger = await openIn(place, { evidenceKeys });
      const entries = Array.from({ length: 300 }, (_, i) => beside(evidence(i, i % 2 === 0 ? 24 : 60)));
      await Promise.all(entries.map((entry) => ledger.append(entry)));
      const told = control({ evidence: { destroyed: "2025-06/24" } });
      await ledger.append({ ...told, destroys: "2025-06/24" });
      const expected = entries.map(({ toSeal: kept }) => (kept!.months === 24 ? undefined : kept));
      const all = async (from: Ledger) => Promise.all(entries.map((_, index) => from.sealedRecord(index)));
      expect(await all(ledger)).toEqual(expected);
      expect((await ledger.buckets()).map(({ bucket }) => bucket)).toEqual(["2025-06/60"]);
      let swept = 0;
      for (let packs = -1; packs !== 0; swept += packs) packs = await ledger.purge();
      expect(swept).toBeGreaterThan(0);
      expect(await all(ledger)).toEqual(expected);
      // Late evidence of the same month and months begins the bucket anew, under another key.
      const late = evidence(1, 24);
      const { index } = await ledger.append(beside(late));
      expect(await ledger.sealedRecord(index)).toEqual(late);
      expect(await all(ledger)).toEqual(expected);
      await ledger.close();
      const again = await openIn(place, { evidenceKeys });
      expect(await all(again)).toEqual(expected);
      expect((await auditLog({ checkpoint: async () => again.checkpoint(), tile: again.tile }, { vkey })).findings).toEqual([]);
    });

    test("gives the leaves appended at or after a time, oldest first, though some were late", async () => {
      const ledger = await openIn(newPlace());
      const times = [1000, 3000, 2000, 4000, 4000, 5000];
      const entries = times.map((at) => outcome({}, { at }));
      await Promise.all(entries.map((entry) => ledger.append(entry)));
      const leaves = async (ms: number): Promise<Buffer[]> => (await Array.fromAsync(ledger.leavesSince(ms))).flat();
      const since = async (ms: number): Promise<number> => (await leaves(ms)).length;
      expect(await leaves(3500)).toEqual(entries.slice(3).map(({ leaf }) => leaf));
      expect(await since(0)).toBe(6);
      // The one of 2000 came after the one of 3000: whoever asks from 2500 on gets both rather than neither.
      expect(await since(2500)).toBe(5);
      expect(await since(5001)).toBe(0);
      // Late ones in the middle do not hide the earlier one that is wanted.
      const later = [9000, 7000, 7000, 7000].map((at) => outcome({}, { at }));
      await Promise.all(later.map((entry) => ledger.append(entry)));
      expect(await leaves(8000)).toEqual(later.map(({ leaf }) => leaf));
    });

    test("proves any leaf against the newest head, and serves the tiles from which anybody can do the same", async () => {
      const ledger = await openIn(newPlace());
      const entries = outcomes(700);
      await Promise.all(entries.map((entry) => ledger.append(entry)));
      for (const index of [0, 255, 256, 511, 512, 699]) {
        const proven = await ledger.prove(index);
        expect(proven).toMatchObject({ index, checkpoint: ledger.checkpoint() });
        expect(isProof(entries[index]!.leaf, proven)).toBe(true);
      }
      await expect(ledger.prove(700)).rejects.toThrow(RangeError);
      const level0 = await Promise.all(
        [
          [0, 256],
          [1, 256],
          [2, 188],
        ].map(([n, width]) => ledger.tile(0, n!, width!)),
      );
      expect(treeRoot(Buffer.concat(level0.map((tile) => tile!)))).toEqual(parseCheckpoint(ledger.checkpoint())!.root);
      expect(await ledger.tile(1, 0, 2)).toEqual(Buffer.concat(level0.slice(0, 2).map((tile) => treeRoot(tile!))));
      expect(await ledger.tile(0, 2, 100)).toEqual(level0[2]!.subarray(0, 3200));
      expect(await ledger.tile(0, 0, 100)).toEqual(level0[0]!.subarray(0, 3200));
      expect(decodeEntryBundle((await ledger.tile("entries", 2, 188))!)).toEqual(entries.slice(512).map(({ leaf }) => leaf));
      for (const [level, n, width] of [
        [0, 2, 189],
        [0, 3, 1],
        [1, 0, 3],
        [2, 0, 1],
        ["entries", 2, 189],
        [0, 0, 0],
        [0, 0, 257],
      ] as const) {
        expect(await ledger.tile(level, n, width)).toBeUndefined();
      }
    });

    test("any two of its heads are joined by a consistency proof", async () => {
      const ledger = await openIn(newPlace());
      const heads = [];
      for (const count of [1, 4, 251, 1, 100]) {
        await Promise.all(outcomes(count).map((entry) => ledger.append(entry)));
        heads.push(parseCheckpoint(ledger.checkpoint())!);
      }
      for (const older of heads) {
        for (const newer of heads.filter(({ size }) => size >= older.size)) {
          const proof = await proveConsistency(ledger.tile, older.size, newer.size);
          expect(verifyConsistency(older.size, newer.size, older.root, newer.root, proof)).toBe(true);
        }
      }
    });

    test("passes the audit that it serves itself for, and tells of the intents that are open", async () => {
      const ledger = await openIn(newPlace());
      await Promise.all(outcomes(300).map((entry) => ledger.append(entry)));
      await ledger.append(entryOf(exchangeLeaf({ type: "intent" })));
      const report = await auditLog({ checkpoint: async () => ledger.checkpoint(), tile: ledger.tile }, { vkey });
      expect(report).toMatchObject({
        size: 301,
        findings: [],
        openIntents: [300],
        counts: { outcome: 300, intent: 1 },
        signatureChecked: true,
      });
    });

    test("hands its key over by a leaf of its own, in turn with the appends, and loses none", async () => {
      const place = newPlace();
      const ledger = await openIn(place);
      const [second, third] = [generateLogKey(), generateLogKey()];
      const at = 1_750_000_000_000;
      const rotation = (key: KeyObject) => ({ id: uuidv7(at), at, by: "cli:operator", key });
      const entries = outcomes(60);
      const rotations = [rotation(second), rotation(third)];
      const work = entries.map((entry, i) => {
        const appended = ledger.append(entry).then((proved) => ({ entry, proved }));
        return i === 19 ? [appended, ledger.rotateKey(rotations[0]!)] : i === 20 ? [appended, ledger.rotateKey(rotations[1]!)] : [appended];
      });
      const settled = await Promise.all(work.flat());
      const trail = await trailOfLedger(ledger);
      expect(trail.keys.map(({ verifier }) => formatVkey(verifier))).toEqual([logKey, second, third].map((key) => vkeyOf(origin, key)));
      expect(ledger.vkey).toBe(vkeyOf(origin, third));
      for (const one of settled) {
        if (!("proved" in one)) continue;
        const { size, root } = parseCheckpoint(one.proved.checkpoint)!;
        expect(isCheckpointOf(trail, one.proved.checkpoint)).toBe(true);
        expect(verifyInclusion(leafHash(one.entry.leaf), one.proved.index, size, one.proved.proof, root)).toBe(true);
      }
      expect(settled.map((one) => ("proved" in one ? one.proved : one).index).sort((a, b) => a - b)).toEqual([...Array(62).keys()]);
      expect((await ledger.findExchange(rotations[0]!.id))!.index).toBe(trail.keys[0]!.until);
      await ledger.close();

      // Whether the files know of the handover already or not, the head says which key signs.
      await expect(openIn(place)).rejects.toThrow(/signed by another key/);
      for (const keys of [{ logKey: second, nextLogKey: third }, { logKey: third, nextLogKey: third }, { logKey: third }]) {
        const again = await openIn(place, keys);
        expect(again.vkey).toBe(vkeyOf(origin, third));
        expect(isCheckpointOf(trail, (await again.append(outcome())).checkpoint)).toBe(true);
        await again.close();
      }
      const waiting = await openIn(place, { logKey: third, nextLogKey: generateLogKey() });
      expect(waiting.vkey).toBe(vkeyOf(origin, third));
    });

    test("refuses to open under another origin, another key, or in a second process's hands", async () => {
      const place = newPlace();
      const ledger = await openIn(place);
      await ledger.append(outcome());
      await expect(openIn(place)).rejects.toThrow(/in use by another process/);
      await ledger.close();
      await expect(openIn(place, { origin: "gw.example/log/b" })).rejects.toThrow(/is gw\.example\/log\/a, not gw\.example\/log\/b/);
      await expect(openIn(place, { logKey: generateLogKey() })).rejects.toThrow(/signed by another key/);
      await expect(openIn(newPlace(), { origin: "https://gw.example" })).rejects.toThrow(/no log origin/);
      expect(parseCheckpoint((await openIn(place)).checkpoint())?.size).toBe(1);
    });
  });
}
