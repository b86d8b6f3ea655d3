import { existsSync } from "node:fs";
import { masterIdOf } from "../../ledger/sealed/data-keys.ts";
import { loadMasterKeys } from "../../ledger/sealed/master-key.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import { good, wrong, type DoctorCheck } from "./diagnosis.ts";
import { withLedger } from "./stores.ts";

/** The file with the master keys can be used, and has every key under which evidence is locked. */
export const evidenceKey: DoctorCheck = async ({ config }) => {
  // A ledger that cannot be read is another check's finding.
  const buckets = await withLedger(config, (store) => store.buckets()).catch(() => undefined);
  const used = new Set(buckets?.map(({ wrapped }) => masterIdOf(wrapped)));
  const file = config.evidenceKey;
  if (!existsSync(file)) {
    if (used.size === 0)
      return [
        good(
          `Berkas kunci bukti ${file} belum ada; gerbang membuatnya saat mulai.`,
          `There is no evidence key file ${file} yet; the gateway makes it when it starts.`,
        ),
      ];
    return [
      wrong(
        `Berkas kunci bukti ${file} hilang; tanpa itu bukti tidak terbaca. Pulihkan dari cadangan.`,
        `The evidence key file ${file} is lost; without it evidence cannot be read. Restore it from a backup.`,
      ),
    ];
  }
  try {
    const { lines } = loadMasterKeys(file);
    const missing = [...used].filter((id) => !lines.some((line) => line.id === id)).join(", ");
    if (missing === "")
      return [good(`Berkas kunci bukti ${file}: ${lines.length} kunci.`, `Evidence key file ${file}: ${lines.length} keys.`)];
    return [
      wrong(
        `Kunci bukti ${missing} dipakai tetapi tidak ada di ${file}; pulihkan barisnya dari cadangan.`,
        `The evidence key ${missing} is in use but not in ${file}; restore its line from a backup.`,
      ),
    ];
  } catch (fault) {
    if (fault instanceof LedgerFault) return [wrong(`${fault.detail.id}.`, `${fault.detail.en}.`)];
    throw fault;
  }
};
