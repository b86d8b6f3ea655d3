import { hash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import type { Text } from "../../base/text.ts";
import { canonicalJson } from "../../base/canonical-json.ts";
import { compareEntries, type Entry } from "../../registry/entry.ts";
import { registryRoots } from "../../registry/registry-roots.ts";
import { RegistryUnusable } from "../../registry/registry-unusable.ts";
import type { RegistryHead, RegistryNotice, StoredState, RegistryStore, StoredEntry } from "../../registry/registry-store.ts";
import type { OpenRegistryOptions } from "../stores.ts";
import { busyTimeoutMs, transact } from "./database.ts";
import { registryFile } from "./files.ts";
import { bringForward, expectKnown, keepPrivate } from "./format.ts";
import { messages } from "./messages.ts";
import { registryFormat } from "./schema.ts";
import { openTranslated } from "./translate-errors.ts";

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

/** `Stores.openRegistry` in a directory: a file of its own, since one file with the ledger is `database is locked` under load. */
export function openSqliteRegistry(directory: string, options: OpenRegistryOptions = {}): RegistryStore {
  const file = registryFile(directory);
  return openTranslated(
    file,
    () => openStore(file, options),
    (detail, cause) => Object.assign(new RegistryUnusable(detail), { cause }),
  );
}

function openStore(file: string, { readOnly = false, asItIs = readOnly, onMigrated }: OpenRegistryOptions): RegistryStore {
  if (!asItIs) keepPrivate(file);
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: true, timeout: busyTimeoutMs, readOnly });
  const fault = (detail: Text): RegistryUnusable => new RegistryUnusable(detail);
  if (asItIs) expectKnown(db, file, registryFormat, fault);
  else {
    // NORMAL would survive a killed process but not a power cut: it does not sync each commit.
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    bringForward(db, file, registryFormat, { onMigrated, fault });
  }

  const selectVersion = db.prepare("SELECT coalesce(max(version), 0) AS version FROM versions");
  const selectHead = db.prepare("SELECT * FROM versions WHERE version = ?");
  const entryColumns = `
    SELECT rowid AS row, until, kind, id, state, salt, content,
      (SELECT at FROM versions WHERE version =
        (SELECT min(since) FROM entries first WHERE first.kind = entries.kind AND first.id = entries.id)) AS registered_at
    FROM entries`;
  const selectEntries = db.prepare(`${entryColumns} WHERE since <= ?1 AND (until IS NULL OR until > ?1)`);
  // The rows of a version do not change and those of later versions come after them: pages need no transaction around them.
  const selectFirst = db.prepare("SELECT min(rowid) AS row FROM entries WHERE since > ?");
  const selectPage = db.prepare(
    `${entryColumns} WHERE rowid >= ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY rowid LIMIT ${pageRows}`,
  );
  const selectReplaced = db.prepare(`${entryColumns}
    WHERE until >= ?1 AND (until > ?1 OR rowid > ?2) AND since <= ?3 AND until <= ?4 ORDER BY until, rowid LIMIT ${pageRows}`);
  const selectVersionOf = db.prepare(
    "SELECT max(version) AS version FROM versions WHERE registry_root = ?1 AND policy_root = coalesce(?2, policy_root)",
  );
  const selectRegistration = db.prepare(
    "SELECT * FROM versions WHERE version = (SELECT min(since) FROM entries WHERE kind = ? AND id = ? AND state = 'active')",
  );
  const selectDocument = db.prepare("SELECT bytes FROM documents WHERE digest = ?");
  const selectPending = db.prepare("SELECT * FROM versions WHERE settled IS NULL ORDER BY version");
  const insertVersion = db.prepare(
    "INSERT INTO versions (version, notice, at, by, change, registry_root, policy_root) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const insertDocument = db.prepare("INSERT INTO documents (digest, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const endEntry = db.prepare("UPDATE entries SET until = ? WHERE kind = ? AND id = ? AND until IS NULL");
  const insertEntry = db.prepare("INSERT INTO entries (kind, id, since, state, salt, content, document) VALUES (?, ?, ?, ?, ?, ?, ?)");
  const selectSettled = db.prepare("SELECT * FROM versions WHERE settled IS NOT NULL ORDER BY version DESC LIMIT 1");
  const selectBackup = db.prepare("SELECT * FROM versions WHERE json_type(change, '$.backup') IS NOT NULL ORDER BY version DESC LIMIT 1");
  const updateSettled = db.prepare("UPDATE versions SET settled = ? WHERE notice = ?");

  const newest = (): number => (selectVersion.get() as { version: number }).version;

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
    read: async (version) => transact(db, "DEFERRED", () => readState(version ?? newest())),
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
      if (hash("sha256", row.bytes, "base64url") !== digest) throw new RegistryUnusable(messages.documentAltered(digest));
      return Buffer.from(row.bytes);
    },
    commit: async (expected, { entries, documents, roots, notice }) =>
      transact(db, "IMMEDIATE", () => {
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
    async lastBackup() {
      const row = selectBackup.get() as unknown as VersionRow | undefined;
      return row && readNotice(row);
    },
    close: async () => db.close(),
  };
}
