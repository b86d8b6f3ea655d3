import { dayMs } from "../../base/time.ts";
import { inProduction } from "../../policy/instance-of.ts";
import { newestBackup } from "../../registry/backup-record.ts";
import { followRegistry } from "../../registry/follow.ts";
import { doubtful, good, type DoctorCheck } from "./diagnosis.ts";
import { withRegistry } from "./stores.ts";
import { messages } from "./messages.ts";

/** One that is made every night and was missed once is not old yet. */
const oldDays = 2;

/** The newest backup that the registry knows of is of these days; an instance in production has one. */
export const backup: DoctorCheck = async ({ config, clock }) => {
  const found = await withRegistry(config, async (store) => ({
    newest: await newestBackup(store),
    serves: inProduction(await followRegistry(store).newest()),
  })).catch(() => undefined);
  if (found === undefined) return [];
  const { newest, serves } = found;
  if (newest === undefined) return serves ? [doubtful(messages.noBackup)] : [];
  const made = new Date(newest.at).toISOString();
  return [clock() - newest.at > oldDays * dayMs ? doubtful(messages.backupIsOld(made)) : good(messages.backupMade(made, newest.size))];
};
