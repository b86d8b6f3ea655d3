import type { Clock } from "../base/clock.ts";
import { compileRegistry, RegistryUnusable, type CompiledRegistry } from "./compile.ts";
import type { RegistryNotice, RegistryStore } from "./registry-store.ts";
import type { Snapshot } from "./snapshot.ts";

export interface WatchOptions {
  readonly store: RegistryStore;
  /**
   * Appends the control leaf of a change, with the notice's id; resolves to the log's origin once it is durable, also when it was there already. A crash between the
   * append and `settle` brings the same notice again.
   */
  readonly appendControl: (notice: RegistryNotice) => Promise<string>;
  /** Takes the new snapshot into service: one reference is swapped, what is in flight keeps the old one. */
  readonly onSnapshot: (snapshot: Snapshot, compiled: CompiledRegistry) => void;
  /** The old snapshot goes on serving. Told once for each run of failures. */
  readonly onFault: (error: unknown) => void;
  readonly intervalMs?: number;
  /** How often everything is read again though no new version was seen: notices get lost, and files get altered. */
  readonly reconcileMs?: number;
  readonly clock: Clock;
}

export interface RegistryWatch {
  /** Looks now instead of at the next interval; rejects with what went wrong. */
  check(): Promise<void>;
  /** Stops looking, after what is under way. */
  close(): Promise<void>;
}

const slowestMs = 30_000;

/**
 * Follows the registry: a new version is first told to the ledger and then served, so no exchange rests on rules that the ledger does not know.
 * Resolves once the first snapshot serves, and rejects if there can be none.
 */
export async function watchRegistry(options: WatchOptions): Promise<RegistryWatch> {
  const { store, clock, intervalMs = 250, reconcileMs = slowestMs } = options;
  let serving: CompiledRegistry | undefined;
  let reconciledAt = -Infinity;
  let failures = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const reconcile = async (): Promise<void> => {
    for (const notice of await store.pending()) {
      await store.settle(notice.id, await options.appendControl(notice));
    }
    const compiled = await compileRegistry(store, serving);
    // Applied while we compiled: its notice has to reach the ledger first.
    if ((await store.pending()).some((notice) => notice.version <= compiled.snapshot.version)) return reconcile();
    reconciledAt = clock();
    const { version, root, policyRoot } = compiled.snapshot;
    const before = serving?.snapshot;
    if (before !== undefined && before.version === version && before.root === root && before.policyRoot === policyRoot) return;
    if (before !== undefined && before.version >= version) {
      throw new RegistryUnusable(`Registri mundur dari versi ${before.version} ke versi ${version} yang lain`, `The registry went from version ${before.version} to another ${version}`);
    }
    serving = compiled;
    options.onSnapshot(compiled.snapshot, compiled);
  };

  const look = async (): Promise<void> => {
    const due = serving === undefined || failures > 0 || clock() - reconciledAt >= reconcileMs;
    if (due || (await store.version()) !== serving?.snapshot.version) await reconcile();
    failures = 0;
  };

  /** One look at a time; each waits for the one before it. */
  const check = (): Promise<void> => {
    const next = running.then(() => (closed ? undefined : look()));
    running = next.catch(() => undefined);
    return next;
  };

  const schedule = (): void => {
    if (closed) return;
    timer = setTimeout(() => {
      check().catch((error: unknown) => {
        if (failures++ === 0) options.onFault(error);
      }).finally(schedule);
    }, Math.min(intervalMs * 2 ** failures, slowestMs));
    timer.unref();
  };

  await check();
  schedule();
  return {
    check,
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
