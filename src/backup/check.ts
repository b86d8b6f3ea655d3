import { createHash, hash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { auditLog } from "../audit/recompute.ts";
import { describePlaceInLog } from "../audit/audit-labels.ts";
import { dataDirectory } from "../base/store-location.ts";
import { Fault } from "../base/fault.ts";
import { prefixed, type Text } from "../base/text.ts";
import { evidenceKeyName, logKeyName } from "../gateway/identity.ts";
import { readControlChange } from "../ledger/control-change.ts";
import type { Leaf } from "../ledger/leaf.ts";
import { parseLogKey, vkeyOf } from "../ledger/log-key.ts";
import { parseMasterKeys } from "../ledger/sealed/master-key.ts";
import { contractDocuments } from "../registry/entries/service.ts";
import { followRegistry } from "../registry/follow.ts";
import type { RegistryState } from "../registry/registry-state.ts";
import type { RegistryStore } from "../registry/registry-store.ts";
import { storesAt } from "../store/open.ts";
import { manifestName, readBackupManifest, type BackupManifest } from "./format.ts";
import { messages } from "./messages.ts";
import type { InstanceKeys } from "./seal-keys.ts";

export interface CheckedBackup {
  readonly manifest: BackupManifest;
  /** Base64url H of `backup.json`, as a control leaf has it. */
  readonly digest: string;
  /** What is wrong with it; none for a backup that can be restored from. */
  readonly faults: readonly Text[];
}

export interface CheckBackupOptions {
  /** The opened keys. Without them it is not checked that they are those of this log and open its evidence. */
  readonly keys?: InstanceKeys | undefined;
  /** Called with the leaves that were recomputed so far, and all that there are. */
  readonly progress?: ((leaves: number, size: number) => void) | undefined;
}

/**
 * Opens a backup and checks all of it: its files are those of `backup.json`, each page of the databases is sound, the log's tree recomputed
 * from the copied leaves has the head of the copied checkpoint, the registry's entries lead to its roots, and each of the two has what the
 * other refers to; with keys, that they sign this log and open a record of every bucket. Nothing is written. Throws `BackupFault` where
 * there is no `backup.json` that can be read.
 */
export async function checkBackup(folder: string, options: CheckBackupOptions = {}): Promise<CheckedBackup> {
  const manifest = readBackupManifest(folder);
  const digest = hash("sha256", readFileSync(join(folder, manifestName)), "base64url");
  const faults: Text[] = await Array.fromAsync(wrongFiles(folder, manifest));
  // A database whose file is not the one that was copied is not opened: it may be anything.
  if (faults.length === 0) faults.push(...storesAt(dataDirectory(folder)).findDamage().map(messages.damaged));
  if (faults.length === 0) {
    try {
      faults.push(...(await wrongContents(folder, manifest, options)));
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      faults.push(fault.detail);
    }
  }
  return { manifest, digest, faults };
}

async function* wrongFiles(folder: string, { files }: BackupManifest): AsyncIterable<Text> {
  const listed = new Set([manifestName, ...files.map(({ name }) => name)]);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const name = relative(folder, join(entry.parentPath, entry.name));
    if (!entry.isDirectory() && !listed.has(name)) yield messages.strayFile(name);
  }
  for (const { name, bytes, sha256 } of files) {
    const file = join(folder, name);
    if (!existsSync(file)) yield messages.fileMissing(name);
    else if (statSync(file).size !== bytes) yield messages.fileOfOtherLength(name, statSync(file).size, bytes);
    else if ((await digestOfFile(file)) !== sha256) yield messages.fileChanged(name);
  }
}

/** Base64url SHA-256 of a file of any length. */
export async function digestOfFile(file: string): Promise<string> {
  const digest = createHash("sha256");
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) digest.update(chunk as Buffer);
  return digest.digest("base64url");
}

async function wrongContents(folder: string, manifest: BackupManifest, { keys, progress }: CheckBackupOptions): Promise<readonly Text[]> {
  const store = storesAt(dataDirectory(folder)).openRegistry({ readOnly: true });
  try {
    const state = await followRegistry(store).newest();
    return [
      ...(await wrongRegistry(store, state, manifest)),
      ...(await wrongLog(folder, store, manifest, progress)),
      ...(await wrongClosedLogs(folder, manifest)),
      ...(keys === undefined ? [] : await wrongKeys(folder, keys, manifest)),
    ];
  } finally {
    await store.close();
  }
}

async function wrongRegistry(store: RegistryStore, { version, roots, of }: RegistryState, { registry }: BackupManifest): Promise<Text[]> {
  for (const { content } of of("service")) for (const digest of contractDocuments(content)) await store.document(digest);
  for (const { content } of of("policy")) await store.document(content.digest);
  const same = version === registry.version && roots.registry === registry.registry && roots.policy === registry.policy;
  return same ? [] : [messages.otherRegistry(version, registry.version)];
}

