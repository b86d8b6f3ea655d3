import { parseArgs } from "node:util";
import { configFlags, readConfig } from "../config/config.ts";
import { openInstance } from "../gateway/identity.ts";
import { startGateway, stopRequested, untilStopped } from "../gateway/process.ts";
import type { Verb } from "./verb.ts";

export const verb: Verb = {
  audience: "operator",
  usage: "serve [--data FOLDER] [--config FILE] [--<pengaturan> NILAI …]",
  summary: { id: "Menjalankan gerbang sampai SIGTERM", en: "Runs the gateway until SIGTERM" },
  help: [
    {
      id:
        "Berhenti baik-baik pada SIGTERM atau Ctrl-C, dan juga bila proses yang memulainya (npm, shell) sudah tidak ada: npm tidak " +
        "meneruskan SIGTERM. Pengelola layanan seperti systemd memulainya tanpa npm: deploy/README.md.",
      en:
        "Drains and stops at SIGTERM or Ctrl-C, and also when the process that started it (npm, a shell) is gone: npm does not pass " +
        "SIGTERM on. A service manager such as systemd starts it without npm: deploy/README.md.",
    },
  ],
  exit: { 0: { id: "berhenti baik-baik", en: "drained and stopped" }, 1: { id: "selain itu", en: "otherwise" } },
  settings: true,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: configFlags });
    const { config } = readConfig({ flags: values });
    // Listened to before the start: as process 1 of a container, a process without a handler never gets the signal.
    const requested = stopRequested();
    const running = await startGateway({ config, instance: openInstance(config) });
    await untilStopped(running, config.drainGraceMs, requested);
    return 0;
  },
};
