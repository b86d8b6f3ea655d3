/** A process of its own that appends for ever and prints each index once it is acknowledged: `node ledger-appender.ts <directory> <thread> <key file>`. */
import { loadLogKey } from "../../src/ledger/log-key.ts";
import { openSqliteLedger } from "../../src/store/sqlite/ledger-open.ts";
import { origin, outcome } from "../ledger/samples.ts";

const [directory, thread, keyFile] = process.argv.slice(2) as [string, "worker" | "main", string];
const ledger = await openSqliteLedger({ directory, logKey: loadLogKey(keyFile), origin, clock: Date.now, thread });
process.stdout.write("open\n");
await Promise.all(
  Array.from({ length: 16 }, async () => {
    for (;;) {
      const entry = outcome();
      const { index } = await ledger.append(entry);
      process.stdout.write(`${index} ${entry.id}\n`);
    }
  }),
);
