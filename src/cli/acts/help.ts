import type { Action } from "../../policy/acts/action.ts";
import { permissions, type Permission } from "../../policy/acts/permissions.ts";
import { flagsOf, isPositional, type Flag } from "./flags.ts";
import type { ActWord } from "./act-labels.ts";

/** `simpul service --help`: every step, who may take it, and where it leads. */
export function overview(word: ActWord, steps: ReadonlyMap<string, Action>): readonly string[] {
  const lines = [`  ${word} list [--state KEADAAN]`, `  ${word} show ${word === "instance" ? "[ID]" : "ID"}`];
  for (const [step, { name, title, from, to }] of steps) {
    lines.push(
      `  ${word} ${step}  ${title.id} (${title.en})`,
      `      ${permissions[name as Permission].join(", ")} · ${from === "new" ? "baru (new)" : from.join(", ")} → ${to === "same" ? "=" : to.join(", ")}`,
    );
  }
  return [
    ...lines,
    "",
    `  ${word} <langkah> --help`,
    "",
    "--control URL (bawaan: port kendali dalam konfigurasi), --token-file FILE, --json. Status keluar: 0 berhasil, 1 ditolak, 2 perintah salah.",
    "(--control URL (default: the configuration's control port), --token-file FILE, --json. Exit status: 0 done, 1 refused, 2 misused.)",
  ];
}

/** `simpul service approve --help`: what the step is told. */
export function stepHelp(word: ActWord, step: string, action: Action): readonly string[] {
  const flags = flagsOf(action.input);
  const options = flags.filter((flag) => !isPositional(action, flag));
  const id = action.from === "new" ? (flags.length > options.length ? " ID" : "") : word === "instance" ? " [ID]" : " ID";
  return [
    `  ${word} ${step}${id}  ${action.title.id} (${action.title.en})`,
    ...optionLines(options),
    "    --input FILE.json",
    "",
    "* wajib (required) · … boleh berulang (may be repeated)",
  ];
}

/** A line for each option, and one for all that make up a part such as a letter. */
function optionLines(flags: readonly Flag[]): readonly string[] {
  const lines = new Map<string, string[]>();
  for (const { name, path, hint, form, required } of flags) {
    const part = path.length > 1 && name.includes("-") ? name.slice(0, name.lastIndexOf("-")) : name;
    const shown = `--${name} ${hint}${required ? " *" : ""}${form === "words" || form === "letters" ? " …" : ""}`;
    lines.set(part, [...(lines.get(part) ?? []), shown]);
  }
  return [...lines.values()].map((line) => `    ${line.join("  ")}`);
}
