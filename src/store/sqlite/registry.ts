import { hash } from "node:crypto";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Text } from "../../base/text.ts";
import { canonicalJson } from "../../base/canonical-json.ts";
import { compareEntries, type Entry } from "../../registry/entry.ts";
import { registryRoots } from "../../registry/registry-roots.ts";
import { RegistryUnusable } from "../../registry/registry-unusable.ts";
import type { RegistryHead, RegistryNotice, StoredState, RegistryStore, StoredEntry } from "../../registry/registry-store.ts";
import { translateErrors } from "./translate-errors.ts";

/** An entry's rows are its history: each holds from version `since` until before `until`, and nothing is deleted. */
const schema = `
  CREATE TABLE IF NOT EXISTS versions (
    version INTEGER PRIMARY KEY,
    notice TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    by TEXT NOT NULL,
    change TEXT NOT NULL,
    registry_root TEXT NOT NULL,
    policy_root TEXT NOT NULL,
    -- The origin of the log that has the notice; NULL while it waits.
    settled TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS versions_pending ON versions (version) WHERE settled IS NULL;
  CREATE TABLE IF NOT EXISTS documents (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS entries (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    since INTEGER NOT NULL REFERENCES versions (version),
    until INTEGER REFERENCES versions (version),
    state TEXT NOT NULL,
    salt BLOB NOT NULL,
    content TEXT NOT NULL,
    document TEXT REFERENCES documents (digest),
    PRIMARY KEY (kind, id, since)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS versions_by_root ON versions (registry_root);
  CREATE INDEX IF NOT EXISTS entries_replaced ON entries (until) WHERE until IS NOT NULL;
  CREATE UNIQUE INDEX IF NOT EXISTS entries_in_force ON entries (kind, id) WHERE until IS NULL;
  CREATE INDEX IF NOT EXISTS entries_since ON entries (since);
`;

/** Rows of a page: about a millisecond's work. */
const pageRows = 100;

interface EntryRow {
  row: number;
  until: number | null;
  kind: string;
  id: string;
  state: string;
  salt: Uint8Array;
  content: string;
  registered_at: number;
}

interface VersionRow {
  version: number;
  notice: string;
  at: number;
  by: string;
  change: string;
  registry_root: string;
  policy_root: string;
}

const documentOf = (entry: Entry): string | null =>
  entry.kind === "service" ? entry.content.contract : entry.kind === "policy" ? entry.content.digest : null;

const readEntry = (row: EntryRow): StoredEntry => ({
  entry: { kind: row.kind, id: row.id, state: row.state, content: JSON.parse(row.content) as unknown } as Entry,
  salt: Buffer.from(row.salt),
  registeredAt: row.registered_at,
});

const readNotice = (row: VersionRow): RegistryNotice => ({
  id: row.notice,
  version: row.version,
  at: row.at,
  by: row.by,
  change: row.change,
});

/** The registry's file in its directory. */
export const registryFile = (directory: string): string => join(directory, "registry.sqlite");

/**
 * The registry in a SQLite file of its own (one file with the ledger is `database is locked` under load). Several processes may open it. With `readOnly`
 * nothing is made or changed, and the file has to be there. Throws `RegistryUnusable`, now or later, where disk or file cannot be used.
 */
export function openRegistryStore(file: string, options: OpenOptions = {}): RegistryStore {
  const say = (meaning: Text, cause: unknown): Error =>
    Object.assign(new RegistryUnusable({ id: `${file} ${meaning.id}`, en: `${file} ${meaning.en}` }), { cause });
  return translateErrors(translateErrors({ open: () => openStore(file, options) }, say).open(), say);
}

interface OpenOptions {
  readonly readOnly?: boolean;
}

