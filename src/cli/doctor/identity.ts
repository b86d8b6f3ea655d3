import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../config/config.ts";
import { InstanceFault, instanceExists, listedLogs, openInstance, readIdentity, type Instance } from "../../gateway/identity.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import { doubtful, good, wrong, type DoctorCheck, type Diagnosis } from "./diagnosis.ts";
import { messages } from "./messages.ts";

/** The folder holds keys and the openings of commitments, so only its owner may read it. */
export const dataFolder: DoctorCheck = ({ config: { data } }) => {
  if (!existsSync(data)) return [];
  const found: Diagnosis[] = [];
  if (isOpenToOthers(data)) found.push(doubtful(messages.folderOpenToOthers(data, modeOf(data))));
  const offline = join(data, "instance.key");
  if (existsSync(offline)) {
    found.push(doubtful(messages.instanceKeyStillHere(offline)));
    if (isOpenToOthers(offline)) found.push(wrong(messages.instanceKeyOpenToOthers(offline, modeOf(offline))));
  }
  return found.length > 0 ? found : [good(messages.folderIsOwners(data))];
};

/** Identity and configuration agree, the log key can be used, and the signed list names it. */
export const identity: DoctorCheck = ({ config }) => {
  let instance: Instance;
  try {
    instance = openInstance(config);
  } catch (fault) {
    if (fault instanceof InstanceFault) return [wrong(fault.detail)];
    if (fault instanceof LedgerFault) return [wrong(messages.sentence(fault.detail))];
    return [wrong(messages.identityUnreadable(config.data, (fault as Error).message))];
  }
  const { origin, vkey, logList } = instance;
  if (logList.includes(` ${vkey} `)) return [good(messages.identityAgrees(config.publicOrigin, origin))];
  // The identity takes note of a new key, or of a new log; the list waits for the offline key.
  const isKnown = listedLogs(config.data, readIdentity(config)).at(-1)!.vkey === vkey;
  return [wrong(isKnown ? messages.newKeyNotListed(origin) : messages.logKeyNotListed(origin))];
};

/** The instance if it opens; the check `identity` reports why it does not. */
export function readableInstance(config: Config): Instance | undefined {
  try {
    return instanceExists(config) ? openInstance(config) : undefined;
  } catch {
    return undefined;
  }
}

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8).padStart(4, "0");
const isOpenToOthers = (path: string): boolean => (statSync(path).mode & 0o077) !== 0;
