import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseCheckpoint } from "../../src/ledger/checkpoint.ts";
import { world, type World } from "../world.ts";
import { simpul, type Run } from "./simpul.ts";

const leaves = 300;
const folder = mkdtempSync(join(tmpdir(), "simpul-audit-"));
let w: World;

beforeAll(async () => {
  w = await world();
  const size = (): number => parseCheckpoint(w.open.gateway.ledger.checkpoint())!.size;
  while (size() < leaves) await Promise.all(Array.from({ length: Math.min(20, leaves - size()) }, () => w.call()));
  await w.open.close();
});
afterAll(async () => {
  await w.close();
  rmSync(folder, { recursive: true });
});

/** An audit of a copy of the data after somebody was at the file. */
async function auditAfter(tamper: (db: DatabaseSync) => void): Promise<Run> {
  const copy = mkdtempSync(join(folder, "copy-"));
  cpSync(w.config.data, copy, { recursive: true });
  const db = new DatabaseSync(join(copy, "ledger.sqlite"));
  tamper(db);
  db.close();
  return simpul(["audit", "--data", copy]);
}

const alter = (db: DatabaseSync, index: number): void => {
  const row = db.prepare("SELECT bytes FROM leaf WHERE leaf_index = ?").get(index) as { bytes: Uint8Array };
  const text = Buffer.from(row.bytes).toString("utf8").replace(/"at":"20(\d\d)/, (_, year: string) => `"at":"20${Number(year) - 1}`);
  expect(db.prepare("UPDATE leaf SET bytes = ? WHERE leaf_index = ?").run(Buffer.from(text), index).changes).toBe(1);
};

const swap = (db: DatabaseSync, a: number, b: number): void =>
  db.exec(`UPDATE leaf SET leaf_index = -1 WHERE leaf_index = ${a}; UPDATE leaf SET leaf_index = ${a} WHERE leaf_index = ${b}; UPDATE leaf SET leaf_index = ${b} WHERE leaf_index = -1`);

describe("simpul audit --data", () => {
  it("accepts a log that nobody was at", async () => {
    const { status, stdout, stderr } = await auditAfter(() => undefined);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe(`log ${w.instance.origin}, ${leaves} daun (leaves)\n  control  1\n  outcome  ${leaves - 1}\nLog ini UTUH, menurut vkey di sebelahnya. (The log is SOUND, by the vkey beside it.)\n`);
  });

  it.each([
    [0, "leaf 0"],
    [100, "leaf 100"],
    [255, "leaf 255"],
    [256, "leaf 256–299"],
    [299, "leaf 256–299"],
  ])("refuses it after leaf %i was altered, and says where", async (index, place) => {
    const { status, stdout } = await auditAfter((db) => alter(db, index));
    expect(status).toBe(1);
    expect(stdout).toContain(`  ✗ ${place}: `);
    expect(stdout).toContain("Log ini TIDAK UTUH. (The log is NOT SOUND.)");
  });

  it.each([0, 100, 255, 256, 299])("refuses it after leaf %i was removed, and says where", async (index) => {
    const { status, stdout } = await auditAfter((db) => db.exec(`DELETE FROM leaf WHERE leaf_index = ${index}`));
    expect(status).toBe(1);
    expect(stdout).toContain(`  ✗ leaf ${index}: `);
  });

  it.each([
    [3, 4, ["leaf 3", "leaf 4"]],
    [255, 256, ["leaf 255"]],
    [297, 298, ["leaf 256–299"]],
  ])("refuses it after leaves %i and %i changed places, and says where", async (a, b, places) => {
    const { status, stdout } = await auditAfter((db) => swap(db, a, b));
    expect(status).toBe(1);
    for (const place of places) expect(stdout).toContain(`  ✗ ${place}: `);
  });

  it("refuses it after its end was cut off together with the head, unless the head was signed so", async () => {
    const { status, stdout } = await auditAfter((db) => db.exec("DELETE FROM leaf WHERE leaf_index >= 290; UPDATE head SET size = 290, checkpoint = replace(checkpoint, char(10) || '300' || char(10), char(10) || '290' || char(10))"));
    expect(status).toBe(1);
    expect(stdout).toContain("  ✗ checkpoint: ");
  });

  it("refuses a log of another key than the pinned one", async () => {
    const copy = mkdtempSync(join(folder, "copy-"));
    cpSync(w.config.data, copy, { recursive: true });
    const note = readFileSync(join(copy, "logs.note"), "utf8");
    writeFileSync(join(copy, "logs.note"), note.replace(w.instance.vkey, "127.0.0.1/log/lain+00000000+AAAA"));
    expect((await simpul(["audit", "--data", copy])).status).toBe(1);
    expect((await simpul(["audit", "--data", copy, "--vkey", w.instance.vkey])).stdout).toContain("Log ini UTUH. (The log is SOUND.)");
  });
});
