import { isObject } from "../base/is-object.ts";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Control, Done } from "../control-client/control-client.ts";
import { ControlRefusal } from "../control-client/control-refusal.ts";
import { nearest } from "../config/nearest.ts";
import type { Action } from "../policy/acts/action.ts";
import type { Input } from "../policy/context.ts";
import type { Entry } from "../registry/entry.ts";
import { connect, connectionOptions, type Values } from "./acts/connect.ts";
import { flagsOf, isPositional, optionsOf, readInput } from "./acts/flags.ts";
import { overview, stepHelp } from "./acts/help.ts";
import { doneLines, entryPage, refusalLines, tableOf } from "./acts/print.ts";
import { kindOfWord, stepsOf, subjects, type ActWord } from "./acts/act-labels.ts";
import { UsageFault, type Verb } from "./verb.ts";

/** `simpul service approve …`: the verb of one kind, with a step for each of its actions. The table of actions says which, and with which options. */
export function verbOf(word: ActWord): Verb {
  const steps = stepsOf(word);
  return {
    usage: `${word} <list|show|${[...steps.keys()].join("|")}> [ID] [--…]`,
    summary: subjects[word],
    more: ([step = ""]) => (steps.has(step) ? stepHelp(word, step, steps.get(step)!) : overview(word, steps)),
    async run([step = "", ...args]) {
      const action = steps.get(step);
      if (action === undefined && step !== "list" && step !== "show") return notAStep(step, args, steps);
      const flags = action === undefined ? [] : flagsOf(action.input).filter((flag) => !isPositional(action, flag));
      const { values: given, positionals } = parseArgs({
        args,
        options: { ...connectionOptions, ...ownOptions(step, action), ...optionsOf(flags) },
        allowPositionals: true,
      });
      const values: Values = given;
      const [id, ...surplus] = positionals;
      if (surplus.length > 0)
        throw new UsageFault({ id: `Kata ${surplus[0]} tidak pada tempatnya.`, en: `The word ${surplus[0]} has no place here.` });
      const json = values["json"] === true;
      const text = (name: string): string | undefined => values[name] as string | undefined;
      try {
        if (action !== undefined) {
          const ask = asked(word, action, id, readInput(flags, values, baseOf(text("input"))));
          const control = connect(values);
          return await act(control, action, await subjectOf(control, action, ask), { json, save: text("save") });
        }
        const control = connect(values);
        return step === "list" ? await list(control, word, { json, state: text("state") }) : await show(control, word, id, json);
      } catch (fault) {
        if (!(fault instanceof ControlRefusal)) throw fault;
        if (json) console.log(JSON.stringify(fault.document));
        else console.error(refusalLines(fault).join("\n"));
        return 1;
      }
    },
  };
}

/** Options of a step beside those of its action's input: `save` keeps the secret of a new token. */
function ownOptions(step: string, action: Action | undefined) {
  const options: Record<string, { readonly type: "boolean" | "string" }> = { json: { type: "boolean" } };
  if (step === "list") options["state"] = { type: "string" };
  if (action !== undefined) options["input"] = { type: "string" };
  if (action?.name === "token.issue") options["save"] = { type: "string" };
  return options;
}

interface Asked {
  readonly action: string;
  readonly id?: string;
  readonly input: Input;
}

function asked(word: ActWord, action: Action, id: string | undefined, input: Input): Asked {
  const { name, from, input: schema } = action;
  if (from !== "new") {
    if (id === undefined && word !== "instance") throw new UsageFault({ id: "Sebutkan ID-nya.", en: "Name its ID." });
    return { action: name, input, ...(id === undefined ? {} : { id }) };
  }
  const named = flagsOf(schema).some(({ name: flag }) => flag === "id");
  if (named && id === undefined && input["id"] === undefined) throw new UsageFault({ id: "Sebutkan ID-nya.", en: "Name its ID." });
  if (!named && id !== undefined) throw new UsageFault({ id: `Kata ${id} tidak pada tempatnya.`, en: `The word ${id} has no place here.` });
  return { action: name, input: id === undefined ? input : { ...input, id } };
}

/** There is one instance; its id need not be said. */
async function subjectOf(control: Control, { from }: Action, ask: Asked): Promise<Asked> {
  return from === "new" || ask.id !== undefined ? ask : { ...ask, id: (await control.instance()).id };
}

function baseOf(file: string | undefined): Input {
  if (file === undefined) return {};
  const text = readFileSync(file === "-" ? 0 : file, "utf8");
  try {
    const input: unknown = JSON.parse(text);
    if (isObject(input)) return input;
  } catch {
    // Said below: no JSON is no JSON object.
  }
  throw new UsageFault({ id: `${file} bukan objek JSON.`, en: `${file} is not a JSON object.` });
}

async function act(
  control: Control,
  action: Action,
  ask: Asked,
  { json, save }: { readonly json: boolean; readonly save: string | undefined },
): Promise<number> {
  const done = await control.act(ask);
  const { token } = done;
  if (token !== undefined && save !== undefined) writeFileSync(save, `${token}\n`, { mode: 0o600, flag: "wx" });
  console.log(json ? JSON.stringify(done) : [...doneLines(action, done), ...tokenLines(done, save)].join("\n"));
  return 0;
}

const tokenLines = ({ token }: Done, save: string | undefined): readonly string[] =>
  token === undefined
    ? []
    : [
        save === undefined
          ? `  ${token}\n  Hanya sekali ditampilkan; simpan dengan mode 0600. (Shown this once; keep it with mode 0600.)`
          : `  Disimpan di ${save}. (Kept in ${save}.)`,
      ];

async function list(
  control: Control,
  word: ActWord,
  { json, state }: { readonly json: boolean; readonly state: string | undefined },
): Promise<number> {
  const entries: Entry[] = [];
  for await (const entry of control.list(kindOfWord[word], state)) entries.push(entry);
  if (json) console.log(JSON.stringify(entries));
  else console.log(entries.length === 0 ? "Tidak ada. (None.)" : tableOf(entries));
  return 0;
}

async function show(control: Control, word: ActWord, id: string | undefined, json: boolean): Promise<number> {
  if (id === undefined && word !== "instance") throw new UsageFault({ id: "Sebutkan ID-nya.", en: "Name its ID." });
  const entry = id === undefined ? await control.instance() : await control.read(kindOfWord[word], id);
  console.log(json ? JSON.stringify(entry) : entryPage(word, entry));
  return 0;
}

/** An option that nobody knows is said as such, like everywhere; else the steps there are. */
function notAStep(step: string, args: readonly string[], steps: ReadonlyMap<string, Action>): never {
  if (step.startsWith("-"))
    parseArgs({ args: [step, ...args], options: { ...connectionOptions, json: { type: "boolean" } }, allowPositionals: true });
  const known = ["list", "show", ...steps.keys()];
  const meant = step === "" || step.startsWith("-") ? undefined : nearest(step, known);
  const words = known.join(", ");
  throw new UsageFault({
    id: meant === undefined ? `Sebutkan langkahnya: ${words}.` : `Langkah ${step} tidak ada; maksudnya ${meant}?`,
    en: meant === undefined ? `Name the step: ${words}.` : `There is no step ${step}; did you mean ${meant}?`,
  });
}
