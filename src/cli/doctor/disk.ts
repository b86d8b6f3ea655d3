import { existsSync } from "node:fs";
import type { Config } from "../../config/config.ts";
import { doubtful, good, wrong, type DoctorCheck } from "./diagnosis.ts";
import { messages } from "./machine-messages.ts";

const mebibyte = 2 ** 20;

/** An exchange takes about 2 KiB, so the lower limit leaves room for some hundred thousand. */
const limits = { wrong: 256 * mebibyte, doubtful: 2048 * mebibyte };

/** A read waits for one sync, a write for two. */
const slowMs = 25;

const foldersOf = ({ data, registry, ledger }: Config): string[] =>
  [...new Set([data, registry.directory, ledger.directory])].filter((folder) => existsSync(folder));

/** An exchange is delivered only if there is room for its leaf. */
export const diskSpace: DoctorCheck = ({ config, freeBytes }) =>
  Promise.all(
    foldersOf(config).map(async (folder) => {
      const bytes = await freeBytes(folder);
      const free = Math.floor(bytes / mebibyte);
      if (bytes >= limits.doubtful) return good(messages.diskHasRoom(folder, free));
      return (bytes < limits.wrong ? wrong : doubtful)(messages.diskFillsUp(folder, free));
    }),
  );

/** How long a sync to the ledger's disk takes. */
export const diskSync: DoctorCheck = async ({ config, syncMs }) => {
  const { directory } = config.ledger;
  if (!existsSync(directory)) return [];
  try {
    const ms = await syncMs(directory);
    const shown = ms.toFixed(ms < 10 ? 1 : 0);
    return [ms <= slowMs ? good(messages.diskSyncs(directory, shown)) : doubtful(messages.diskSyncsSlowly(directory, shown))];
  } catch (fault) {
    return [wrong(messages.cannotWrite(directory, (fault as NodeJS.ErrnoException).code))];
  }
};
