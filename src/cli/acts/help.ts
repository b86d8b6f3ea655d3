import { inline, stacked } from "../../base/text.ts";
import type { Action } from "../../policy/acts/action.ts";
import { permissions, type Permission } from "../../policy/acts/permissions.ts";
import { roleTitles } from "../../policy/acts/role-titles.ts";
import { flagsOf, isPositional, type Flag } from "./flags.ts";
import type { ActWord } from "./act-labels.ts";
import { messages } from "./messages.ts";
import { queries } from "./queries.ts";

/** `simpul service --help`: every step, the roles that may take it, and the states it leads from and to. */
export function overview(word: ActWord, steps: ReadonlyMap<string, Action>): readonly string[] {
  const lines = [`  ${word} list [--state KEADAAN]`, `  ${word} show ${word === "instance" ? "[ID]" : "ID"}`];
  for (const [name, { usage, title }] of Object.entries(queries[word] ?? {})) lines.push(`  ${word} ${name} ${usage}  ${inline(title)}`);
  for (const [step, action] of steps) {
    lines.push(`  ${word} ${step}  ${inline(action.title)}`, `      ${rolesFor(action)} · ${transitionOf(action)}`);
  }
  return [...lines, "", `  ${word} <langkah> --help`, ...(word === "officer" || word === "token" ? ["", ...roleLines()] : [])];
}

/** Every role and what it is for. */
const roleLines = (): readonly string[] => [
  `${inline(messages.roles)}:`,
  ...Object.entries(roleTitles).flatMap(([role, title]) => [`    ${role}  ${stacked(title, "        ")}`]),
];

/** The roles that may take a step. */
export const rolesFor = ({ name }: Action): string => permissions[name as Permission].join(", ");

/** `applied → approved, rejected`; `=` where the state stays. */
export const transitionOf = ({ from, to }: Action): string =>
  `${from === "new" ? inline(messages.new) : from.join(", ")} → ${to === "same" ? "=" : to.join(", ")}`;

/** `simpul service approve --help`: the options of one step. */
export function stepHelp(word: ActWord, step: string, action: Action): readonly string[] {
  const flags = flagsOf(action.input);
  const options = flags.filter((flag) => !isPositional(action, flag));
  const id = action.from === "new" ? (flags.length > options.length ? " ID" : "") : word === "instance" ? " [ID]" : " ID";
  return [
    `  ${word} ${step}${id}  ${inline(action.title)}`,
    ...optionLines(options).map((line) => `    ${line}`),
    "    --input FILE.json",
    ...(action.name === "token.issue" ? ["    --save FILE"] : []),
    ...(options.some(({ name }) => name === "roles") ? ["", ...roleLines()] : []),
    "",
    `* ${inline(messages.required)} · … ${inline(messages.repeatable)}`,
  ];
}

/** A line for each option; the options of one part, such as a letter, share a line. */
export function optionLines(flags: readonly Flag[]): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const { name, path, hint, form, required, slots } of flags) {
    const part = path.length > 1 && name.includes("-") ? name.slice(0, name.lastIndexOf("-")) : name;
    const shown = `--${name} ${hint}${required ? " *" : ""}${form === "words" || form === "letters" ? " …" : ""}`;
    lines.set(part, [...(lines.get(part) ?? []), shown, ...(slots === undefined ? [] : [`(SLOT: ${slots.join(", ")})`])]);
  }
  return [...lines.values()].map((line) => line.join("  "));
}
