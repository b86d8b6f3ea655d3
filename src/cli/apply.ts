import { userInfo } from "node:os";
import { parseArgs } from "node:util";
import { inline, stacked } from "../base/text.ts";
import { configFlags, readConfig } from "../config/config.ts";
import { applyManifests } from "../gateway/apply-manifests.ts";
import { judgementLines } from "../control-client/format-explanation.ts";
import type { Foreseen } from "../policy/foresee.ts";
import type { Entry } from "../registry/entry.ts";
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
    id: "Membandingkan manifes dengan registri, lalu menerapkan yang benar dalam satu transaksi",
    en: "Compares the manifests with the registry, then applies what is sound in one transaction",
  },
  help: [
    {
      id: "Gerbang yang sedang berjalan melihat perubahan dalam satu detik dan mencatatnya di buku besar sebelum memberlakukannya.",
      en: "A running gateway notices within a second and writes the change to the ledger before it serves it.",
    },
    {
      id:
        "Anggota yang berkasnya salah tetap seperti semula, begitu pula entri yang ditolak (✗); yang lain diterapkan. " +
        "Kesalahan dalam instance.yaml, kebijakan, atau folder yang bukan milik anggota menahan semuanya.",
      en:
        "A member whose files have a fault stays as it is, and so does an entry that is refused (✗); everything else is applied. " +
        "A fault in instance.yaml, in the policies or in a folder that is no member's keeps everything back.",
    },
    {
      id:
        "Dalam produksi ia mengusulkan, dan petugas memutuskan. " +
        "`--dry-run` menyebut juga apa yang akan ditolak pada langkah petugas berikutnya (!).",
      en: "In production it proposes, and officers decide. `--dry-run` also tells what the officers' next step will be refused for (!).",
    },
  ],
  options,
  settings: true,
  exit: {
    0: { id: "diterapkan atau tidak ada perubahan", en: "applied or nothing to do" },
    1: { id: "ada yang ditahan, dan tidak ada yang diterapkan", en: "something was kept back, and nothing applied" },
    3: { id: "sebagian diterapkan, sebagian ditahan", en: "a part was applied, a part kept back" },
  },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { ...configFlags, ...options } });
    const { "dry-run": dryRun, ...flags } = values;
    const { config } = readConfig({ flags });
    const { faults, plan, version, foreseen } = await applyManifests(config, {
      by: `cli:${userInfo().username}`,
      ...(dryRun === true ? { dryRun } : {}),
      onMigrated: ({ file, copy, to }) => console.error(inline(messages.migrated(file, to, copy))),
    });
    for (const { file, line, column, code, detail } of faults)
      console.error(`${file}:${line}:${column} ${code}: ${stacked(detail, "    ")}`);
    if (plan === undefined) {
      console.error(inline(messages.nothingApplied(faults.length)));
      return 1;
    }
    printPlan(plan);
    printForeseen(foreseen);
    const unchanged = dryRun === true ? messages.notYetApplied : messages.nothingToDo;
    console.log(inline(version === undefined ? unchanged : messages.registryVersion(version)));
    const kept = keptBack(plan);
    if (kept.length === 0) return 0;
    console.error(inline(messages.keptBack(kept.join(", "))));
    return touches(plan) ? 3 : 1;
  },
};

const touches = ({ added, changed, retired, proposed }: Plan): boolean =>
  [added, changed, retired, proposed].some(({ length }) => length > 0);

/** The members and entries that stay as they are. */
const keptBack = ({ held, refused, waiting }: Plan): readonly string[] => [
  ...[...held].map((code) => `services/${code}`),
  ...refused.map(({ entry }) => entryName(entry)),
  ...waiting.map(entryName),
];

/** What officers will be told at the next step: each guard that is not met, and every finding of the standard. */
function printForeseen(foreseen: readonly Foreseen[]): void {
  for (const { subject, action, judgements, findings } of foreseen) {
    console.log(`! ${subject}: ${inline(messages.nextStepRefuses(action))}`);
    for (const judgement of judgements) {
      console.log(judgementLines(judgement).join("\n"));
      if (judgement.guard === "standard") for (const finding of findings) console.log(`      · ${stacked(finding, "        ")}`);
    }
  }
}

function printPlan({ added, changed, retired, moves, proposed, refused, waiting }: Plan): void {
  for (const line of [...linesOf("+", added), ...linesOf("~", changed), ...linesOf("-", retired)]) console.log(line);
  for (const { subsystem, from, to } of moves)
    console.log(
      `  → ${subsystem}: ${from} → ${to} (${inline(messages.toMove(`subsystem move ${subsystem} --from ${from} --upstream ${to}`))})`,
    );
  for (const proposal of proposed) console.log(`  ? ${entryName(proposal)} (${messages.proposed.id}; ${messages.proposed.en})`);
  for (const { entry, code, detail } of refused) console.error(`  ✗ ${entryName(entry)} ${code}: ${stacked(detail, "      ")}`);
  for (const grant of waiting) console.error(`  … ${entryName(grant)} (${inline(messages.waiting)})`);
}

/** A line for each entry. Policies come by the dozen with a new version of Simpul and are counted, so that the others are seen. */
function linesOf(mark: string, entries: readonly Entry[]): readonly string[] {
  const { policy = [], other = [] } = Object.groupBy(entries, ({ kind }) => (kind === "policy" ? kind : "other"));
  const policies = policy.length > 3 ? [`  ${mark} policy … (${policy.length})`] : policy.map((entry) => `  ${mark} ${entryName(entry)}`);
  return [...policies, ...other.map((entry) => `  ${mark} ${entryName(entry)}`)];
}
