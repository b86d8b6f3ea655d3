import type { LedgerChange, LedgerStore } from "../../src/ledger/store.ts";
import type { RegistryStore } from "../../src/registry/registry-store.ts";

/** How a write fails: nothing is written, or it is written and reported lost all the same. */
export type Failure = "lost" | "landed";
export const failures: readonly Failure[] = ["lost", "landed"];
export const named = (what: string, failure: Failure): string => `${what} is ${failure === "lost" ? "lost" : "landed and reported lost"}`;

/** What each write is, told by what is written. */
const writes = {
  begin: (change: LedgerChange) => change.expected === undefined,
  intent: holds("intent"),
  outcome: holds("outcome"),
  refusal: holds("refusal"),
  control: holds("control"),
  destruction: ({ entries }: LedgerChange) => entries.some(({ destroys }) => destroys !== undefined),
  leaf: ({ entries }: LedgerChange) => entries.length > 0,
} as const;
export type LedgerWrite = keyof typeof writes;
export type OtherWrite = "rewrap" | "sweep" | "registry commit" | "registry settle" | "registry read";

/** Stores whose writes fail when a campaign says so. */
export interface FaultyStores {
  /** From now on each such write fails; `cause` is what the disk says. */
  fail(write: LedgerWrite | OtherWrite, failure: Failure, cause?: Error): void;
  /** From now on each commit of the ledger takes so long; `blocking` holds up the whole thread, as a sync does. */
  slow(ms: number, blocking: boolean): void;
  /** Each commit of the ledger waits from now on until the function that it gives is called. */
  hold(): () => void;
  /** Commits that have waited so. */
  held(): number;
  /** Nothing fails any more. Gives how many writes failed since the last time. */
  heal(): number;
  struck(): number;
  ledger(store: LedgerStore): LedgerStore;
  registry(store: RegistryStore): RegistryStore;
}

const sqliteError = (message: string, errcode: number): Error => Object.assign(new Error(message), { code: "ERR_SQLITE_ERROR", errcode });
/** What SQLite says of a disk. */
export const diskSays = {
  ioError: sqliteError("disk I/O error", 10),
  full: sqliteError("database or disk is full", 13),
  readOnly: sqliteError("attempt to write a readonly database", 8),
} as const;

export function faultyStores(): FaultyStores {
  let broken: { readonly write: LedgerWrite | OtherWrite; readonly failure: Failure; readonly cause: Error } | undefined;
  let slowness = { ms: 0, blocking: false };
  let struck = 0;
  let gate: Promise<void> | undefined;
  let held = 0;

  const pass = async <T>(hit: boolean, write: () => Promise<T>): Promise<T> => {
    if (broken === undefined || !hit) return write();
    struck++;
    const { failure, cause } = broken;
    if (failure === "landed") await write();
    throw cause;
  };
  const is = (write: OtherWrite): boolean => broken?.write === write;
  const hits = (change: LedgerChange): boolean =>
    broken !== undefined && broken.write in writes && writes[broken.write as LedgerWrite](change);
  const wait = (): Promise<void> => {
    if (gate !== undefined) {
      held++;
      return gate;
    }
    const { ms, blocking } = slowness;
    if (ms === 0) return Promise.resolve();
    if (!blocking) return new Promise((resolve) => setTimeout(resolve, ms));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    return Promise.resolve();
  };

  return {
    fail: (write, failure, cause = diskSays.ioError) => void (broken = { write, failure, cause }),
    slow: (ms, blocking) => void (slowness = { ms, blocking }),
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      [gate, held] = [promise, 0];
      return () => {
        gate = undefined;
        resolve();
      };
    },
    held: () => held,
    heal() {
      const count = struck;
      broken = undefined;
      slowness = { ms: 0, blocking: false };
      struck = 0;
      return count;
    },
    struck: () => struck,
    ledger: (store) => ({
      ...store,
      async commit(change) {
        await wait();
        return pass(hits(change), () => store.commit(change));
      },
      rewrap: (keys) => pass(is("rewrap"), () => store.rewrap(keys)),
      purge: (most) => pass(is("sweep"), () => store.purge(most)),
    }),
    registry: (store) => ({
      ...store,
      commit: (expected, change) => pass(is("registry commit"), () => store.commit(expected, change)),
      settle: (notice, log) => pass(is("registry settle"), () => store.settle(notice, log)),
      version: () => pass(is("registry read"), () => store.version()),
    }),
  };
}

function holds(type: string): (change: LedgerChange) => boolean {
  return ({ entries }) => entries.some((entry) => entry.type === type);
}
