import { policiesFolder } from "../base/project.ts";
import { existsSync, mkdirSync } from "node:fs";
import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { systemClock } from "../base/clock.ts";
import { inline, stacked } from "../base/text.ts";
import { configFlags, readConfig, type Config } from "../config/config.ts";
import { apply } from "../registry/apply.ts";
import { VersionConflict } from "../registry/commit-change.ts";
import { loadProfiles } from "../policy/profile/load-profiles.ts";
import type { ProfileFault } from "../policy/profile/profile-fault.ts";
import type { Desired } from "../registry/entry.ts";
import { loadManifests } from "../registry/manifest/load.ts";
import { written } from "../source/fault.ts";
import { entryName, plan, type Plan } from "../registry/plan.ts";
import { storesAt } from "../store/open.ts";
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

type Applied = { readonly faults: readonly ProfileFault[] } | { readonly plan: Plan; readonly version: number | undefined };

/** Loads, plans and applies; `version` is undefined when nothing changed, was refused, or was only tried. */
export async function applyManifests(
  config: Config,
  { by, dryRun = false }: { readonly by: string; readonly dryRun?: boolean },
): Promise<Applied> {
  const loaded = await loadDesired(config.services);
  if (loaded.desired === undefined) return { faults: loaded.faults };
  if (!existsSync(config.registry.directory)) mkdirSync(config.registry.directory, { recursive: true, mode: 0o700 });
  const store = storesAt(config.registry).openRegistry();
  try {
    for (;;) {
      const planned = plan(await store.read(), loaded.desired);
      if (dryRun || planned.refused.length > 0) return { plan: planned, version: undefined };
      try {
        return { plan: planned, version: (await apply(store, planned, { by, at: systemClock() }))?.version };
      } catch (fault) {
        // Somebody else applied in between: what is to be done is planned anew.
        if (!(fault instanceof VersionConflict)) throw fault;
      }
    }
  } finally {
    await store.close();
  }
}

/** Manifests and policies, and the profiles among them compiled: all of it, or every fault. */
export async function loadDesired(
  services: string,
): Promise<
  { readonly desired: Desired; readonly faults: readonly [] } | { readonly desired: undefined; readonly faults: readonly ProfileFault[] }
> {
  const policies = policiesFolder;
  const loaded = await loadManifests({ services, policies });
  const known = new Set(loaded.faults.map(written));
  const faults = [...loaded.faults, ...loadProfiles(policies).faults.filter((fault) => !known.has(written(fault)))];
  return loaded.desired === undefined || faults.length > 0 ? { desired: undefined, faults } : { desired: loaded.desired, faults: [] };
}

function printPlan({ added, changed, retired, proposed, refused }: Plan): void {
  for (const entry of added) console.log(`  + ${entryName(entry)}`);
  for (const entry of changed) console.log(`  ~ ${entryName(entry)}`);
  for (const entry of retired) console.log(`  - ${entryName(entry)}`);
  for (const proposal of proposed) console.log(`  ? ${entryName(proposal)} (${messages.proposed.id}; ${messages.proposed.en})`);
  for (const { entry, code, detail } of refused) console.error(`  ✗ ${entryName(entry)} ${code}: ${stacked(detail, "      ")}`);
}
