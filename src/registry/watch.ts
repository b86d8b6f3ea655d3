import type { Clock } from "../base/clock.ts";

export interface WatchOptions {
  /** Publishes what is new; cheap when nothing is. */
  readonly publish: () => Promise<void>;
  /** Reads everything again; rejects with `RegistryUnusable` if it is not what was applied. */
  readonly verify: () => Promise<void>;
  /** Called once per streak of failures; the old snapshot goes on serving. */
  readonly onFault: (error: unknown) => void;
  readonly intervalMs?: number;
  /** How often everything is read again although there is no new version: files get altered. */
  readonly reconcileMs?: number;
  readonly clock: Clock;
}

export interface RegistryWatch {
  /** Stops, after what is running. */
  close(): Promise<void>;
}

const slowestMs = 30_000;

/** Decides when the registry is looked at: at each interval, after failures ever later, and now and then all of it. */
export function watchRegistry({ publish, verify, onFault, clock, intervalMs = 250, reconcileMs = slowestMs }: WatchOptions): RegistryWatch {
  let failures = 0;
  let publishing: Promise<void> | undefined;
  /** Whether the last full reading found the registry altered. */
  let altered = false;
  let verifiedAt = clock();
  let verifying: Promise<void> | undefined;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const tryPublish = async (): Promise<void> => {
    try {
      await publish();
      failures = 0;
    } catch (error) {
      if (failures++ === 0) onFault(error);
    }
  };
  const tryVerify = async (): Promise<void> => {
    try {
      await verify();
      altered = false;
    } catch (error) {
      if (!altered) onFault(error);
      altered = true;
    }
  };

  const run = (): void => {
    if (clock() - verifiedAt >= reconcileMs) {
      verifiedAt = clock();
      // Takes its time; new versions are published meanwhile.
      verifying ??= tryVerify().finally(() => (verifying = undefined));
    }
    publishing = tryPublish().finally(schedule);
  };
  function schedule(): void {
    if (closed) return;
    timer = setTimeout(run, Math.min(intervalMs * 2 ** failures, slowestMs));
    timer.unref();
  }

  schedule();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await publishing;
      await verifying;
    },
  };
}
