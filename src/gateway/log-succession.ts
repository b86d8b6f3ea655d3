import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { loadLogKey, vkeyOf } from "../ledger/log-key.ts";
import { formatLogList, type ListedLog } from "../ledger/log-list.ts";
import { signerOf, signNote } from "../ledger/note.ts";
import { fileNames, InstanceFault, listedLogs, listNameOf, originOf, readIdentity, writeIdentity, type Identity } from "./identity.ts";
import { messages } from "./messages.ts";

/** The files of an instance's identity that a restored one takes over; those that a directory need not have are marked. */
const kept = {
  [fileNames.logKey]: true,
  [fileNames.nextLogKey]: false,
  [fileNames.logList]: true,
  [fileNames.offlineKey]: false,
  [fileNames.adminToken]: false,
};

/**
 * Copies the identity of an instance from one directory to another; its keys too, except those that are given by name.
 * `withoutLogKey`: that key may be lost.
 */
export function copyIdentity(
  from: string,
  to: string,
  { secrets = {}, withoutLogKey }: { readonly secrets?: Readonly<Record<string, string>> | undefined; readonly withoutLogKey: boolean },
): Identity {
  if (!existsSync(join(from, fileNames.identity))) throw new InstanceFault(messages.noIdentityIn(from));
  const identity = readIdentity({ data: from });
  for (const [name, needed] of Object.entries(kept)) {
    const secret = secrets[name];
    if (secret !== undefined) writeFileSync(join(to, name), secret, { mode: 0o600, flag: "wx" });
    else if ((needed && !(withoutLogKey && name === fileNames.logKey)) || existsSync(join(from, name)))
      copyFileSync(join(from, name), join(to, name));
  }
  writeIdentity({ data: to }, { ...identity, logs: listedLogs(from, identity) });
  return readIdentity({ data: to });
}

/**
 * The name of a log that goes on from this one, `log-2-7f3a`. It is drawn: whoever restores one backup twice has two
 * logs, and an origin is never used again (protocol §4).
 */
export function nextLogName({ logName, logs = [] }: Identity): string {
  const count = new Set(logs.map(({ origin }) => origin)).size;
  return `${logName.replace(/-\d+(?:-[0-9a-f]{4})?$/, "")}-${count + 1}-${randomBytes(2).toString("hex")}`;
}

/** Records in the identity that the present log is closed, with its final size, and which one goes on from it. */
export function recordSuccession(
  data: string,
  { logName, at, lastSize }: { readonly logName: string; readonly at: number; readonly lastSize: number },
): void {
  const identity = readIdentity({ data });
  const time = new Date(at).toISOString();
  const logs = listedLogs(data, identity).map((log, place, all): ListedLog =>
    place === all.length - 1 ? { ...log, until: time, lastSize } : log,
  );
  const origin = originOf(identity, logName);
  const next = { origin, vkey: vkeyOf(origin, loadLogKey(join(data, fileNames.logKey))), from: time };
  writeIdentity({ data }, { ...identity, logName, logs: [...logs, next] });
}

/**
 * Signs the list of logs anew with the instance's offline key. Throws `InstanceFault` if that is another key than the
 * one whose verifier key the members hold.
 */
export function signLogList({ data }: Pick<Config, "data">, offlineKeyFile: string): void {
  const identity = readIdentity({ data });
  const name = listNameOf(identity);
  const key = loadLogKey(offlineKeyFile);
  if (vkeyOf(name, key) !== identity.listVkey) throw new InstanceFault(messages.notTheOfflineKey(offlineKeyFile, identity.listVkey));
  const file = join(data, fileNames.logList);
  writeFileSync(`${file}.new`, signNote(formatLogList(name, listedLogs(data, identity)), signerOf(name, key)));
  renameSync(`${file}.new`, file);
}
