import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { storesAt } from "../../src/store/open.ts";
import { dataDirectory } from "../../src/base/store-location.ts";
import { audit } from "../../src/audit/audit.ts";
import { parseCheckpoint, verifyCheckpoint } from "../../src/ledger/checkpoint.ts";
import { parseVkey } from "../../src/ledger/note.ts";
import { formatReceipt } from "../../src/ledger/receipt.ts";
import { here } from "../support/here.ts";
import { tryTampering, placesFor } from "./tamper-judge.ts";
import { makeTamperFixture, type TamperFixture } from "./tamper-fixture.ts";
import { altered, forgeLog } from "./tamper-tools.ts";
import { means, type Tampering } from "./tampering.ts";
import { tamperings } from "./tamperings.ts";

let scenario: TamperFixture;
beforeAll(async () => {
  scenario = await makeTamperFixture({ looks: [40, 258, 275], backup: 200, size: 290 });
});
afterAll(() => scenario.close());

const cases = (wanted: (tampering: Tampering) => boolean): (Tampering & { title: string })[] =>
  tamperings.filter(wanted).map((one) => ({ ...one, title: `${one.what}, by whoever has the ${one.by}` }));
const isFound = ({ found }: Tampering): boolean => Object.keys(found).length > 0;

async function judged(tampering: Tampering): Promise<Record<string, unknown>[]> {
  const tried = [];
  for (const at of placesFor(scenario, tampering, 2)) {
    for (const { means, place, said } of await tryTampering(scenario, tampering, at))
      tried.push({ at, means, place, said, asExpected: (tampering.found[means] ?? ["not found"]).includes(place as never) });
  }
  expect(tried.length, "it fits somewhere").toBeGreaterThan(0);
  return tried.filter(({ asExpected }) => !asExpected);
}

describe("an audit of a log that somebody was at who may do anything on its machine", () => {
  it("finds nothing in the log that nobody was at, whatever the auditor has", async () => {
    expect(parseCheckpoint(scenario.heads[2]!.note)!.size).toBe(275);
    const untouched: Tampering = { what: "nothing", by: "database", fits: () => true, tamper: () => undefined, found: {} };
    expect(await judged(untouched)).toEqual([]);
  });

  it.each(cases(isFound))("finds with what its table says, and names the place: $title", async (tampering) => {
    expect(await judged(tampering)).toEqual([]);
  });

  it.each(cases((one) => !isFound(one)))("cannot find, before there are witnesses: $title", async (tampering) => {
    expect(await judged(tampering)).toEqual([]);
  });

  it("is given two signed heads that no single log can have, which convict the operator before anybody", async () => {
    const copy = scenario.copy();
    const { size } = scenario.heads[2]!;
    await forgeLog(copy, scenario.instance, (leaves) => leaves.slice(0, size).with(100, altered(leaves[100]!)));
    const log = storesAt(dataDirectory(copy)).readLog();
    const { checks } = await audit(log, {
      key: { vkey: scenario.instance.vkey, pinned: true },
      remembered: scenario.heads,
      now: Date.now(),
    });
    await log.close();
    const [fork] = checks
      .flatMap(({ findings }) => findings)
      .filter(({ place, notes }) => notes?.length === 2 && typeof place === "object" && "last" in place && place.last === size - 1);
    const heads = fork!.notes!.map((note) => ({
      ...parseCheckpoint(note)!,
      signed: verifyCheckpoint(note, parseVkey(scenario.instance.vkey)!),
    }));
    expect(heads.map(({ size, signed }) => ({ size, signed }))).toEqual([
      { size, signed: true },
      { size, signed: true },
    ]);
    expect(heads[0]!.root).not.toEqual(heads[1]!.root);
  });

  it("is what the command line does, with a file of remembered checkpoints and a folder of receipts", async () => {
    const copy = scenario.copy();
    const [index, held] = [...scenario.receipts].find(([index]) => index > 60 && index < 200)!;
    await forgeLog(copy, scenario.instance, (leaves) => leaves.with(index, altered(leaves[index]!)));
    // Whoever may do anything on the machine removes what the gateway itself remembers there, too.
    rmSync(join(copy, "remembered.note"));
    const outside = mkdtempSync(join(tmpdir(), "simpul-auditor-"));
    try {
      writeFileSync(join(outside, "seen.txt"), scenario.heads.map(({ note }) => note).join("\n"));
      mkdirSync(join(outside, "receipts"));
      writeFileSync(
        join(outside, "receipts", held.file),
        JSON.stringify({ receipt: formatReceipt({ ...held.receipt, keys: held.receipt.open }) }),
      );
      const runs = [[], ["--since", join(outside, "seen.txt")], ["--receipts", join(outside, "receipts")]].map((brought) =>
        here(["audit", "--data", copy, "--vkey", scenario.instance.vkey, ...brought]),
      );
      const [alone, remembering, holding] = await Promise.all(runs);
      expect([alone!.status, remembering!.status, holding!.status]).toEqual([0, 1, 1]);
      expect(remembering!.stdout).toContain("something from leaf 40 to leaf 257 was changed, removed or moved");
      expect(holding!.stdout).toContain(`Leaf ${index} is not the one in the receipt ${join(outside, "receipts", held.file)}`);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it("needs something from outside for all that is covered up with the log's key: without memory nobody finds it", () => {
    const alone = tamperings.filter(({ by, found }) => by === "log key" && found.nothing !== undefined);
    expect(alone.map(({ what }) => what)).toEqual(["an intent is deleted, its outcome goes on pointing to it"]);
    expect(
      tamperings
        .filter(({ by, found }) => by === "database" && isFound({ found } as Tampering))
        .every(({ found }) => means.every((one) => found[one] !== undefined)),
    ).toBe(true);
  });
});
