import { ledgerContract } from "../ledger/contract.ts";
import { openSqliteLedger } from "../../src/store/sqlite/open.ts";

ledgerContract("a ledger in SQLite, kept by a thread of its own", (options) => openSqliteLedger({ ...options, thread: "worker" }));
ledgerContract("a ledger in SQLite, kept by the process's own thread", (options) => openSqliteLedger({ ...options, thread: "main" }));
