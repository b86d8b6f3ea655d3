import { Problem } from "../../../src/base/problem.ts";
import type { Ledger, LedgerEntry, StoredLeaf } from "../../../src/ledger/ledger.ts";
import { origin } from "../../support/ledger-samples.ts";

/** A ledger in memory that refuses as long as it is told to, and remembers what landed. */
export function failingLedger() {
  const landed: LedgerEntry[] = [];
  const failing: { how: "lost" | "landed" | undefined } = { how: undefined };
  let told: (leaves: number) => void = () => undefined;
  const stored = (found: LedgerEntry | undefined): StoredLeaf | undefined => found && { index: landed.indexOf(found), leaf: found.leaf };
  const ledger = {
    origin,
    async append(entry: LedgerEntry) {
      if (failing.how !== "lost") landed.push(entry);
      if (failing.how !== undefined) {
        told(1);
        throw new Problem("ledger-unavailable", { cause: new Error("ENOSPC") });
      }
      return { index: landed.length - 1, proof: Buffer.alloc(0), checkpoint: "" };
    },
    findExchange: async (id: string) => stored(landed.findLast((entry) => entry.id === id)),
    openIntents: async () =>
      landed
        .filter(({ id, type }) => type === "intent" && !landed.some((other) => other.id === id && other.type === "outcome"))
        .map((entry) => stored(entry)!),
    sealedRecord: async () => undefined,
  } as unknown as Ledger;
  return { ledger, landed, failing, onFailure: (tell: (leaves: number) => void) => void (told = tell) };
}
