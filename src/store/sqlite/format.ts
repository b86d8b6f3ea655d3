import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { programVersion } from "../../base/project.ts";
import type { Text } from "../../base/text.ts";
import type { FileMigration } from "../stores.ts";
import { transact } from "./database.ts";
import { messages } from "./messages.ts";

/** The format of a database file, which its `user_version` numbers. */
export interface FileFormat {
  readonly version: number;
  /** The oldest format that this program reads as it is. */
  readonly readsFrom: number;
  /** A table that every file of any format has. */
  readonly table: string;
  /** Makes the tables of a new file. */
  readonly schema: string;
  /** From each older format to the next. */
  readonly steps: Readonly<Record<number, string>>;
}

/** How a file is opened by somebody who may write to it. */
export interface WriterOptions {
  readonly onMigrated?: ((migration: FileMigration) => void) | undefined;
  /** Leaves an older file in its format. */
  readonly asItIs?: boolean;
}

interface ForwardOptions extends WriterOptions {
  /** Makes the error that is thrown for a file of a format that this program does not know. */
  readonly fault: (detail: Text) => Error;
}

const versionOf = (db: DatabaseSync): number => Number(db.prepare("PRAGMA user_version").get()!["user_version"]);
const hasTable = (db: DatabaseSync, name: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;

/**
 * Makes the tables of a new file, or brings an older one forward: a copy of it is made first, `<name>.format-<n>.sqlite`, then all steps in
 * one transaction, so that a crash leaves the old file or the new one. A later format is refused. Both say which program wrote last.
 */
export function bringForward(db: DatabaseSync, file: string, format: FileFormat, { onMigrated, asItIs, fault }: ForwardOptions): void {
  if (asItIs === true) return void expectKnown(db, file, format, fault);
  if (!hasTable(db, format.table)) {
    transact(db, "IMMEDIATE", () => {
      // Another process may have been quicker.
      if (!hasTable(db, format.table)) db.exec(`${format.schema}; PRAGMA user_version = ${format.version}`);
    });
    return signFile(db);
  }
  const oldest = Math.min(format.version, ...Object.keys(format.steps).map(Number));
  const from = expectKnown(db, file, format, fault, oldest);
  if (from === format.version) return signFile(db);
  const copy = file.replace(/\.sqlite$/, `.format-${from}.sqlite`);
  makeCopy(db, copy);
  transact(db, "IMMEDIATE", () => {
    for (let at = versionOf(db); at < format.version; at++) db.exec(`${format.steps[at]!}; PRAGMA user_version = ${at + 1}`);
  });
  signFile(db);
  onMigrated?.({ file, copy, from, to: format.version });
}

/** Gives the file's format. Throws what `fault` makes for one that this program does not know. */
export function expectKnown(
  db: DatabaseSync,
  file: string,
  { version, readsFrom }: FileFormat,
  fault: ForwardOptions["fault"],
  oldest = readsFrom,
): number {
  const found = versionOf(db);
  if (found > version) throw fault(messages.laterFormat(file, found, writtenBy(db), version, programVersion()));
  if (found < oldest) throw fault(messages.earlierFormat(file, found, version));
  return found;
}

/** The version of the program that wrote last to a file; files of 0.1.0 do not say it. */
const writtenBy = (db: DatabaseSync): string =>
  hasTable(db, "written_by") ? String(db.prepare("SELECT program FROM written_by").get()?.["program"] ?? "?") : "?";

function signFile(db: DatabaseSync): void {
  const program = programVersion();
  if (writtenBy(db) === program) return;
  transact(db, "IMMEDIATE", () => {
    db.exec("CREATE TABLE IF NOT EXISTS written_by (one INTEGER PRIMARY KEY CHECK (one = 1), program TEXT NOT NULL) STRICT");
    db.prepare("INSERT INTO written_by VALUES (1, ?) ON CONFLICT DO UPDATE SET program = excluded.program").run(program);
  });
}

/** It has its name only when it is whole on the disk. A copy that a crash left is of the same file, and is made again. */
function makeCopy(db: DatabaseSync, copy: string): void {
  const partial = `${copy}.partial`;
  rmSync(partial, { force: true });
  db.prepare("VACUUM INTO ?").run(partial);
  chmodSync(partial, 0o600);
  const written = openSync(partial, "r");
  fsyncSync(written);
  closeSync(written);
  renameSync(partial, copy);
}

/** Lets nobody but the owner read a database and what SQLite keeps beside it; makes the file if there is none. */
export function keepPrivate(file: string): void {
  // SQLite gives the files beside it the mode of the database.
  if (!existsSync(file)) closeSync(openSync(file, "a", 0o600));
  for (const part of ["", "-wal", "-shm"]) {
    try {
      chmodSync(file + part, 0o600);
    } catch {
      // Not there, or another user's, who is the one to change it.
    }
  }
}
