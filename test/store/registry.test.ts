import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { openSqliteRegistry } from "../../src/store/sqlite/registry.ts";
import { describeRegistryStore } from "../registry/store-contract.ts";
import { registryFile } from "../support/registry-store.ts";

describeRegistryStore("a registry store in a SQLite file", registryFile);

describe("the SQLite file", () => {
  it("is in WAL mode and syncs each commit", async () => {
    const { folder, open, remove } = registryFile();
    open();
    const seen: string[] = [];
    const original = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, "exec")!;
    // `synchronous` belongs to the connection, so it is asked where the adapter set it.
    Object.defineProperty(DatabaseSync.prototype, "exec", {
      ...original,
      value(this: DatabaseSync, sql: string) {
        (original.value as (sql: string) => void).call(this, sql);
        if (sql.includes("synchronous"))
          seen.push(
            JSON.stringify([
              this.prepare("PRAGMA synchronous").get(),
              this.prepare("PRAGMA foreign_keys").get(),
              this.prepare("PRAGMA journal_mode").get(),
            ]),
          );
      },
    });
    try {
      await openSqliteRegistry(folder).close();
    } finally {
      Object.defineProperty(DatabaseSync.prototype, "exec", original);
    }
    expect(seen).toEqual(['[{"synchronous":2},{"foreign_keys":1},{"journal_mode":"wal"}]']);
    await remove();
  });
});
