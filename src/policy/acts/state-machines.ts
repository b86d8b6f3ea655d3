import type { Action } from "./action.ts";
import type { StatefulKind } from "../context.ts";
import { actions } from "./actions.ts";
import type { Guard } from "../guards/guard.ts";
import { guardTitles } from "../guards/guard-titles.ts";
import { guards, type GuardName } from "../guards/guards.ts";
import { messages } from "./messages.ts";
import { permissions, type Permission } from "./permissions.ts";
import { answerTo, type Profile } from "../profile/profile.ts";
import type { AskedKey } from "../profile/profile-keys.ts";

/**
 * The page `docs/state-machines.md`, from the tables: the states of each kind, the actions between them, by whom, on which
 * conditions and pasal.
 */
export function stateMachinesPage(profiles: readonly Profile[]): string {
  return `# Keadaan dan peralihan · States and transitions

*This page is generated from the tables in \`src/policy/acts\` and \`src/policy/guards\` and from the profiles in \`policies/regulations\`;
\`npm test -- test/policy/state-machines.test.ts -u\` writes it again.*

Setiap langkah dinilai berurutan: peran, keadaan, wewenang, orang kedua, tanggal surat, aturan langkah, lalu syarat-syaratnya. Setiap
langkah menjadi satu keputusan dan satu daun kendali dalam buku besar; tidak ada yang ditimpa. *Each step is judged in this order: role,
state, whose it is, four eyes, dates of letters, its own rules, then its conditions. Each becomes one decision and one control leaf in the
ledger; nothing is overwritten.*

## Jalan layanan · The road of a service

${diagram("revision")}

## Izin akses · A grant

${diagram("grant")}

${Object.entries(messages.kinds)
  .map(([kind, title]) => `## ${title.id} · ${title.en}\n\n${table(kind as StatefulKind)}`)
  .join("\n\n")}

## Syarat · Conditions

Pasal menurut profil; “–” berarti peraturan diam atau syaratnya aturan proyek. *The pasal of each profile; “–” means that the
regulation is silent or the rule is ours.*

| Syarat · condition | ${profiles.map(({ regulation }) => regulation.short).join(" | ")} |
|---|${profiles.map(() => "---|").join("")}
${Object.entries<Pick<Guard, "key" | "also">>(guards)
  .map(([name, { key, also = [] }]) => {
    const title = guardTitles[name as GuardName];
    return `| \`${name}\` ${title.id} · *${title.en}* | ${cites(profiles, ...(key === undefined ? [] : [key]), ...also)} |`;
  })
  .join("\n")}

## Dasar langkah · Basis of the steps

| Langkah · step | ${profiles.map(({ regulation }) => regulation.short).join(" | ")} |
|---|${profiles.map(() => "---|").join("")}
${[...actions.values()]
  .flatMap(({ name, key }) =>
    key === undefined || profiles.every((profile) => answerTo(profile, key).cite === null)
      ? []
      : [`| \`${name}\` | ${cites(profiles, key)} |`],
  )
  .join("\n")}
`;
}

const of = (kind: StatefulKind): readonly Action[] => [...actions.values()].filter((action) => action.kind === kind);

function table(kind: StatefulKind): string {
  const rows = of(kind).map(({ name, title, from, to, guards: conditions, decidesOn }) => {
    const before = from === "new" ? "(baru · new)" : from.join(", ");
    const after = to === "same" ? "(tetap · same)" : to.join(", ");
    const asked = [...(decidesOn === undefined ? [] : ["four-eyes"]), ...conditions];
    const roles = permissions[name as Permission].join(", ");
    return `| \`${name}\` ${title.id} · *${title.en}* | ${before} | ${after} | ${roles} | ${asked.join(", ") || "–"} |`;
  });
  return `| Langkah · step | dari · from | ke · to | oleh · by | syarat · conditions |\n|---|---|---|---|---|\n${rows.join("\n")}`;
}

function diagram(kind: StatefulKind): string {
  const edges = of(kind).flatMap(({ name, from, to }) => {
    const verb = name.slice(name.indexOf(".") + 1);
    if (to === "same") return [];
    if (from === "new") return to.map((after) => `  [*] --> ${after}: ${verb}`);
    return from.flatMap((before) => to.map((after) => `  ${before} --> ${after}: ${verb}`));
  });
  return `\`\`\`mermaid\nstateDiagram-v2\n${edges.join("\n")}\n\`\`\``;
}

/** One table cell a profile: every pasal of these answers, once. */
const cites = (profiles: readonly Profile[], ...keys: readonly AskedKey[]): string =>
  profiles
    .map((profile) => [...new Set(keys.flatMap((key) => answerTo(profile, key).cite?.split(", ") ?? []))].join(", ") || "–")
    .join(" | ");
