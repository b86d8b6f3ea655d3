import { controlEntry } from "../ledger/control-entry.ts";
import type { ControlLeaf } from "../ledger/leaf.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { compileRegistry } from "./compile.ts";
import type { CompiledRegistry, CompileOptions } from "./compiled.ts";
import type { RegistryFollower } from "./follow.ts";
import type { RegistryNotice, RegistryStore } from "./registry-store.ts";
import type { Snapshot } from "./snapshot.ts";

export interface PublisherOptions {
  readonly store: RegistryStore;
  /** The state of `store`, shared with everything else in the process that reads or changes the registry. */
  readonly registry: RegistryFollower;
  readonly ledger: Pick<Ledger, "origin" | "append" | "findExchange">;
  readonly rules: CompileOptions["rules"];
}

/**
 * The one way by which a change of the registry comes to serve: it is committed with its notice, recorded in the
 * ledger, settled, compiled, and put into service. So no exchange is judged by rules that the ledger does not know
 * (protocol §4).
 */
export interface RegistryPublisher {
  /** The snapshot in service: one reference, which an exchange asks for once. */
  current(): Snapshot;
  /** Calls `listener` now with the snapshot in service, and with each later one and the one before it. */
  onServe(listener: (snapshot: Snapshot, before: Snapshot | undefined) => void): void;
  /**
   * Publishes what was committed, by whichever process; resolves once the newest version serves, and is cheap when it does already. Rejects
   * with what went wrong: the old snapshot goes on serving, and the next call tries again. One runs at a time.
   */
  publish(): Promise<void>;
  /**
   * Calls `change`, which commits to the registry, and then publishes. Resolves to what `change` gives, without waiting
   * for the publishing; the next change begins when it has ended, since some conditions look at what is served.
   */
  commit<T>(change: () => Promise<T>): Promise<T>;
  /** Resolves when no change is being committed or published. */
  idle(): Promise<void>;
}

/**
 * Publishes the newest version and resolves once it serves. Rejects if there can be no snapshot, or the ledger does not
 * take its change.
 */
export async function openPublisher({ store, registry, ledger, rules }: PublisherOptions): Promise<RegistryPublisher> {
  const listeners: Parameters<RegistryPublisher["onServe"]>[0][] = [];

  const newest = async (before?: CompiledRegistry): Promise<CompiledRegistry> => {
    const state = await registry.newest();
    // Read after the state: the notice of each change that it shows is pending, or settled.
    for (const notice of await store.pending()) await store.settle(notice.id, await recordChange(ledger, notice));
    return before?.state === state ? before : compileRegistry(state, { store, rules }, before);
  };

  let serving = await newest();
  const serveNewest = async (): Promise<void> => {
    if ((await store.version()) === serving.snapshot.version) return;
    const before = serving;
    serving = await newest(before);
    if (serving !== before) for (const listener of listeners) listener(serving.snapshot, before.snapshot);
  };

  let running: Promise<void> = Promise.resolve();
  const publish = (): Promise<void> => {
    const next = running.then(serveNewest);
    running = next.catch(() => undefined);
    return next;
  };

  const committing = new Set<Promise<unknown>>();
  let published: Promise<void> = Promise.resolve();
  const commit = async <T>(change: () => Promise<T>): Promise<T> => {
    await published;
    const result = await change();
    // The watch tries again, and reports what went wrong.
    published = publish().catch(() => undefined);
    return result;
  };

  return {
    current: () => serving.snapshot,
    onServe(listener) {
      listener(serving.snapshot, undefined);
      listeners.push(listener);
    },
    publish,
    commit(change) {
      const done = commit(change).finally(() => committing.delete(done));
      committing.add(done);
      return done;
    },
    async idle() {
      await Promise.allSettled(committing);
      await published;
    },
  };
}

/**
 * Appends the control leaf of a registry change and gives the log's origin. A leaf that is there already is not
 * appended again: a crash between the append and `settle` brings the same notice twice.
 */
export async function recordChange(ledger: PublisherOptions["ledger"], { id, at, change }: RegistryNotice): Promise<string> {
  if ((await ledger.findExchange(id)) === undefined) {
    // Also what a later version of this program committed is recorded, as it is.
    const said = JSON.parse(change) as ControlLeaf["change"];
    await ledger.append(controlEntry(ledger.origin, { id, at, change: said }));
  }
  return ledger.origin;
}