async function wrongLog(
  folder: string,
  store: RegistryStore,
  manifest: BackupManifest,
  progress: CheckBackupOptions["progress"],
): Promise<readonly Text[]> {
  const log = storesAt(dataDirectory(folder)).readLog();
  try {
    const named = collectReferences();
    const audited = await auditLog(log, {
      vkey: manifest.log.vkey,
      onLeaf: (index, leaf) => named.leaf(index, leaf),
      ...(progress === undefined ? {} : { progress }),
    });
    const faults = audited.findings.map(({ place, text }) => messages.inLog(describePlaceInLog(place), text));
    if (audited.checkpoint !== manifest.log.checkpoint) faults.push(messages.otherCheckpoint(audited.size, manifest.log.size));
    for (const [basis, index] of named.bases) {
      const [registryRoot = "", policyRoot] = basis.split(" ");
      if ((await store.versionOf(registryRoot, policyRoot)) === undefined) faults.push(messages.basisUnknown(index));
    }
    if (named.last !== undefined && !(await hasVersion(store, named.last))) faults.push(messages.otherLastChange(named.last));
    const settled = await store.lastSettled();
    if (settled?.log === manifest.log.origin && (await log.findExchange(settled.notice.id)) === undefined)
      faults.push(messages.changeNotInLog(settled.notice.version));
    return faults;
  } finally {
    await log.close();
  }
}

/** Recomputes the logs that were closed before this one. */
async function wrongClosedLogs(folder: string, { files }: BackupManifest): Promise<readonly Text[]> {
  const faults: Text[] = [];
  for (const { name } of closedLogFiles(files)) {
    const stores = storesAt(dataDirectory(join(folder, dirname(name))));
    const log = stores.readLog();
    try {
      const { findings } = await auditLog(log);
      faults.push(...findings.map(({ place, text }) => messages.inLog(prefixed(`${name} `, describePlaceInLog(place)), text)));
    } finally {
      await log.close();
    }
  }
  return faults;
}

/** What a control leaf says that a change of the registry led to. */
interface SaidVersion {
  readonly index: number;
  readonly version: number;
  readonly registry: string;
  readonly policy: string;
}

async function hasVersion(store: RegistryStore, { version, registry, policy }: SaidVersion): Promise<boolean> {
  if (version > (await store.version())) return false;
  const { roots } = await store.head(version);
  return roots.registry === registry && roots.policy === policy;
}

/** What a log's leaves say of the registry. */
interface References {
  /** `<registry root> <policy root>` → the first leaf that was judged by them. */
  readonly bases: ReadonlyMap<string, number>;
  /** The last change of the registry. */
  readonly last: SaidVersion | undefined;
  leaf(index: number, leaf: Leaf | undefined): void;
}

function collectReferences(): References {
  const bases = new Map<string, number>();
  let last: SaidVersion | undefined;
  return {
    bases,
    get last() {
      return last;
    },
    leaf(index, leaf) {
      if (leaf !== undefined && "basis" in leaf) {
        const basis = `${leaf.basis.registry} ${leaf.basis.policy}`;
        if (!bases.has(basis)) bases.set(basis, index);
      }
      const change = leaf?.type === "control" ? readControlChange(leaf.change) : undefined;
      if (change !== undefined && "registry" in change)
        last = { index, version: change.registry.version, registry: change.registry.after, policy: change.policy.after };
    },
  };
}

/** Whether the keys sign this log and open the first record of every bucket of evidence, also beside the closed logs. */
async function wrongKeys(folder: string, keys: InstanceKeys, { log: { origin, vkey }, files }: BackupManifest): Promise<readonly Text[]> {
  const [logKey, evidenceKey] = [keys[logKeyName], keys[evidenceKeyName]];
  if (logKey === undefined || vkeyOf(origin, parseLogKey(logKey, logKeyName)) !== vkey) return [messages.otherLogKey(origin)];
  if (evidenceKey === undefined) return [messages.noEvidenceKey];
  const masterKeys = parseMasterKeys(evidenceKey, evidenceKeyName);
  for (const { name } of [{ name: "" }, ...closedLogFiles(files)]) {
    const log = storesAt(dataDirectory(join(folder, dirname(name)))).readLog(masterKeys);
    try {
      for (const { leaves } of await log.buckets()) await log.sealedRecord(leaves.from);
    } finally {
      await log.close();
    }
  }
  return [];
}

const closedLogFiles = (files: BackupManifest["files"]): BackupManifest["files"] => files.filter(({ name }) => name.startsWith("closed/"));
