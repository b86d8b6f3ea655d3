import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { dataDirectory } from "../../src/base/store-location.ts";
import { copyStores } from "../../src/store/open.ts";
import { openLedgerFile } from "../../src/store/sqlite/ledger-file.ts";
import { storesAt } from "../../src/store/open.ts";

const folder = mkdtempSync(join(tmpdir(), "simpul-copy-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("what is written during a copy is not left to the writer's next commit, which exchanges would wait for", async () => {
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  for (const place of [from, to]) mkdirSync(place);
  await storesAt(dataDirectory(from)).openRegistry().close();
  const writer = openLedgerFile(from);
  writer.exec("CREATE TABLE filler (bytes BLOB)");
  const write = (mebibytes: number): void => {
    for (let i = 0; i < mebibytes; i++) writer.exec("INSERT INTO filler VALUES (zeroblob(1048576))");
  };
  write(12);
  const pages = (db: DatabaseSync): number => Number(db.prepare("PRAGMA page_count").get()!["page_count"]);
  const before = pages(writer);
  let wrote = false;
  await copyStores({ registry: dataDirectory(from), ledger: dataDirectory(from) }, to, {
    progress() {
      if (!wrote) write(12);
      wrote = true;
    },
  });
  expect(wrote).toBe(true);
  // The writer has committed nothing since: its file holds all pages nevertheless.
  expect(statSync(join(from, "ledger.sqlite")).size).toBe(pages(writer) * 8192);
  const copy = new DatabaseSync(join(to, "ledger.sqlite"), { readOnly: true });
  expect(pages(copy)).toBe(before);
  copy.close();
  writer.close();
});
