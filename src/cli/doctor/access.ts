import { dirname } from "node:path";
import type { Config } from "../../config/config.ts";
import { doubtful, wrong, type Diagnosis } from "./diagnosis.ts";
import { messages } from "./messages.ts";
import type { SystemProbes } from "./system-probes.ts";

const foldersOf = ({ data, registry, ledger, evidenceKey }: Config): readonly string[] => [
  ...new Set([data, registry.directory, ledger.directory, dirname(evidenceKey)]),
];

/**
 * What this user may not read of the instance. The checks of the data would take it for missing, so they are left out; with nothing
 * found they can run.
 */
export function unreadable(config: Config, { access, user }: Pick<SystemProbes, "access" | "user">): readonly Diagnosis[] {
  return foldersOf(config).flatMap((folder) => {
    const { code, owner } = access(folder);
    return code === "EACCES" || code === "EPERM" ? [wrong(messages.notForThisUser(folder, user.name, owner))] : [];
  });
}

/** As root, files that are made here would be root's, and the gateway could not write to them. */
export function otherOwner(config: Config, { access, user }: Pick<SystemProbes, "access" | "user">): readonly Diagnosis[] {
  const { owner } = access(config.data);
  return owner === undefined || owner === user.id ? [] : [doubtful(messages.notTheOwner(config.data, user.name, owner))];
}
