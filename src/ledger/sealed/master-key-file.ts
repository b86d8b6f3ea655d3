import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { loadMasterKeys, newMasterKey, type MasterKeys } from "./master-key.ts";

/**
 * The master keys of an instance's evidence. Where there is no file, one is made with a fresh key: for a new data directory that is right, and an old
 * one whose file was lost says so when its ledger opens. Throws `LedgerFault` for a file that cannot be used.
 */
export function loadOrCreateMasterKeys(path: string, onMade?: () => void): MasterKeys {
  if (!existsSync(path)) {
    write(path, newMasterKey());
    onMade?.();
  }
  return loadMasterKeys(path);
}

/** Puts a fresh key above those that stand in the file. Whatever is wrapped under them is wrapped anew when the gateway starts. */
export function rotateMasterKey(path: string): MasterKeys {
  loadMasterKeys(path);
  write(path, newMasterKey() + readFileSync(path, "utf8"));
  return loadMasterKeys(path);
}

/** In place whole, and on the disk before anything is sealed under it: without its key evidence is lost. */
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
