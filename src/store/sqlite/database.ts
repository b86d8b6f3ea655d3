import type { DatabaseSync, SQLInputValue } from "node:sqlite";

/** How long a statement waits for a lock of another process. */
export const busyTimeoutMs = 5_000;

/**
 * Does `work` in one transaction: commits what it wrote, or writes nothing and throws what it threw. A transaction that will write begins
 * `IMMEDIATE`: that takes the write lock at once, while a reader that becomes a writer halfway would be refused instead of waiting.
 */
export function transact<T>(db: DatabaseSync, mode: "DEFERRED" | "IMMEDIATE", work: () => T): T {
  db.exec(`BEGIN ${mode}`);
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (fault) {
    // After a full disk and the like, SQLite has rolled back by itself, and a second ROLLBACK would hide the fault.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw fault;
  }
}

/**
 * Inserts many rows with few calls: one statement takes 64, 16, 4 or 1 rows of `columns` values. Measured at 32 leaves
 * a batch, that takes a tenth off the cost of an append.
 */
export function bulkInsert(db: DatabaseSync, into: string, columns: number): (values: readonly SQLInputValue[]) => void {
  const row = `(${Array(columns).fill("?").join(", ")})`;
  const statements = [64, 16, 4, 1].map((rows) => ({
    width: rows * columns,
    statement: db.prepare(`INSERT INTO ${into} VALUES ${Array(rows).fill(row).join(", ")}`),
  }));
  return (values) => {
    let used = 0;
    for (const { width, statement } of statements) {
      for (; values.length - used >= width; used += width) statement.run(...values.slice(used, used + width));
    }
  };
}

/** A BLOB column as a Buffer over the same memory. */
export const blob = (value: unknown): Buffer => {
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
};
