import { Worker } from "node:worker_threads";
import type { CommitResult, Committer, CommitterOptions } from "../../ledger/committer.ts";
import type { Text } from "../../base/text.ts";
import { threadEnvironment } from "../../base/thread-environment.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import { packEntries } from "./ledger-wire.ts";

/** What the thread is started with. */
export interface ThreadOptions extends Omit<CommitterOptions, "store"> {
  readonly directory: string;
}

/** A request to the thread: a batch as one buffer, or a call by name. */
export type ThreadRequest = { readonly ask: number } & (
  { readonly batch: Uint8Array } | { readonly method: CommitterMethod; readonly args: readonly unknown[] }
);
export type CommitterMethod = "prove" | "leaves" | "usage" | "sealedRecord" | "buckets" | "purge" | "tile" | "rotateKey" | "close";

/**
 * Its reply. Neither the class nor further members of an error cross to another thread: a `LedgerFault` goes as its
 * sentences, another error with its `code` beside it. The first reply, to 0, is the committer's identity.
 */
export type ThreadReply = { readonly ask: number } & (
  { readonly value: unknown } | { readonly detail: Text } | { readonly fault: unknown; readonly code?: unknown }
);
export type CommitterIdentity = Pick<Committer, "vkey" | "createdAt" | "checkpoint">;

/**
 * A committer in a thread of its own, over `ledger.sqlite` in a directory: hashing, signing and the wait for the disk
 * leave the event loop alone. If the thread dies, every call rejects from then on.
 */
export async function startCommitterThread(options: ThreadOptions): Promise<Committer> {
  const worker = new Worker(new URL("./ledger-worker.ts", import.meta.url), {
    workerData: options,
    env: threadEnvironment(),
    // Its work is a few short-lived objects a batch; the defaults would keep tens of megabytes of young garbage. Leaves are off the heap.
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (fault: unknown) => void }>();
  let asked = 0;
  let dead: Error | undefined;

  const die = (fault: Error): void => {
    dead ??= fault;
    for (const { reject } of waiting.values()) reject(dead);
    waiting.clear();
  };
  worker.on("error", die);
  worker.on("exit", () => die(new Error("the ledger's thread has ended")));
  worker.on("message", (reply: ThreadReply) => {
    const waiter = waiting.get(reply.ask);
    waiting.delete(reply.ask);
    if ("value" in reply) waiter?.resolve(reply.value);
    else if ("detail" in reply) waiter?.reject(new LedgerFault(reply.detail));
    else waiter?.reject(reply.code === undefined ? reply.fault : Object.assign(reply.fault as Error, { code: reply.code }));
  });

  const answer = <T>(ask: number): Promise<T> =>
    new Promise((resolve, reject) => {
      if (dead === undefined) waiting.set(ask, { resolve: resolve as (value: unknown) => void, reject });
      else reject(dead);
    });
  const send = <T>(ask: ThreadRequest, transfer: ArrayBuffer[] = []): Promise<T> => {
    worker.postMessage(ask, transfer);
    return answer<T>(ask.ask);
  };
  const call = <T>(method: CommitterMethod, ...args: readonly unknown[]): Promise<T> => send({ ask: ++asked, method, args });

  const opened = await answer<CommitterIdentity>(0);
  return {
    ...opened,
    async commit(entries) {
      const batch = packEntries(entries);
      const committed = await send<CommitResult>({ ask: ++asked, batch }, [batch.buffer as ArrayBuffer]);
      return { ...committed, proofs: crossedBuffer(committed.proofs) };
    },
    async rotateKey(rotation) {
      const committed = await call<CommitResult>("rotateKey", rotation);
      return { ...committed, proofs: crossedBuffer(committed.proofs) };
    },
    async prove(index) {
      const proven = await call<Awaited<ReturnType<Committer["prove"]>>>("prove", index);
      return { ...proven, proof: crossedBuffer(proven.proof) };
    },
    async leaves(query) {
      const leaves = await call<Awaited<ReturnType<Committer["leaves"]>>>("leaves", query);
      return leaves.map(({ index, leaf }) => ({ index, leaf: crossedBuffer(leaf) }));
    },
    usage: (day) => call("usage", day),
    async sealedRecord(index) {
      const record = await call<Awaited<ReturnType<Committer["sealedRecord"]>>>("sealedRecord", index);
      return record?.keys === undefined ? record : { ...record, keys: crossedBuffer(record.keys) };
    },
    buckets: () => call("buckets"),
    purge: () => call("purge"),
    async tile(level, n, width) {
      const tile = await call<Buffer | undefined>("tile", level, n, width);
      return tile && crossedBuffer(tile);
    },
    async close() {
      await call("close");
      await worker.terminate();
    },
  };
}

/** A Buffer crosses threads as a plain Uint8Array. */
export const crossedBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
