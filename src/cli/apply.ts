import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { inline, stacked } from "../base/text.ts";
import { configFlags, readConfig } from "../config/config.ts";
import { applyManifests } from "../gateway/apply-manifests.ts";
import { entryName, type Plan } from "../registry/plan.ts";
import { messages } from "./messages.ts";
import type { Verb, VerbOptions } from "./verb.ts";

const options = {
  "dry-run": { type: "boolean", means: { id: "hanya menunjukkan apa yang akan berubah", en: "only shows what would change" } },
} as const satisfies VerbOptions;

export const verb: Verb = {
  audience: "operator",
  usage: "apply [--services FOLDER] [--data FOLDER] [--dry-run]",
  summary: {
    id: "Membandingkan manifes dengan registri, lalu menerapkannya dalam satu transaksi",
    en: "Compares the manifests with the registry, then applies them in one transaction",
  },
  help: [
    {
      id: "Gerbang yang sedang berjalan melihat perubahan dalam satu detik dan mencatatnya di buku besar sebelum memberlakukannya.",
      en: "A running gateway notices within a second and writes the change to the ledger before it serves it.",
    },
    {
      id: "Dalam produksi ia mengusulkan, dan petugas memutuskan.",
      en: "In production it proposes, and officers decide.",
    },
  ],
  options,
  settings: true,
  exit: {
    0: { id: "diterapkan atau tidak ada perubahan", en: "applied or nothing to do" },
    1: { id: "ada kesalahan", en: "faults" },
  },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { ...configFlags, ...options } });
    const { "dry-run": dryRun, ...flags } = values;
    const { config } = readConfig({ flags });
    const applied = await applyManifests(config, { by: `cli:${userInfo().username}`, ...(dryRun === true ? { dryRun } : {}) });
    if ("faults" in applied) {
      for (const { file, line, column, code, detail } of applied.faults)
        console.error(`${file}:${line}:${column} ${code}: ${stacked(detail, "    ")}`);
      console.error(inline(messages.nothingApplied(applied.faults.length)));
      return 1;
    }
    printPlan(applied.plan);
    if (applied.plan.refused.length > 0) return 1;
    const unchanged = dryRun === true ? messages.notYetApplied : messages.nothingToDo;
    console.log(inline(applied.version === undefined ? unchanged : messages.registryVersion(applied.version)));
    return 0;
  },
};

function printPlan({ added, changed, retired, proposed, refused }: Plan): void {
  for (const entry of added) console.log(`  + ${entryName(entry)}`);
  for (const entry of changed) console.log(`  ~ ${entryName(entry)}`);
  for (const entry of retired) console.log(`  - ${entryName(entry)}`);
  for (const proposal of proposed) console.log(`  ? ${entryName(proposal)} (${messages.proposed.id}; ${messages.proposed.en})`);
  for (const { entry, code, detail } of refused) console.error(`  ✗ ${entryName(entry)} ${code}: ${stacked(detail, "      ")}`);
}
