import { parentPort, workerData } from "node:worker_threads";
import { openCommitter, type Committer } from "../../ledger/committer.ts";
import type { KeyRotation } from "../../ledger/ledger.ts";
import type { LeafQuery } from "../../ledger/store.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import { openSqliteLedgerStore } from "./ledger.ts";
import { crossedBuffer, type ThreadRequest, type CommitterIdentity, type ThreadReply, type ThreadOptions } from "./ledger-thread.ts";
import { unpackEntries } from "./ledger-wire.ts";

/** The thread behind `startCommitterThread`: the same committer over the same store, called by messages. */

const port = parentPort!;

async function serve({ directory, ...options }: ThreadOptions): Promise<void> {
  const store = openSqliteLedgerStore(directory);
  const committer = await openCommitter({ ...options, store }).catch(async (fault: unknown) => {
    await store.close();
    throw fault;
  });
  port.on("message", (ask: ThreadRequest) => void respond(ask.ask, () => perform(committer, ask)));
  const { vkey, createdAt, checkpoint } = committer;
  reply({ ask: 0, value: { vkey, createdAt, checkpoint } satisfies CommitterIdentity });
}

async function perform(committer: Committer, ask: ThreadRequest): Promise<unknown> {
  if ("batch" in ask) return committer.commit(unpackEntries(crossedBuffer(ask.batch)));
  const [first, n, width] = ask.args;
  switch (ask.method) {
    case "prove":
      return committer.prove(first as number);
    case "leaves":
      return committer.leaves(toQuery(first as LeafQuery));
    case "usage":
      return committer.usage(first as string);
    case "sealedRecord":
      return committer.sealedRecord(first as number);
    case "buckets":
      return committer.buckets();
    case "purge":
      return committer.purge();
    case "tile":
      return committer.tile(first as number | "entries", n as number, width as number);
    case "rotateKey":
      return committer.rotateKey(first as KeyRotation);
    case "close":
      return committer.close();
  }
}

async function respond(ask: number, work: () => Promise<unknown>): Promise<void> {
  try {
    reply({ ask, value: await work() });
  } catch (fault) {
    reply(refusal(ask, fault));
  }
}

function reply(message: ThreadReply): void {
  const proofs = "value" in message ? (message.value as { proofs?: Uint8Array } | undefined)?.proofs : undefined;
  port.postMessage(message, proofs === undefined ? [] : [proofs.buffer as ArrayBuffer]);
}

function toQuery(query: LeafQuery): LeafQuery {
  if (query.by === "exchange") return { by: "exchange", id: crossedBuffer(query.id) };
  if (query.by === "statement") return { by: "statement", hash: crossedBuffer(query.hash) };
  return query;
}

function refusal(ask: number, fault: unknown): ThreadReply {
  if (fault instanceof LedgerFault) return { ask, detail: fault.detail };
  return fault instanceof Error && "code" in fault ? { ask, fault, code: fault.code } : { ask, fault };
}

serve(workerData as ThreadOptions).catch((fault: unknown) => reply(refusal(0, fault)));
