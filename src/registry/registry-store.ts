import type { Entry } from "./entry.ts";

/**
 * An entry with the 16 random bytes that hide it under `basis.registry` until it is disclosed; empty for policies,
 * which are public.
 */
export interface SaltedEntry {
  readonly entry: Entry;
  readonly salt: Buffer;
}

export interface StoredEntry extends SaltedEntry {
  /** Milliseconds: when an entry of this kind and id first came into the registry. */
  readonly registeredAt: number;
}

/** Base64url RFC 9162 roots over the entries and over the policies. */
export interface RegistryRoots {
  readonly registry: string;
  readonly policy: string;
}

/** A version and what its entries lead to, as it was applied. */
export interface RegistryHead {
  readonly version: number;
  readonly roots: RegistryRoots;
}

/** The registry at one version. Before the first apply: version 0, no entries. */
export interface StoredState extends RegistryHead {
  /** In the order of `compareEntries`, retired and revoked ones included. */
  readonly entries: readonly StoredEntry[];
}

/** One change of the registry, for the ledger: the row of the outbox. */
export interface RegistryNotice {
  /** UUIDv7; it becomes the id of the control leaf, so that a leaf that was appended twice is recognised. */
  readonly id: string;
  readonly version: number;
  /** Milliseconds. */
  readonly at: number;
  readonly by: string;
  /** The `change` of the control leaf as JSON (`ControlChange`). */
  readonly change: string;
}

/**
 * Where the registry is kept. Every version can be read again: nothing is ever deleted.
 *
 * Any number of processes may open one store, and each may call any method at any time. Commits happen one after
 * another, as if there were no others at the same time; a read sees either all of a commit or nothing of it, and every
 * commit whose promise resolved before the read began. Different methods called together may see different versions: a
 * caller that needs one picture names the version.
 *
 * What a resolved promise reports is durable across processes and power loss. A rejected `commit` may still have
 * landed; `version` tells.
 */
export interface RegistryStore {
  /** The newest version; cheap enough to be asked several times a second by each process. */
  version(): Promise<number>;
  /**
   * One consistent picture of a version, the newest by default. Rejects with `RangeError` for a version that does not
   * exist yet.
   */
  read(version?: number): Promise<StoredState>;
  /** The head of a version, the newest by default. Rejects as `read` does. */
  head(version?: number): Promise<RegistryHead>;
  /**
   * The entries of `version` that came or changed after version `since`, in no order and by pages; with `since` 0 all
   * of them. Commits may happen between two pages and do not change what the pages hold.
   */
  changes(since: number, version: number): AsyncIterable<readonly StoredEntry[]>;
  /**
   * The entries of `version` that have been replaced since, up to version `until`, as they were in `version`: what
   * undoes `changes(version, until)`. By pages, like `changes`.
   */
  replaced(version: number, until: number): AsyncIterable<readonly StoredEntry[]>;
  /**
   * The newest version with this registry root and, where it is given, this policy root; `undefined` if there never was
   * one.
   */
  versionOf(registryRoot: string, policyRoot?: string): Promise<number | undefined>;
  /** The notice of the change by which an entry of this kind and id first became active; `undefined` if it never was. */
  registration(entry: Pick<Entry, "kind" | "id">): Promise<RegistryNotice | undefined>;
  /** A document by the base64url SHA-256 of its bytes. Rejects with `RangeError` if there is none. */
  document(digest: string): Promise<Buffer>;
  /**
   * All or nothing: the entries take the place of those of the same kind and id, the documents are kept, the notice
   * waits to be settled, and the version becomes `notice.version`, which is `expected` + 1. `false`, and nothing
   * changed, unless `expected` is the newest version: of several commits at the same time that expect the same version
   * one resolves to `true`.
   */
  commit(expected: number, change: RegistryCommit): Promise<boolean>;
  /** The notices that have not been settled, oldest first. */
  pending(): Promise<readonly RegistryNotice[]>;
  /**
   * Records that the log of this origin has the notice. Settling again, by any process, is harmless; another origin
   * moves the notice to that log.
   */
  settle(noticeId: string, log: string): Promise<void>;
  /**
   * The newest settled notice with the origin of its log. A log of that origin without such a leaf is not the one that
   * had it.
   */
  lastSettled(): Promise<{ readonly notice: RegistryNotice; readonly log: string } | undefined>;
  /** The notice of the newest backup, whose `change` is a `BackupMade`; `undefined` if none was recorded. */
  lastBackup(): Promise<RegistryNotice | undefined>;
  /** Ends this process's use of the store; others go on. */
  close(): Promise<void>;
}

export interface RegistryCommit {
  readonly entries: readonly SaltedEntry[];
  /** By base64url SHA-256 of the bytes; those that the store has already may be among them. */
  readonly documents: ReadonlyMap<string, Buffer>;
  readonly roots: RegistryRoots;
  readonly notice: RegistryNotice;
}
