import type { Clock } from "../../base/clock.ts";
import { Problem } from "../../base/problem.ts";
import { uuidv7 } from "../../base/uuid.ts";
import { controlEntry } from "../../ledger/control-entry.ts";
import type { Ledger } from "../../ledger/ledger.ts";
import { closeOpenIntents } from "./restore.ts";

/**
 * The automatic recovery of a ledger that has refused leaves (protocol §4). A control leaf records from when until when
 * it refused and how many leaves, and intents whose outcome was refused get one. Appending that leaf is also how an
 * idle ledger is probed.
 */
export interface LedgerRecovery {
  /** A commit failed, and this many leaves were refused. */
  failed(leaves: number): void;
  /** A commit succeeded. */
  committed(): void;
  /** Whether the last commit failed. */
  refusing(): boolean;
  /** Recovers as far as the ledger allows; the next call continues. Resolves to the number of intents that it closed. */
  recover(): Promise<number>;
}

interface Gap {
  readonly id: string;
  readonly from: number;
  until: number;
  leaves: number;
}

/** `inFlight`: whether this process still runs an exchange, which will then end by itself. */
export function ledgerRecovery(ledger: Ledger, clock: Clock, inFlight: (exchange: string) => boolean): LedgerRecovery {
  let refusing = false;
  let gap: Gap | undefined;
  /** A gap whose append failed. The leaf may have landed all the same, so it is appended unchanged, under the same id. */
  let unrecorded: Gap | undefined;
  let mayBeOpen = false;
  let recovering: Promise<number> | undefined;

  const recordGap = async ({ id, from, until, leaves }: Gap): Promise<void> => {
    if ((await ledger.findExchange(id)) !== undefined) return;
    const at = clock();
    const change = { ledger: { refused: leaves, from: new Date(from).toISOString(), until: new Date(until).toISOString() }, by: "gateway" };
    try {
      await ledger.append(controlEntry(ledger.origin, { id, at, change }));
    } catch (fault) {
      // A leaf that failed in a commit is already counted; one rejected because the queue was full is not.
      if (gap !== undefined && fault instanceof Problem && fault.cause !== undefined && --gap.leaves === 0) gap = undefined;
      throw fault;
    }
  };

  const recover = async (): Promise<number> => {
    try {
      for (unrecorded ??= gap; unrecorded !== undefined; unrecorded = gap) {
        if (unrecorded === gap) gap = undefined;
        await recordGap(unrecorded);
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
