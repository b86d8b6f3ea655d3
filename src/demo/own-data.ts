import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "../config/config.ts";
import { InstanceFault } from "../gateway/identity.ts";
import { messages } from "./messages.ts";

/** Marks a directory that a demo made. */
const markFile = "demo-data.txt";

/**
 * Makes the directories of a demo, each with its mark. The demo holds the private keys of everybody in it, so it must never write
 * into a real instance.
 *
 * @throws {InstanceFault} for a directory that has something in it and no mark; nothing has been written then.
 */
export function claimDemoData({ data, registry, ledger, evidenceKey }: Pick<Config, "data" | "registry" | "ledger" | "evidenceKey">): void {
  const directories = [...new Set([data, registry.directory, ledger.directory, dirname(evidenceKey)])];
  const foreign = directories.find(
    (directory) => existsSync(directory) && !existsSync(join(directory, markFile)) && readdirSync(directory).length > 0,
  );
  if (foreign !== undefined) throw new InstanceFault(messages.notOfDemo(foreign));
  for (const directory of directories) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(join(directory, markFile), `${messages.demoMark.id}\n${messages.demoMark.en}\n`);
  }
}
