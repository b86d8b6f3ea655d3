import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { loadMasterKeys, newMasterKey, type MasterKeys } from "./master-key.ts";

/**
 * The master keys of an instance. If there is no file, one is made with a fresh key. That is right for a new data
 * directory; for an old one whose file was lost, the ledger will not open. Throws `LedgerFault` for a file that cannot
 * be used.
 */
export function loadOrCreateMasterKeys(path: string, onMade?: () => void): MasterKeys {
  if (!existsSync(path)) {
    write(path, newMasterKey());
    onMade?.();
  }
  return loadMasterKeys(path);
}

/**
 * Puts a fresh key on top of the file. Data keys under the older ones are wrapped under it when the gateway next
 * starts.
 */
export function rotateMasterKey(path: string): MasterKeys {
  loadMasterKeys(path);
  write(path, newMasterKey() + readFileSync(path, "utf8"));
  return loadMasterKeys(path);
}

/**
 * Replaces the file in one step, and waits for the disk: a record sealed under a key that was lost could never be read.
 */
function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  rmSync(`${path}.new`, { force: true });
  const fresh = openSync(`${path}.new`, "wx", 0o600);
  writeFileSync(fresh, text);
  fsyncSync(fresh);
  closeSync(fresh);
  renameSync(`${path}.new`, path);
  const directory = openSync(dirname(path), "r");
  fsyncSync(directory);
  closeSync(directory);
}
