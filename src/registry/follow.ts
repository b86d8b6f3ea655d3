import type { Entry } from "./entry.ts";
import type { RegistryNotice, StoredEntry, RegistryStore } from "./registry-store.ts";
import type { RegistryState } from "./registry-state.ts";
import { randomOctets } from "../base/uuid.ts";
import type { OfficerActed } from "../ledger/control-change.ts";
import { commitChange, VersionConflict } from "./commit-change.ts";
import { emptyState, applyChanges, storedIn, isUnderRoot } from "./apply-changes.ts";
import { messages } from "./messages.ts";
import { entryName } from "./plan.ts";
import { RegistryUnusable } from "./registry-unusable.ts";
import { cooperativeScheduler } from "./cooperative-scheduler.ts";

/** An officer's change of a few entries. `at` is in milliseconds. */
export interface RegistryChange {
  readonly entries: readonly Entry[];
  readonly by: string;
  readonly at: number;
  readonly says: Pick<OfficerActed, "decision" | "profile" | "registeredKey">;
}

/** Keeps the newest state of a registry store in memory, one for the process; only what changed is read again. */
export interface RegistryFollower {
  /**
   * The newest version. Rejects with `RegistryUnusable` if its entries do not lead to the roots that were applied: then
   * the tables were written by something else than `apply`.
   */
  newest(): Promise<RegistryState>;
  /**
   * Puts the entries in place of those of the same kind and id and keeps the notice for the ledger, in one transaction.
   * Rejects with `VersionConflict` if `registry` is no longer the newest state.
   */
  commit(registry: RegistryState, change: RegistryChange): Promise<{ readonly state: RegistryState; readonly notice: RegistryNotice }>;
  /**
   * Reads every entry again, slowly, and compares it with the state in memory: files get altered. Rejects with
   * `RegistryUnusable` if one differs.
   */
  verify(): Promise<void>;
}

export function followRegistry(store: RegistryStore): RegistryFollower {
  let current = emptyState();
  let running: Promise<unknown> = Promise.resolve();

  /** One read or write at a time; each sees the result of the one before. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = running.then(work);
    running = next.catch(() => undefined);
    return next;
  };

  const load = async (): Promise<RegistryState> => {
    const version = await store.version();
    if (version === current.version) return current;
    if (version < current.version) throw new RegistryUnusable(messages.wentBack(current.version, version));
    const yieldIfDue = cooperativeScheduler();
    const changed: StoredEntry[] = [];
    for await (const page of store.changes(current.version, version)) {
      changed.push(...page);
      await yieldIfDue();
    }
    const next = await applyChanges(current, version, changed, yieldIfDue);
    const { roots } = await store.head(version);
    if (next.roots.registry !== roots.registry || next.roots.policy !== roots.policy) throw altered(version);
    current = next;
    return next;
  };

  return {
    newest: () => inTurn(load),
    commit: (registry, { entries, by, at, says }) =>
      inTurn(async () => {
        if (registry !== current) throw new VersionConflict(`the registry is no longer at version ${registry.version}`);
        const fresh = entries.map((entry): StoredEntry => ({
          entry,
          salt: randomOctets(16),
          registeredAt: storedIn(registry, entry)?.registeredAt ?? at,
        }));
        const next = await applyChanges(current, registry.version + 1, fresh, cooperativeScheduler());
        const notice = await commitChange(store, registry, {
          entries: fresh,
          documents: new Map(),
          roots: next.roots,
          by,
          at,
          says: { ...says, changed: entries.map(entryName) },
        });
        current = next;
        return { state: next, notice };
      }),
    async verify() {
      const held = current;
      const { version } = held;
      const yieldIfDue = cooperativeScheduler({ restMs: 50 });
      let seen = 0;
      for await (const page of store.changes(0, version)) {
        for (const stored of page) {
          if (!isUnderRoot(held, stored)) throw altered(version);
          await yieldIfDue();
        }
        seen += page.length;
      }
      const { roots } = await store.head(version);
      if (seen !== held.entries.length || roots.registry !== held.roots.registry || roots.policy !== held.roots.policy)
        throw altered(version);
    },
  };
}

/** What is stored does not lead to the roots that were applied. */
const altered = (version: number): RegistryUnusable => new RegistryUnusable(messages.altered(version));
