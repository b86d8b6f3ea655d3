import { parseArgs } from "node:util";
import { configFlags, readConfig } from "../config/config.ts";
import { openInstance } from "../gateway/identity.ts";
import { startGateway, untilStopped } from "../gateway/process.ts";
import type { Verb } from "./verb.ts";

export const verb: Verb = {
  audience: "operator",
  usage: "serve [--data FOLDER] [--config FILE] [--<pengaturan> NILAI …]",
  summary: { id: "Menjalankan gerbang sampai SIGTERM", en: "Runs the gateway until SIGTERM" },
  settings: true,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: configFlags });
    const { config } = readConfig({ flags: values });
    const running = await startGateway({ config, instance: openInstance(config) });
    await untilStopped(running.close, config.drainGraceMs);
    return 0;
  },
};
