import { existsSync } from "node:fs";
import type { Config } from "../../config/config.ts";
import { doubtful, good, wrong, type DoctorCheck } from "./diagnosis.ts";

const mebibyte = 2 ** 20;

/** An exchange takes about 2 KiB, so the lower limit is some hundred thousand of them. */
const limits = { wrong: 256 * mebibyte, doubtful: 2048 * mebibyte };

/** An exchange waits for one sync, a write for two. */
const slowMs = 25;

const foldersOf = ({ data, registry, ledger }: Config): string[] =>
  [...new Set([data, registry.directory, ledger.directory])].filter((folder) => existsSync(folder));

/** Without room for its leaf nothing is delivered. */
export const diskSpace: DoctorCheck = ({ config, freeBytes }) =>
  Promise.all(
    foldersOf(config).map(async (folder) => {
      const bytes = await freeBytes(folder);
      const free = Math.floor(bytes / mebibyte);
      if (bytes >= limits.doubtful) return good(`Ruang cakram ${folder}: ${free} MiB bebas.`, `Disk space of ${folder}: ${free} MiB free.`);
      const text = [
        `Ruang cakram ${folder} tinggal ${free} MiB; bila habis, tidak ada pertukaran yang disampaikan. Bebaskan ruang atau pindahkan ke cakram yang lebih besar.`,
        `Only ${free} MiB are left on the disk of ${folder}; when it is full, no exchange is delivered. Free some space or move to a larger disk.`,
      ] as const;
      return bytes < limits.wrong ? wrong(...text) : doubtful(...text);
    }),
  );

/** How long the ledger's disk takes to keep its word. */
export const diskSync: DoctorCheck = async ({ config, syncMs }) => {
  const { directory } = config.ledger;
  if (!existsSync(directory)) return [];
  try {
    const ms = await syncMs(directory);
    const shown = ms.toFixed(ms < 10 ? 1 : 0);
    if (ms <= slowMs) return [good(`fsync 64 KiB di ${directory}: ${shown} ms.`, `fsync of 64 KiB in ${directory}: ${shown} ms.`)];
    return [
      doubtful(
        `fsync 64 KiB di ${directory} memakan ${shown} ms, dan setiap pertukaran menunggunya; pakai cakram SSD lokal, cari proses lain yang membebaninya, dan sementara itu setel --ledger-thread worker.`,
        `fsync of 64 KiB in ${directory} takes ${shown} ms, and every exchange waits for it; use a local SSD, look for other load on it, and until then set --ledger-thread worker.`,
      ),
    ];
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException;
    return [
      wrong(
        `Tidak dapat menulis di ${directory} (${code}); jalankan sebagai pengguna gerbang, dan periksa pemilik folder serta cakramnya.`,
        `Cannot write in ${directory} (${code}); run as the gateway's user, and check the folder's owner and its disk.`,
      ),
    ];
  }
};
