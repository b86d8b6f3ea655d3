import type { Clock } from "../../base/clock.ts";
import { Problem } from "../../base/problem.ts";
import { uuidv7 } from "../../base/uuid.ts";
import { encodeLeaf } from "../../ledger/leaf.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { closeOpenIntents } from "./restore.ts";

/**
 * What has to be done after a ledger has refused leaves, without anybody's hand: its first leaf says from when until when it refused and how many, and
 * intents whose outcome it refused get one (protocol §4). The same leaf is how a ledger that nobody uses is asked whether it takes leaves again.
 */
export interface LedgerRecovery {
  /** A commit failed, and so many leaves were refused. */
  failed(leaves: number): void;
  /** A commit succeeded. */
  committed(): void;
  /** Whether the last commit failed. */
  refusing(): boolean;
  /** Does what can be done now; the rest is done at the next call. Resolves to the number of intents that it closed. */
  recover(): Promise<number>;
}

interface Gap {
  readonly id: string;
  readonly from: number;
  until: number;
  leaves: number;
}

/** `underWay` says of an exchange whether this process still carries it: then it will end by itself. */
export function ledgerRecovery(ledger: Ledger, clock: Clock, inFlight: (exchange: string) => boolean): LedgerRecovery {
  let refusing = false;
  let gap: Gap | undefined;
  /** A gap whose leaf was refused, or only seemed so: it is appended as it was, once. */
  let unrecorded: Gap | undefined;
  let mayBeOpen = false;
  let recovering: Promise<number> | undefined;

  const tell = async ({ id, from, until, leaves }: Gap): Promise<void> => {
    if ((await ledger.findExchange(id)) !== undefined) return;
    const at = clock();
    const change = { ledger: { refused: leaves, from: new Date(from).toISOString(), until: new Date(until).toISOString() }, by: "gateway" };
    try {
      await ledger.append({
        type: "control",
        id,
        at,
        leaf: encodeLeaf({ v: 1, log: ledger.origin, type: "control", id, at: new Date(at).toISOString(), change }),
      });
    } catch (fault) {
      // One that a commit failed has been counted among the refused; one that found no place in the queue has not.
      if (gap !== undefined && fault instanceof Problem && fault.cause !== undefined && --gap.leaves === 0) gap = undefined;
      throw fault;
    }
  };

  const recover = async (): Promise<number> => {
    try {
      for (unrecorded ??= gap; unrecorded !== undefined; unrecorded = gap) {
        if (unrecorded === gap) gap = undefined;
        await tell(unrecorded);
      }
      if (!mayBeOpen) return 0;
      mayBeOpen = false;
      const { closed, left } = await closeOpenIntents(ledger, clock, inFlight);
      if (left > 0) mayBeOpen = true;
      return closed;
    } catch {
      mayBeOpen = true;
      return 0;
    }
  };

  return {
    failed(leaves) {
      refusing = true;
      mayBeOpen = true;
      const now = clock();
      gap ??= { id: uuidv7(now), from: now, until: now, leaves: 0 };
      gap.until = now;
      gap.leaves += leaves;
    },
    committed: () => void (refusing = false),
    refusing: () => refusing,
    recover: () => (recovering ??= recover().finally(() => (recovering = undefined))),
  };
}
