import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LedgerFault } from "../../src/ledger/fault.ts";
import { RegistryUnusable } from "../../src/registry/registry-unusable.ts";
import { translateErrors } from "../../src/store/sqlite/translate-errors.ts";
import { openSqliteLedgerStore } from "../../src/store/sqlite/ledger.ts";
import { openSqliteRegistry } from "../../src/store/sqlite/registry.ts";

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), "simpul-words-"))));
afterEach(() => rmSync(directory, { recursive: true }));

test("a file that is no database is refused in words that name it, for ledger and registry", () => {
  for (const name of ["ledger.sqlite", "registry.sqlite"]) writeFileSync(join(directory, name), "bukan basis data".repeat(1000));
  expect(() => openSqliteLedgerStore(directory)).toThrow(LedgerFault);
  expect(() => openSqliteLedgerStore(directory)).toThrow(/ledger\.sqlite is damaged or no database; restore it from a backup/);
  expect(() => openSqliteRegistry(directory)).toThrow(RegistryUnusable);
  expect(() => openSqliteRegistry(directory)).toThrow(/registry\.sqlite is damaged or no database; restore it from a backup/);
});

test("a lease that cannot be written is not said to be another process's", () => {
  writeFileSync(join(directory, "ledger.lease"), "bukan basis data".repeat(1000));
  expect(() => openSqliteLedgerStore(directory)).toThrow(/damaged or no database/);
});

test("what a promise, an iteration or a plain call says of the disk is put in words; whatever else they say stays as it is", async () => {
  const full = Object.assign(new Error("database or disk is full"), { errcode: 13 });
  const other = new RangeError("no such version");
  const fails = (fault: Error) => ({
    plain: () => {
      throw fault;
    },
    promised: () => Promise.reject(fault),
    async *iterated() {
      yield 1;
      throw fault;
    },
  });
  const say = (meaning: { en: string }): Error => new Error(`the file ${meaning.en}`);
  for (const [fault, message] of [
    [full, "the file cannot be written: the disk is full"],
    [other, "no such version"],
  ] as const) {
    const port = translateErrors(fails(fault), say);
    expect(() => port.plain()).toThrow(message);
    await expect(port.promised()).rejects.toThrow(message);
    const taken: number[] = [];
    await expect(
      (async () => {
        for await (const item of port.iterated()) taken.push(item);
      })(),
    ).rejects.toThrow(message);
    expect(taken).toEqual([1]);
  }
});

test("a lock that another process holds is told as before", () => {
  const holder = new DatabaseSync(join(directory, "ledger.lease"));
  holder.exec("BEGIN EXCLUSIVE");
  expect(() => openSqliteLedgerStore(directory)).toThrow(/in use by another process/);
  holder.close();
});
