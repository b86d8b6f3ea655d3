/**
 * A process of its own that appends for ever and prints each index once it is acknowledged: `node ledger-appender.ts
 * <directory> <thread> <key file>`.
 */
import { uuidv7 } from "../../src/base/uuid.ts";
import { loadLogKey } from "../../src/ledger/log-key.ts";
import { openSqliteLedger } from "../../src/store/sqlite/open.ts";
import { evidenceKeys, jws, origin, outcome } from "../support/ledger-samples.ts";

const [directory, thread, keyFile] = process.argv.slice(2) as [string, "worker" | "main", string];
const ledger = await openSqliteLedger({ directory, logKey: loadLogKey(keyFile), origin, clock: Date.now, thread, evidenceKeys });
process.stdout.write("open\n");
await Promise.all(
  Array.from({ length: 16 }, async () => {
    for (;;) {
      // Its evidence follows from its id, so that whoever reads it knows what it must be.
      const id = uuidv7(Date.now());
      const entry = outcome(
        { id },
        { at: Date.now(), toSeal: { months: 60, keys: Buffer.alloc(64, id), statement: jws(parseInt(id.slice(-8), 16)) } },
      );
      const { index } = await ledger.append(entry);
      process.stdout.write(`${index} ${id}\n`);
    }
  }),
);
