import { hash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Clock } from "../base/clock.ts";
import { programVersion } from "../base/project.ts";
import { dataDirectory } from "../base/store-location.ts";
import { joined } from "../base/text.ts";
import type { Config } from "../config/config.ts";
import { openInstance, readInstanceFiles } from "../gateway/identity.ts";
import { parseCheckpoint } from "../ledger/checkpoint.ts";
import { logNameIn } from "../ledger/log-list.ts";
import { recordBackup } from "../registry/backup-record.ts";
import { copyStores, storesAt } from "../store/open.ts";
import { BackupFault } from "./backup-fault.ts";
import { checkBackup, digestOfFile } from "./check.ts";
import { manifestName, type BackupFile, type BackupManifest } from "./format.ts";
import { messages } from "./messages.ts";
import { openKeys, sealKeys, type InstanceKeys, type KeyLock } from "./seal-keys.ts";

export interface BackupOptions {
  readonly config: Config;
  /** The folder to be made; its parent exists. */
  readonly to: string;
  /** The file to be made of the keys, and for whom they are encrypted; without it they are not in the backup. */
  readonly keys?: { readonly file: string; readonly lock: KeyLock } | undefined;
  /** `cli:<user>`, for the record. */
  readonly by: string;
  readonly clock: Clock;
  /** Called often: bytes copied, or leaves recomputed, and all that there are. */
  readonly progress?: (step: "copy" | "check", done: number, total: number) => void;
}

export interface MadeBackup {
  readonly manifest: BackupManifest;
  readonly digest: string;
  readonly bytes: number;
  /** The version of the registry that records it. */
  readonly recorded: number;
}

/**
 * Makes a backup of an instance, also while its gateway serves: copies registry and log as they are at one moment, checks the copy as
 * `checkBackup` does, gives it its name, and records it. Rejects with a `Fault` that says why there is none; then what was begun is gone.
 * Only when the record is refused does it reject with the backup in place, and says so.
 */
export async function makeBackup(options: BackupOptions): Promise<MadeBackup> {
  const { config, to, keys, by, clock } = options;
  for (const target of [to, `${to}.partial`, ...(keys === undefined ? [] : [keys.file, `${keys.file}.partial`])]) {
    if (existsSync(target)) throw new BackupFault((target.endsWith(".partial") ? messages.interrupted : messages.exists)(target));
  }
  for (const made of keys === undefined ? [to] : [to, keys.file])
    if (!existsSync(dirname(made))) throw new BackupFault(messages.noFolder(dirname(made)));
  if (!storesAt(config.ledger).hasLedger() || !storesAt(config.registry).hasRegistry())
    throw new BackupFault(messages.nothingYet(config.data));

  let checked;
  try {
    checked = await makePartial(options);
    if (keys !== undefined) renameSync(`${keys.file}.partial`, keys.file);
    renameSync(`${to}.partial`, to);
    for (const made of keys === undefined ? [to] : [to, keys.file]) sync(dirname(made));
  } catch (fault) {
    rmSync(`${to}.partial`, { recursive: true, force: true });
    if (keys !== undefined) rmSync(`${keys.file}.partial`, { force: true });
    throw fault;
  }
  const { manifest, digest } = checked;
  const store = storesAt(config.registry).openRegistry();
  try {
    const backup = { log: manifest.log.origin, size: manifest.log.size, manifest: digest };
    const recorded = await recordBackup(store, { backup, by, clock });
    return { manifest, digest, bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0), recorded };
  } catch (fault) {
    throw new BackupFault(messages.notRecorded(to, (fault as Error).message), fault);
  } finally {
    await store.close();
  }
}

/** Makes and checks the backup under the name `.partial`. */
async function makePartial({ config, to, keys, clock, progress }: BackupOptions): Promise<Omit<MadeBackup, "bytes" | "recorded">> {
  const folder = `${to}.partial`;
  const instance = openInstance(config);
  mkdirSync(folder, { mode: 0o700 });
  // The mode of `mkdir` is subject to the umask, which may take away but not add.
  chmodSync(folder, 0o700);
  const made = new Date(clock()).toISOString();
  const closed = instance.closedLogs.map(logNameIn);
  await copyStores({ ...config, closed }, folder, { progress: (copied, total) => progress?.("copy", copied, total) });
  const { open, secret } = readInstanceFiles(config);
  for (const [name, text] of Object.entries(open)) writeDurably(join(folder, name), text);
  const sealed = keys && (await sealFile(secret, keys));

  const { log, registry } = await readHeads(folder);
  const manifest: BackupManifest = {
    format: "simpul-backup",
    v: 1,
    made,
    program: programVersion(),
    log: { origin: instance.origin, vkey: instance.vkey, size: parseCheckpoint(log)?.size ?? 0, checkpoint: log },
    registry,
    ...(sealed === undefined ? {} : { keys: { sha256: sealed } }),
    files: await Promise.all(
      ["ledger.sqlite", "registry.sqlite", ...closed.map((name) => `closed/${name}/ledger.sqlite`), ...Object.keys(open)].map((name) =>
        describeFile(folder, name),
      ),
    ),
  };
  writeDurably(join(folder, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`);
  sync(folder);
  const { faults, digest } = await checkBackup(folder, { keys: secret, progress: (leaves, size) => progress?.("check", leaves, size) });
  if (faults.length > 0) throw new BackupFault(messages.copyNotWhole(joined(faults)));
  return { manifest, digest };
}

async function sealFile(secret: InstanceKeys, { file, lock }: NonNullable<BackupOptions["keys"]>): Promise<string> {
  const text = `${await sealKeys(secret, lock)}\n`;
  writeDurably(`${file}.partial`, text);
  if ("passphrase" in lock) await openKeys(readFileSync(`${file}.partial`, "utf8"), lock, file);
  return hash("sha256", text, "base64url");
}

/** What the copy's own files say that they hold. */
async function readHeads(folder: string): Promise<{ readonly log: string; readonly registry: BackupManifest["registry"] }> {
  const stores = storesAt(dataDirectory(folder));
  const [log, store] = [stores.readLog(), stores.openRegistry({ readOnly: true })];
  try {
    const { version, roots } = await store.head();
    return { log: await log.checkpoint(), registry: { version, ...roots } };
  } finally {
    await store.close();
    await log.close();
  }
}

const describeFile = async (folder: string, name: string): Promise<BackupFile> => ({
  name,
  bytes: statSync(join(folder, name)).size,
  sha256: await digestOfFile(join(folder, name)),
});

function writeDurably(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  sync(file);
}

/** Waits until a file, or the names in a folder, are on the disk. */
function sync(path: string): void {
  const opened = openSync(path, "r");
  fsyncSync(opened);
  closeSync(opened);
}
