import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ledgerContract } from "../ledger/contract.ts";
import { ledgerStoreContract } from "../ledger/store-contract.ts";
import { openSqliteLedger } from "../../src/store/sqlite/open.ts";
import { openSqliteLedgerStore } from "../../src/store/sqlite/ledger.ts";

const newDirectory = () => {
  const directory = mkdtempSync(join(tmpdir(), "simpul-ledger-"));
  return { directory, remove: () => rmSync(directory, { recursive: true }) };
};

for (const [thread, kept] of [
  ["worker", "a thread of its own"],
  ["main", "the process's own thread"],
] as const) {
  ledgerContract(`a ledger in SQLite, kept by ${kept}`, () => {
    const { directory, remove } = newDirectory();
    return { open: (settings) => openSqliteLedger({ directory, thread, ...settings }), remove };
  });
}

ledgerStoreContract("a ledger's store in SQLite", () => {
  const { directory, remove } = newDirectory();
  return { open: async () => openSqliteLedgerStore(directory), remove };
});
