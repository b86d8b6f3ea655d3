import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { uuidv7 } from "../../src/base/uuid.ts";
import { generateLogKey } from "../../src/ledger/log-key.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openSqliteLedger } from "../../src/store/sqlite/open.ts";
import { outcome, origin } from "../support/ledger-samples.ts";

const begin = 1_750_000_000_000;
const minuteMs = 60_000;
const directory = mkdtempSync(join(tmpdir(), "simpul-find-"));
let ledger: Ledger;
/** Of each of 2,000 leaves, a minute apart. */
const others: string[] = [];

/** An exchange whose id was made `madeAt` minutes after the log began. */
const exchange = (madeAt: number): string => uuidv7(begin + madeAt * minuteMs);
const append = (id: string, minute: number, type: "intent" | "outcome" = "outcome"): Promise<unknown> =>
  ledger.append(outcome({ id, type, at: new Date(begin + minute * minuteMs).toISOString() }));
const fill = async (from: number, until: number): Promise<void> => {
  for (let minute = from; minute < until; minute++) others.push(exchange(minute));
  await Promise.all(others.slice(from, until).map((id, i) => append(id, from + i)));
};

const [late, unended, early, restarted] = [exchange(10), exchange(20), exchange(520), exchange(30)];
beforeAll(async () => {
  ledger = await openSqliteLedger({ directory, logKey: generateLogKey(), origin, clock: () => begin });
  await fill(0, 300);
  await Promise.all([late, unended, restarted].map((id) => append(id, 300, "intent")));
  // The clock was set back while it was under way: its leaf is older than its id.
  await append(early, 465);
  await fill(300, 1900);
  await append(late, 1900);
  await append(restarted, 1900);
  await fill(1900, 2000);
});
afterAll(async () => {
  await ledger.close();
  rmSync(directory, { recursive: true });
});

const typeOf = async (id: string): Promise<string | undefined> => {
  const found = await ledger.findExchange(id);
  const leaf = found && (JSON.parse(found.leaf.toString()) as { id: string; type: string });
  expect(leaf === undefined || leaf.id === id).toBe(true);
  return leaf?.type;
};

test("every exchange of a long log is found by its id, wherever it stands", async () => {
  for (const id of others) expect(await typeOf(id)).toBe("outcome");
});

test("what an exchange came to is found, however late; its intent where there is nothing else", async () => {
  expect(await Promise.all([late, restarted, unended].map(typeOf))).toEqual(["outcome", "outcome", "intent"]);
});

test("a leaf that is older than its id is found, and none for an id that nobody used", async () => {
  expect(await typeOf(early)).toBe("outcome");
  expect(await Promise.all([0, 700, 1999, 3000].map((minute) => typeOf(exchange(minute))))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
