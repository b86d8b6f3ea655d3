import type { Clock } from "../base/clock.ts";
import { readControlChange, type BackupMade } from "../ledger/control-change.ts";
import { commitChange, VersionConflict } from "./commit-change.ts";
import type { RegistryStore } from "./registry-store.ts";

/**
 * Records a backup in the registry, as a version that changes no entry; its control leaf is written when the gateway next looks. Gives
 * that version.
 */
export async function recordBackup(
  store: Pick<RegistryStore, "head" | "commit">,
  { backup, by, clock }: { readonly backup: BackupMade["backup"]; readonly by: string; readonly clock: Clock },
): Promise<number> {
  for (;;) {
    const before = await store.head();
    try {
      const change = { entries: [], documents: new Map<string, Buffer>(), roots: before.roots, by, at: clock(), says: { backup } };
      return (await commitChange(store, before, change)).version;
    } catch (fault) {
      // Another change came first: the next version is another one.
      if (!(fault instanceof VersionConflict)) throw fault;
    }
  }
}

/** The newest backup that a registry knows of. */
export interface KnownBackup {
  /** Milliseconds: when it was recorded. */
  readonly at: number;
  readonly by: string;
  /** Leaves of the log that are in it. */
  readonly size: number;
  readonly log: string;
}

export async function newestBackup(store: Pick<RegistryStore, "lastBackup">): Promise<KnownBackup | undefined> {
  const notice = await store.lastBackup();
  const change = notice && readControlChange(JSON.parse(notice.change) as Record<string, unknown>);
  if (notice === undefined || change === undefined || !("backup" in change)) return undefined;
  return { at: notice.at, by: notice.by, size: change.backup.size, log: change.backup.log };
}
