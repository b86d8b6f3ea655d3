import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectFolder } from "../../src/base/project.ts";
import { kindOfWord, stepsOf, type ActWord } from "../../src/cli/acts/act-labels.ts";
import { flagsOf } from "../../src/cli/acts/flags.ts";
import { verbs } from "../../src/cli/cli.ts";
import { configFlags } from "../../src/config/config.ts";
import { shellBlocks } from "../support/page-shell.ts";

const read = (path: string): string => readFileSync(join(projectFolder, path), "utf8");
const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(join(projectFolder, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending) && !name.includes("node_modules"))
    .map((name) => `${folder}/${name}`);

const pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "policies/README.md", "services/README.md"];
pages.push(...filesIn("docs", ".md"), ...filesIn("deploy", ".md"));

/** The words of one shell line; a comment ends it. */
const wordsOf = (line: string): readonly string[] =>
  (line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? []).reduce<string[]>(
    (words, word) => (words.at(-1) === "#" || word.startsWith("#") ? [...words.filter((one) => one !== "#"), "#"] : [...words, word]),
    [],
  );

/** The program at the beginning of a command, of `$(…)`, of a loop, or behind `sudo` and variables. */
const commandForm = /^\s*(?:(?:until|do|sudo -u simpul|[A-Z_]+=\S+?(?=\s)|[A-Z]+=\$\()\s*)*(?:\S*\/)?simpul\s+([a-z].*)$/;

/** The commands of the program in shell lines: what stands after `simpul`, up to the end of that command. */
function* commandsIn(block: string): Generator<readonly string[]> {
  for (const line of block.replaceAll("\\\n", " ").split("\n")) {
    for (const part of line.split(/&&|\|\||[|;]| > | & /)) {
      const [, rest] = commandForm.exec(part) ?? [];
      const words = wordsOf(rest ?? "").filter((word) => word !== "#");
      if (words.length > 0 && /^[a-z-]+$/.test(words[0]!)) yield words.map((word) => word.replace(/\)$/, ""));
    }
  }
}

/** The steps of each officers' verb, as its usage lists them. */
const steps = Object.fromEntries(
  await Promise.all(
    (Object.keys(kindOfWord) as ActWord[]).map(async (word) => {
      const { verb } = await verbs[word]!();
      return [word, [...stepsOf(word).keys(), ...(/<([^>]+)>/.exec(verb.usage)?.[1]!.split("|") ?? []), "list", "show"]] as const;
    }),
  ),
);

/** What a verb, or one step of an officers' verb, takes: each option with the words that it allows, if there are few. */
async function optionsOf(name: string, step: string | undefined): Promise<ReadonlyMap<string, readonly string[] | undefined>> {
  const { verb } = await verbs[name]!();
  const few = (value: string | undefined): readonly string[] | undefined =>
    value !== undefined && /^[\w-]+(?:\|[\w-]+)+$/.test(value) && value !== value.toUpperCase() ? value.split("|") : undefined;
  const options = new Map(Object.entries(verb.options ?? {}).map(([option, { value }]) => [option, few(value)]));
  if (verb.settings === true) for (const option of Object.keys(configFlags)) options.set(option, undefined);
  const action = name in kindOfWord ? stepsOf(name as ActWord).get(step ?? "") : undefined;
  for (const { name: flag, hint } of action === undefined ? [] : flagsOf(action.input)) options.set(flag, few(hint));
  return options.set("help", undefined);
}

/** What cannot be typed as it stands: the first such word. */
async function faultIn([name = "", ...words]: readonly string[]): Promise<string | undefined> {
  if (!Object.hasOwn(verbs, name)) return `there is no verb ${name}`;
  const isAct = name in kindOfWord && !(name === "evidence" && !steps[name]!.includes(words[0] ?? ""));
  const [step] = words;
  if (isAct && step !== undefined && /^[a-z-]+$/.test(step) && !steps[name]!.includes(step)) return `${name} has no step ${step}`;
  const options = await optionsOf(name, step);
  for (const [index, word] of words.entries()) {
    const [, option, equal] = /^--([a-z][a-z-]*)(?:=(.*))?$/.exec(word) ?? [];
    if (option === undefined) continue;
    if (!options.has(option)) return `${name} has no option --${option}`;
    const value = equal ?? words[index + 1] ?? "";
    const allowed = options.get(option);
    if (allowed !== undefined && /^[a-z0-9-]+$/i.test(value) && !allowed.includes(value)) return `--${option} does not take ${value}`;
  }
  return undefined;
}

it("every command that a page shows can be typed: its verb, its step, its options and their values exist", async () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const page of pages) {
    for (const command of shellBlocks(read(page)).flatMap((block) => [...commandsIn(block)])) {
      // Usage as `docs/cli.md` prints it, and what a reader is to fill in.
      if (command.some((word) => /[[<(|…]/.test(word))) continue;
      seen++;
      const fault = await faultIn(command);
      if (fault !== undefined) wrong.push(`${page}: ${command.join(" ")}: ${fault}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(60);
});

it("every verb and step that a sentence names exists, on pages and in what the program prints", () => {
  const words = Object.keys(steps).join("|");
  const wrong: string[] = [];
  for (const file of [...pages, ...filesIn("src", ".ts")]) {
    const text = read(file);
    for (const [, verb] of text.matchAll(/(?:npm run -s simpul --|(?<![\w.])\.\/simpul|\bcommand(?:Line|Here)\(") ?([a-z][a-z-]*)/g))
      if (!Object.hasOwn(verbs, verb!)) wrong.push(`${file}: ${verb}`);
    for (const [, word, step] of text.matchAll(new RegExp(`\\bsimpul (?:-- )?(${words}) ([a-z][a-z-]+)\\b`, "g")))
      if (!steps[word!]!.includes(step!)) wrong.push(`${file}: simpul ${word} ${step}`);
  }
  expect(wrong).toEqual([]);
});

it("pages and program name one launcher: a printed command is built by one function, a page's begins with what the page defines", () => {
  const byHand = /npm (?:--prefix \S+ )?run -s simpul --|(?<![\w./`-])\.\/simpul\b/;
  const builder = "src/base/command-line.ts";
  // They say what to type, and on Windows.
  const tell = [builder, "src/cli/help/page.ts", "src/config/page.ts", "src/standard/page.ts"];
  expect(filesIn("src", ".ts").filter((file) => !tell.includes(file) && byHand.test(code(read(file))))).toEqual([]);

  const onWindows = pages.filter((page) => read(page).includes("npm run -s simpul"));
  expect(onWindows).toEqual(["docs/cli.md", "deploy/README.md"]);
  const undefinedName = pages.filter((page) => {
    const text = read(page);
    const short = shellBlocks(text).some((block) => /^\s*simpul /m.test(block));
    return short && !text.includes("simpul() {") && !text.includes("`simpul` stands for the launcher of the clone");
  });
  expect(undefinedName).toEqual([]);
});

/** Without comments. */
const code = (text: string): string => text.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/^\s*\/\/.*$/gm, "");