function openStore(file: string, { readOnly = false }: OpenOptions): RegistryStore {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: 5_000, readOnly });
  if (!readOnly) {
    // NORMAL would survive a killed process but not a power cut: it does not sync each commit.
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    database.exec(`BEGIN IMMEDIATE; ${schema} COMMIT;`);
  }

  const selectVersion = database.prepare("SELECT coalesce(max(version), 0) AS version FROM versions");
  const selectHead = database.prepare("SELECT * FROM versions WHERE version = ?");
  const entryColumns = `
    SELECT rowid AS row, until, kind, id, state, salt, content,
      (SELECT at FROM versions WHERE version = (SELECT min(since) FROM entries first WHERE first.kind = entries.kind AND first.id = entries.id)) AS registered_at
    FROM entries`;
  const selectEntries = database.prepare(`${entryColumns} WHERE since <= ?1 AND (until IS NULL OR until > ?1)`);
  // Rows of a version stay what they are while later ones come, so the pages need no transaction around them; a later version's rows come later.
  const selectFirst = database.prepare("SELECT min(rowid) AS row FROM entries WHERE since > ?");
  const selectPage = database.prepare(
    `${entryColumns} WHERE rowid >= ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY rowid LIMIT ${pageRows}`,
  );
  const selectReplaced = database.prepare(`${entryColumns}
    WHERE until >= ?1 AND (until > ?1 OR rowid > ?2) AND since <= ?3 AND until <= ?4 ORDER BY until, rowid LIMIT ${pageRows}`);
  const selectVersionOf = database.prepare(
    "SELECT max(version) AS version FROM versions WHERE registry_root = ?1 AND policy_root = coalesce(?2, policy_root)",
  );
  const selectRegistration = database.prepare(
    "SELECT * FROM versions WHERE version = (SELECT min(since) FROM entries WHERE kind = ? AND id = ?)",
  );
  const selectDocument = database.prepare("SELECT bytes FROM documents WHERE digest = ?");
  const selectPending = database.prepare("SELECT * FROM versions WHERE settled IS NULL ORDER BY version");
  const insertVersion = database.prepare(
    "INSERT INTO versions (version, notice, at, by, change, registry_root, policy_root) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const insertDocument = database.prepare("INSERT INTO documents (digest, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const endEntry = database.prepare("UPDATE entries SET until = ? WHERE kind = ? AND id = ? AND until IS NULL");
  const insertEntry = database.prepare(
    "INSERT INTO entries (kind, id, since, state, salt, content, document) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const selectSettled = database.prepare("SELECT * FROM versions WHERE settled IS NOT NULL ORDER BY version DESC LIMIT 1");
  const updateSettled = database.prepare("UPDATE versions SET settled = ? WHERE notice = ?");

  const newest = (): number => (selectVersion.get() as { version: number }).version;

  /** IMMEDIATE takes the write lock at once: a reader that becomes a writer halfway would be refused instead of waiting. */
  const transact = <T>(begin: "BEGIN" | "BEGIN IMMEDIATE", work: () => T): T => {
    database.exec(begin);
    try {
      const result = work();
      database.exec("COMMIT");
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  };

  const readHead = (version: number): RegistryHead => {
    const head = selectHead.get(version) as unknown as VersionRow | undefined;
    if (head === undefined && version !== 0) throw new RangeError(`the registry has no version ${version}`);
    return { version, roots: head === undefined ? registryRoots([]) : { registry: head.registry_root, policy: head.policy_root } };
  };
  const readState = (version: number): StoredState => {
    const entries = (selectEntries.all(version) as unknown as EntryRow[]).map(readEntry).sort((a, b) => compareEntries(a.entry, b.entry));
    return { ...readHead(version), entries };
  };

  return {
    version: async () => newest(),
    read: async (version) => transact("BEGIN", () => readState(version ?? newest())),
    head: async (version) => readHead(version ?? newest()),
    async *changes(since, version) {
      let { row } = selectFirst.get(since) as { row: number | null };
      while (row !== null) {
        const rows = selectPage.all(row, version) as unknown as EntryRow[];
        if (rows.length > 0) yield rows.map(readEntry);
        row = rows.length < pageRows ? null : rows.at(-1)!.row + 1;
      }
    },
    async *replaced(version, until) {
      for (
        let after: Pick<EntryRow, "until" | "row"> | undefined = { until: version, row: Number.MAX_SAFE_INTEGER };
        after !== undefined;
      ) {
        const rows = selectReplaced.all(after.until, after.row, version, until) as unknown as EntryRow[];
        if (rows.length > 0) yield rows.map(readEntry);
        after = rows.length < pageRows ? undefined : rows.at(-1)!;
      }
    },
    versionOf: async (registryRoot, policyRoot) =>
      (selectVersionOf.get(registryRoot, policyRoot ?? null) as { version: number | null }).version ?? undefined,
    async registration({ kind, id }) {
      const row = selectRegistration.get(kind, id) as unknown as VersionRow | undefined;
      return row === undefined ? undefined : readNotice(row);
    },
    async document(digest) {
      const row = selectDocument.get(digest) as { bytes: Uint8Array } | undefined;
      if (row === undefined) throw new RangeError(`the registry has no document ${digest}`);
      if (hash("sha256", row.bytes, "base64url") !== digest)
        throw new RegistryUnusable({
          id: `Isi dokumen ${digest} bukan yang diterapkan: diubah di luar apply`,
          en: `The document ${digest} is not what was applied: it was changed past apply`,
        });
      return Buffer.from(row.bytes);
    },
    commit: async (expected, { entries, documents, roots, notice }) =>
      transact("BEGIN IMMEDIATE", () => {
        if (newest() !== expected) return false;
        insertVersion.run(notice.version, notice.id, notice.at, notice.by, notice.change, roots.registry, roots.policy);
        for (const [digest, bytes] of documents) insertDocument.run(digest, bytes);
        for (const { entry, salt } of entries) {
          endEntry.run(notice.version, entry.kind, entry.id);
          insertEntry.run(entry.kind, entry.id, notice.version, entry.state, salt, canonicalJson(entry.content), documentOf(entry));
        }
        return true;
      }),
    pending: async () => (selectPending.all() as unknown as VersionRow[]).map(readNotice),
    settle: async (noticeId, log) => void updateSettled.run(log, noticeId),
    async lastSettled() {
      const row = selectSettled.get() as unknown as (VersionRow & { settled: string }) | undefined;
      return row === undefined ? undefined : { notice: readNotice(row), log: row.settled };
    },
    close: async () => database.close(),
  };
}
