import type { Entry } from "./entry.ts";

/** An entry with the random 16 bytes that hide it under `basis.registry` until it is opened as evidence; empty for policies, which are public. */
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

/** One applied change, as the ledger has to be told of it: the outbox row. */
export interface RegistryNotice {
  /** UUIDv7; becomes the id of the control leaf, so a leaf that was appended twice can be told. */
  readonly id: string;
  readonly version: number;
  readonly at: number;
  readonly by: string;
  /** JSON: the `change` of the control leaf. */
  readonly change: string;
}

/**
 * Where the registry lives. Nothing in it is ever deleted: each version can be read again. A promise that resolves has been kept durably, across
 * processes and power loss; a rejected commit may have landed, and the version says whether it did.
 */
export interface RegistryStore {
  /** The newest version; cheap enough to be asked several times a second. */
  version(): Promise<number>;
  /** One consistent picture of a version, the newest by default. */
  read(version?: number): Promise<StoredState>;
  /** The head of a version, the newest by default. */
  head(version?: number): Promise<RegistryHead>;
  /**
   * The entries of `version` that came or changed after version `since`, in no order, by pages: between two of them others may work, and commit. With
   * `since` 0 it is all of them.
   */
  changes(since: number, version: number): AsyncIterable<readonly StoredEntry[]>;
  /** The entries of `version` as they were then that have been replaced since, up to `until`: with `changes` between the two, the way back. By pages. */
  replaced(version: number, until: number): AsyncIterable<readonly StoredEntry[]>;
  /** The newest version with this registry root and, where it is given, this policy root; `undefined` if there never was one. */
  versionOf(registryRoot: string, policyRoot?: string): Promise<number | undefined>;
  /** The notice of the change by which an entry of this kind and id first came; `undefined` if none ever did. */
  registration(entry: Pick<Entry, "kind" | "id">): Promise<RegistryNotice | undefined>;
  /** A document by the base64url SHA-256 of its bytes; rejects if there is none. */
  document(digest: string): Promise<Buffer>;
  /**
   * All of it or nothing: the entries replace those of the same kind and id, the documents are kept, the notice waits, the version becomes
   * `notice.version`. `false`, and nothing changed, unless the newest version is still `expected`.
   */
  commit(expected: number, change: RegistryCommit): Promise<boolean>;
  /** Notices that have not been settled, oldest first. */
  pending(): Promise<readonly RegistryNotice[]>;
  /** The log of this origin has the notice. Settling again moves it to another log. */
  settle(noticeId: string, log: string): Promise<void>;
  /** The newest settled notice and the origin of its log: a log of that origin without such a leaf is not the one that was told. */
  lastSettled(): Promise<{ readonly notice: RegistryNotice; readonly log: string } | undefined>;
  close(): Promise<void>;
}

export interface RegistryCommit {
  readonly entries: readonly SaltedEntry[];
  readonly documents: ReadonlyMap<string, Buffer>;
  readonly roots: RegistryRoots;
  readonly notice: RegistryNotice;
}
