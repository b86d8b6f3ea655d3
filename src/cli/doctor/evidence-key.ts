import { existsSync } from "node:fs";
import { masterIdOf } from "../../ledger/sealed/data-keys.ts";
import { loadMasterKeys } from "../../ledger/sealed/master-key.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import { good, wrong, type DoctorCheck } from "./diagnosis.ts";
import { bucketsOfAllLogs } from "./stores.ts";
import { messages } from "./messages.ts";

/** The file of master keys can be read, and holds every key under which evidence is encrypted. */
export const evidenceKey: DoctorCheck = async ({ config }) => {
  // The check `ledger` reports a ledger that cannot be read.
  const buckets = await bucketsOfAllLogs(config).catch(() => undefined);
  const used = new Set(buckets?.map(({ wrapped }) => masterIdOf(wrapped)));
  const file = config.evidenceKey;
  if (!existsSync(file)) return [used.size === 0 ? good(messages.noKeyFileYet(file)) : wrong(messages.keyFileLost(file))];
  try {
    const { lines } = loadMasterKeys(file);
    const missing = [...used].filter((id) => !lines.some((line) => line.id === id)).join(", ");
    return [missing === "" ? good(messages.keyFileHolds(file, lines.length)) : wrong(messages.keysMissing(missing, file))];
  } catch (fault) {
    if (fault instanceof LedgerFault) return [wrong(messages.sentence(fault.detail))];
    throw fault;
  }
};
