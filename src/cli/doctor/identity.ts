import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../config/config.ts";
import { InstanceFault, instanceExists, openInstance, type Instance } from "../../gateway/identity.ts";
import { LedgerFault } from "../../ledger/fault.ts";
import { doubtful, good, wrong, type DoctorCheck, type Diagnosis } from "./diagnosis.ts";

/** The folder holds keys and the openings of commitments: it is its owner's alone. */
export const dataFolder: DoctorCheck = ({ config: { data } }) => {
  if (!existsSync(data)) return [];
  const found: Diagnosis[] = [];
  if (isOpenToOthers(data)) {
    found.push(
      doubtful(
        `Folder data ${data} terbuka bagi pengguna lain (mode ${modeOf(data)}); jalankan chmod 700.`,
        `The data directory ${data} is open to other users (mode ${modeOf(data)}); run chmod 700.`,
      ),
    );
  }
  const offline = join(data, "instance.key");
  if (existsSync(offline)) {
    found.push(
      doubtful(
        `${offline} masih di sini. Kunci ini menandatangani daftar log dan tidak diperlukan gerbang: pindahkan ke tempat luring.`,
        `${offline} is still here. It signs the list of logs and the gateway does not need it: move it offline.`,
      ),
    );
    if (isOpenToOthers(offline))
      found.push(
        wrong(
          `${offline} dapat dibaca pengguna lain (mode ${modeOf(offline)}); jalankan chmod 600.`,
          `${offline} can be read by other users (mode ${modeOf(offline)}); run chmod 600.`,
        ),
      );
  }
  return found.length > 0
    ? found
    : [good(`Folder data ${data} hanya untuk pemiliknya.`, `The data directory ${data} is its owner's alone.`)];
};

/** Identity and configuration agree, the log key can be used, and the signed list names it. */
export const identity: DoctorCheck = ({ config }) => {
  let instance: Instance;
  try {
    instance = openInstance(config);
  } catch (fault) {
    if (fault instanceof InstanceFault) return [wrong(fault.detail.id, fault.detail.en)];
    if (fault instanceof LedgerFault) return [wrong(`${fault.detail.id}.`, `${fault.detail.en}.`)];
    const reason = (fault as Error).message;
    return [
      wrong(
        `Identitas di ${config.data} tidak terbaca (${reason}); pulihkan dari cadangan.`,
        `The identity in ${config.data} cannot be read (${reason}); restore it from a backup.`,
      ),
    ];
  }
  const { origin, vkey, logList } = instance;
  if (!logList.includes(` ${vkey} `)) {
    return [
      wrong(
        `log.key bukan kunci yang tercatat di logs.note untuk ${origin}: anggota akan menolak tanda terimanya. Pulihkan log.key yang asli dari cadangan.`,
        `log.key is not the key that logs.note names for ${origin}: members will reject its receipts. Restore the original log.key from a backup.`,
      ),
    ];
  }
  return [good(`Instansi ${config.publicOrigin}, log ${origin}.`, `Instance ${config.publicOrigin}, log ${origin}.`)];
};

/** The instance if it opens; whether and why not is the identity's finding. */
export function readableInstance(config: Config): Instance | undefined {
  try {
    return instanceExists(config) ? openInstance(config) : undefined;
  } catch {
    return undefined;
  }
}

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8).padStart(4, "0");
const isOpenToOthers = (path: string): boolean => (statSync(path).mode & 0o077) !== 0;
