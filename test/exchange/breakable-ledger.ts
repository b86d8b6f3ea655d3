import { Problem } from "../../src/base/problem.ts";
import { alteredStores } from "../support/altered-stores.ts";
import type { GatewayOptions } from "../../src/gateway/options.ts";
import type { LedgerEntry } from "../../src/ledger/ledger.ts";

/** A real ledger whose disk is full whenever the test says so. */
export interface BreakableLedger {
  readonly storesAt: NonNullable<GatewayOptions["storesAt"]>;
  /** From now on these entries are refused. */
  refuse(when: (entry: LedgerEntry) => boolean): void;
}

export function breakableLedger(): BreakableLedger {
  let refused = (_: LedgerEntry): boolean => false;
  return {
    refuse: (when) => void (refused = when),
    storesAt: alteredStores((stores) => ({
      async openLedger(options) {
        const ledger = await stores.openLedger(options);
        const append = async (entry: LedgerEntry) => {
          if (refused(entry))
            throw new Problem("ledger-unavailable", {
              cause: new Error("ENOSPC: no space left on device, write '/srv/simpul/ledger.sqlite'"),
            });
          return ledger.append(entry);
        };
        return { ...ledger, append };
      },
    })),
  };
}
