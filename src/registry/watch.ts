import type { Clock } from "../base/clock.ts";
import { compileRegistry } from "./compile.ts";
import type { CompiledRegistry, CompileOptions } from "./compiled.ts";
import type { RegistryFollower } from "./follow.ts";
import type { RegistryNotice, RegistryStore } from "./registry-store.ts";
import type { Snapshot } from "./snapshot.ts";

export interface WatchOptions {
  readonly store: RegistryStore;
  /** The image of `store`, shared with whoever else in the process reads or changes the registry. */
  readonly registry: RegistryFollower;
  readonly rules: CompileOptions["rules"];
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
  /** Reads everything again now, which a change need not wait for; rejects with `RegistryUnusable` if it is not what was applied. */
  verify(): Promise<void>;
  /** Stops looking, after what is under way. */
  close(): Promise<void>;
}

const slowestMs = 30_000;

/**
 * Follows the registry: a new version is first told to the ledger and then served, so no exchange rests on rules that the ledger does not know.
 * Resolves once the first snapshot serves, and rejects if there can be none.
 */
export async function watchRegistry(options: WatchOptions): Promise<RegistryWatch> {
  const { store, registry, clock, intervalMs = 250, reconcileMs = slowestMs } = options;
  let serving: CompiledRegistry | undefined;
  let reconciledAt = clock();
  let verifying: Promise<void> | undefined;
  /** Whether what was read again last was not what was applied. */
  let altered = false;
  let failures = 0;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const look = async (): Promise<void> => {
    if (serving !== undefined && failures === 0 && (await store.version()) === serving.snapshot.version) return;
    const state = await registry.newest();
    // Whatever the image shows was committed with its notice: it is told now, or was.
    for (const notice of await store.pending()) await store.settle(notice.id, await options.appendControl(notice));
    if (serving?.state !== state) {
      serving = await compileRegistry(state, options, serving);
      options.onSnapshot(serving.snapshot, serving);
    }
    failures = 0;
  };

  const verify = (): Promise<void> => {
    reconciledAt = clock();
    return (verifying ??= registry.verify().finally(() => (verifying = undefined)));
  };

  /** One look at a time; each waits for the one before it. */
  const check = (): Promise<void> => {
    const next = running.then(() => (closed ? undefined : look()));
    running = next.catch(() => undefined);
    return next;
  };

  const schedule = (): void => {
    if (closed) return;
    timer = setTimeout(
      () => {
        if (clock() - reconciledAt >= reconcileMs) {
          verify().then(
            () => (altered = false),
            (error: unknown) => {
              if (!altered) options.onFault(error);
              altered = true;
            },
          );
        }
        check()
          .catch((error: unknown) => {
            if (failures++ === 0) options.onFault(error);
          })
          .finally(schedule);
      },
      Math.min(intervalMs * 2 ** failures, slowestMs),
    );
    timer.unref();
  };

  await check();
  schedule();
  return {
    check,
    verify,
    async close() {
      closed = true;
      clearTimeout(timer);
      await running;
      await verifying?.catch(() => undefined);
    },
  };
}
