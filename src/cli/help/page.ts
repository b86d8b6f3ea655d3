import { inline, type Text } from "../../base/text.ts";
import { kindOfWord, stepsOf, type ActWord } from "../acts/act-labels.ts";
import { roleTitles } from "../../policy/acts/role-titles.ts";
import { flagsOf, isPositional } from "../acts/flags.ts";
import { optionLines, rolesFor, transitionOf } from "../acts/help.ts";
import { messages as actMessages } from "../acts/messages.ts";
import type { Audience, Verb } from "../verb.ts";
import { messages } from "./messages.ts";

const audiences = Object.keys(messages.audiences) as readonly Audience[];

/** The reference page `docs/cli.md`, written from the verbs by name, grouped by audience. */
export function cliPage(verbs: ReadonlyMap<string, Verb>): string {
  const groups = audiences.map((audience) => ({
    title: messages.audiences[audience],
    members: [...verbs].filter(([, verb]) => verb.audience === audience),
  }));
  const overview = groups.map(({ title, members }) =>
    row([`${title.id} · *${title.en}*`, members.map(([name]) => `[\`${name}\`](#${name})`).join(", ")]),
  );
  const sections = groups.flatMap(({ title, members }) => [
    `## ${title.id} · ${title.en}`,
    ...members.map(([name, verb]) => section(name, verb)),
  ]);
  return `# Baris perintah · Command line

*This page is generated from the verbs in \`src/cli\`; \`npm test -- test/cli/page.test.ts -u\` writes it again.*

Setiap perintah dipanggil dengan \`./simpul <perintah>\`, dan menjelaskan dirinya dengan \`--help\`. Dalam kalimat, \`simpul\`
singkatannya. *Every verb is called with \`./simpul <verb>\`, and explains itself with \`--help\`. In sentences \`simpul\` is short for it.*

Gerbang sendiri: \`new\`, \`init\`, \`apply\`, \`serve\`, seperti dalam [start.md](start.md); sesudah itu petugasnya, seperti dalam
[road.md](road.md). *A gateway of your own: these verbs, as [start.md](start.md) shows; then its officers, as [road.md](road.md) does.*

Peluncur itu ada di folder klon. Di tempat lain sebutkan jalurnya atau sebuah tautan (\`ln -s KLON/simpul ~/.local/bin/\`); jalur
relatif dihitung dari tempat Anda berdiri. *The launcher is in the clone. Elsewhere give its path or a link to it; relative paths begin
where you stand.*

Di Windows: \`npm run -s simpul -- <perintah>\`, dan di luar folder klon \`npm --prefix KLON run -s simpul -- <perintah>\`; tanpa
\`--prefix\` npm berhenti dengan status 254, tanpa sepatah kata pun. *On Windows: \`npm run -s simpul -- <verb>\`, and outside the
clone \`npm --prefix CLONE run -s simpul -- <verb>\`; without \`--prefix\` npm ends with status 254 and says nothing.*

Status keluar, bila tidak disebut lain: 0 berhasil, 1 tidak, 2 perintah salah. *Exit status, where nothing else is said: 0 done, 1 not done,
2 misused.*

| Untuk · for | Perintah · verbs |
|---|---|
${overview.join("\n")}

${sections.join("\n\n")}

## Peran · *Roles*

Peran diberikan saat petugas ditunjuk, dan token membawa peran petugasnya atau sebagian darinya. *Roles are given when an officer is
appointed; a token carries the roles of its officer, or some of them.*

| Peran · role | Arti · meaning |
|---|---|
${Object.entries(roleTitles)
  .map(([role, title]) => row([code(role), sentences(title)]))
  .join("\n")}
`;
}

function section(name: string, verb: Verb): string {
  const parts = [`### ${name}`, sentences(verb.summary), `\`\`\`sh\n./simpul ${verb.usage}\n\`\`\``];
  for (const { id, en } of verb.help ?? []) parts.push(id, `*${en}*`);
  if (name in kindOfWord) parts.push(stepTable(name as ActWord));
  parts.push(...optionTable(verb));
  if (verb.options !== undefined && "control" in verb.options) parts.push(sentences(messages.asksControlApi));
  if (verb.exit !== undefined) parts.push(exitList(verb.exit));
  return parts.join("\n\n");
}

const everySetting =
  "Setiap pengaturan dari [configuration.md](configuration.md). *Every setting of [configuration.md](configuration.md).*";

function* optionTable({ options = {}, settings }: Verb): Iterable<string> {
  const rows = Object.entries(options).map(([name, { value, default: preset, multiple, means }]) => {
    const written = `--${name}${value === undefined ? "" : ` ${value}`}${multiple === true ? " …" : ""}`;
    return row([code(written), preset === undefined ? "" : code(preset), sentences(means)]);
  });
  if (settings === true) rows.push(row([code("--…"), "", everySetting]));
  if (rows.length > 0) yield ["| Opsi · option | Baku · default | Arti · meaning |", "|---|---|---|", ...rows].join("\n");
}

/** The steps of an officers' verb, from the table of actions. */
function stepTable(word: ActWord): string {
  const rows = [...stepsOf(word)].map(([step, action]) => {
    const options = optionLines(flagsOf(action.input).filter((flag) => !isPositional(action, flag)));
    return row([code(step), sentences(action.title), rolesFor(action), transitionOf(action), options.map(code).join("<br>")]);
  });
  const required = `* ${inline(actMessages.required)}, … ${inline(actMessages.repeatable)}`;
  const heading = row(["Langkah · step", "Arti · meaning", "Peran · roles", "Keadaan · states", `Opsi · options: ${required}`]);
  return [heading, "|---|---|---|---|---|", ...rows].join("\n");
}

function exitList(exit: NonNullable<Verb["exit"]>): string {
  const statuses = Object.entries(exit).map(([status, means]) => `- ${code(status)}: ${sentences(means)}`);
  return ["Status keluar · exit status:", "", ...statuses].join("\n");
}

/** Both languages, each as a sentence. */
const sentences = ({ id, en }: Text): string => `${sentence(id)} *${sentence(en)}*`;
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? "" : "."}`;
const code = (text: string): string => `\`${text}\``;
const row = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
