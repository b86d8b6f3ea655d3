import { serviceRules } from "../policy/opinions/service-rules.ts";
import { policyReader, type PolicyReader } from "../policy/profile/policies-in-force.ts";
import { registryHistory, type RegistryHistory } from "../policy/registry-history.ts";
import { newestBackup } from "../registry/backup-record.ts";
import { followRegistry, type RegistryFollower } from "../registry/follow.ts";
import { openPublisher, type RegistryPublisher } from "../registry/publish.ts";
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
  publisher.onServe(({ version }) => {
    meter.snapshotSwap();
    log.registrySwapped({ version });
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
