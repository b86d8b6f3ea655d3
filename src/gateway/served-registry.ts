import { serviceRules } from "../policy/opinions/service-rules.ts";
import { policyReader, type PolicyReader } from "../policy/profile/policies-in-force.ts";
import { registryHistory, type RegistryHistory } from "../policy/registry-history.ts";
import { newestBackup } from "../registry/backup-record.ts";
import { followRegistry, type RegistryFollower } from "../registry/follow.ts";
import { openPublisher, type RegistryPublisher } from "../registry/publish.ts";
import type { Snapshot } from "../registry/snapshot.ts";
import type { Log } from "../telemetry/logs.ts";
import type { Meter } from "../telemetry/meter.ts";
import type { GatewayOptions } from "./options.ts";
import type { GatewayStores } from "./stores.ts";

/** The registry in this process: what serves, what was committed last, what was in force before. */
export interface ServedRegistry extends RegistryPublisher {
  readonly follower: RegistryFollower;
  readonly policies: PolicyReader;
  readonly history: RegistryHistory;
  /** Milliseconds: when the newest backup was recorded; `undefined` if none was. */
  lastBackup(): number | undefined;
}

/** Resolves once the newest version serves. */
export async function serveRegistry(
  { log }: GatewayOptions,
  meter: Meter,
  { ledger, registry: store }: GatewayStores,
): Promise<ServedRegistry> {
  const follower = followRegistry(store);
  const policies = policyReader(store);
  const history = registryHistory({ store, newest: follower.newest, policies });
  const publisher = await openPublisher({ store, registry: follower, ledger, rules: serviceRules(policies) });
  publisher.onServe((snapshot, before) => {
    meter.snapshotSwap();
    log.registrySwapped({ version: snapshot.version });
    if (before !== undefined) logKeys(log, snapshot.keys, before.keys);
  });
  let backup = await newestBackup(store);
  const lookForBackup = async (): Promise<void> => {
    const newest = await newestBackup(store);
    if (newest !== undefined && newest.at !== backup?.at) log.backupRecorded({ log: newest.log, leaves: newest.size });
    backup = newest;
  };
  // The next version looks again.
  publisher.onServe(() => void lookForBackup().catch(() => undefined));
  return { ...publisher, follower, policies, history, lastBackup: () => backup?.at };
}

/** A line for each key whose state is another one than before. */
function logKeys(log: Log, keys: Snapshot["keys"], before: Snapshot["keys"]): void {
  if (keys === before) return;
  for (const { kid, owner, state, by } of keys.values()) {
    if (before.get(kid)?.state === state) continue;
    const words = { kid, subsystem: owner, state, officer: by };
    if (state === "revoked" || state === "refused") log.keyRevoked(words);
    else log.keyRegistered(words);
  }
}
