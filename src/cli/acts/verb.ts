import { inline } from "../../base/text.ts";
import { configFlags } from "../../config/config.ts";
import { isObject } from "../../base/is-object.ts";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Control, Done, ShownEntry } from "../../control-client/control-client.ts";
import { ControlRefusal } from "../../control-client/control-refusal.ts";
import { nearest } from "../../config/nearest.ts";
import type { Action } from "../../policy/acts/action.ts";
import type { Input } from "../../policy/context.ts";
import type { DossierPart } from "../../policy/dossier-parts.ts";
import { connect, connectionOptions, type Values } from "./connect.ts";
import { flagsOf, isPositional, optionsOf, readInput } from "./flags.ts";
import { overview, stepHelp } from "./help.ts";
import { consumerLines, consumersAt } from "./consumers.ts";
import { doneLines, entryPage, refusalLines, tableOf } from "./print.ts";
import { queries } from "./queries.ts";
import { kindOfWord, stepsOf, subjects, type ActWord } from "./act-labels.ts";
import { messages } from "./messages.ts";
import { messages as shared } from "../messages.ts";
import { UsageFault, type Verb, type VerbOptions } from "../verb.ts";

/** Options of single steps, besides those of queries: of `list`, of every action, and of `token issue`. */
const options = {
  state: { type: "string", value: "KEADAAN", means: { id: "untuk list: hanya keadaan ini", en: "for list: this state only" } },
  input: {
    type: "string",
    value: "FILE.json",
    means: {
      id: "untuk langkah lain: masukannya sebagai JSON (- untuk masukan standar); opsi lain mendahuluinya",
      en: "for the other steps: their input as JSON (- for standard input); other options override it",
    },
  },
  save: {
    type: "string",
    value: "FILE",
    means: { id: "untuk token issue: berkas tempat rahasianya disimpan", en: "for token issue: the file in which its secret is kept" },
  },
} as const satisfies VerbOptions;

/** The verb of one kind, `simpul service approve …`: its steps and their options come from the table of actions. */
export function verbOf(word: ActWord): Verb {
  const steps = stepsOf(word);
  const { state, input, save } = options;
  const ofQueries = Object.values(queries[word] ?? {}).flatMap((query) => Object.entries(query.options ?? {}));
  return {
    audience: "officer",
    usage: `${word} <${[...namesOfQueries(word), ...steps.keys()].join("|")}> [ID] [--…]`,
    summary: subjects[word],
    ...([...steps.values()].some(({ input }) => flagsOf(input).some(({ name }) => name === "until")) ? { help: [messages.days] } : {}),
    options: { ...connectionOptions, state, input, ...(steps.has("issue") ? { save } : {}), ...Object.fromEntries(ofQueries) },
    settings: true,
    exit: messages.exit,
    more: ([step = ""]) => (steps.has(step) ? stepHelp(word, step, steps.get(step)!) : overview(word, steps)),
    async run([step = "", ...args]) {
      const action = steps.get(step);
      const query = queries[word]?.[step];
      if (action === undefined && !namesOfQueries(word).includes(step)) return notAStep(word, step, args, steps);
      const flags = action === undefined ? [] : flagsOf(action.input).filter((flag) => !isPositional(action, flag));
      const { values: given, positionals } = parseArgs({
        args: withKeyIdLast(args),
        options: { ...configFlags, ...connectionOptions, ...ownOptions(step, action), ...query?.options, ...optionsOf(flags) },
        allowPositionals: true,
      });
      const values: Values = given;
      const [id, ...surplus] = positionals;
      if (surplus.length > 0) throw new UsageFault(shared.misplacedWord(surplus[0]!));
      const json = values["json"] === true;
      const text = (name: string): string | undefined => values[name] as string | undefined;
      try {
        if (action !== undefined) {
          const ask = asked(word, action, id, readInput(flags, values, baseOf(text("input"))));
          const control = connect(values);
          return await act(control, action, await subjectOf(control, action, ask), { json, save: text("save") });
        }
        const control = connect(values);
        if (query !== undefined) return await query.print(control, id, json, values);
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

/** Options of one step besides those of its action's input. */
function ownOptions(step: string, action: Action | undefined): VerbOptions {
  const { state, input, save } = options;
  return {
    ...(step === "list" ? { state } : {}),
    ...(action === undefined ? {} : { input }),
    ...(action?.name === "token.issue" ? { save } : {}),
  };
}

interface Asked {
  readonly action: string;
  readonly id?: string;
  readonly input: Input;
}

function asked(word: ActWord, action: Action, id: string | undefined, input: Input): Asked {
  const { name, from, input: schema } = action;
  if (from !== "new") {
    if (id === undefined && word !== "instance") throw new UsageFault(messages.nameAnId);
    return { action: name, input, ...(id === undefined ? {} : { id }) };
  }
  const named = flagsOf(schema).some(({ name: flag }) => flag === "id");
  if (named && id === undefined && input["id"] === undefined) throw new UsageFault(messages.nameAnId);
  if (!named && id !== undefined) throw new UsageFault(shared.misplacedWord(id));
  return { action: name, input: id === undefined ? input : { ...input, id } };
}

/** There is one instance, so its id may be left out. */
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
    // Reported below: what is not JSON is not a JSON object.
  }
  throw new UsageFault(messages.notAJsonObject(file));
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
    : [save === undefined ? `  ${token}\n  ${inline(messages.tokenShownOnce)}` : `  ${inline(messages.tokenKept(save))}`];

async function list(
  control: Control,
  word: ActWord,
  { json, state }: { readonly json: boolean; readonly state: string | undefined },
): Promise<number> {
  const entries: ShownEntry[] = [];
  for await (const entry of control.list(kindOfWord[word], state)) entries.push(entry);
  if (json) console.log(JSON.stringify(entries));
  else console.log(entries.length === 0 ? inline(messages.none) : tableOf(entries));
  return 0;
}

async function show(control: Control, word: ActWord, id: string | undefined, json: boolean): Promise<number> {
  if (id === undefined && word !== "instance") throw new UsageFault(messages.nameAnId);
  const entry = id === undefined ? await control.instance() : await control.read(kindOfWord[word], id);
  if (json) console.log(JSON.stringify(entry));
  else console.log(await entryPage(word, entry, entry.kind === "revision" ? await dossierOf(control, entry.id) : []));
  if (!json && entry.kind === "revision" && entry.content.correction !== undefined)
    console.log(`\n${consumerLines(await consumersAt(control, entry.id)).join("\n")}`);
  return 0;
}

const dossierOf = async (control: Control, revision: string): Promise<readonly DossierPart[]> =>
  ((await control.get(`/v1/revisions/${encodeURIComponent(revision)}/dossier`)) as { readonly items: readonly DossierPart[] }).items;

/** The steps that only read. */
const namesOfQueries = (word: ActWord): readonly string[] => ["list", "show", ...Object.keys(queries[word] ?? {})];

/** Throws for an unknown option as every verb does, else for the missing or unknown step. */
function notAStep(word: ActWord, step: string, args: readonly string[], steps: ReadonlyMap<string, Action>): never {
  if (step.startsWith("-")) parseArgs({ args: [step, ...args], options: { ...configFlags, ...connectionOptions }, allowPositionals: true });
  const known = [...namesOfQueries(word), ...steps.keys()];
  const meant = step === "" || step.startsWith("-") ? undefined : nearest(step, known);
  const words = known.join(", ");
  throw new UsageFault(meant === undefined ? messages.nameAStep(words) : messages.noSuchStep(step, meant));
}

/**
 * One key id in 64 begins with a hyphen (RFC 7638: base64url), which would be read as an option. No option has its form, so it goes behind
 * `--`, where everything is an operand.
 */
function withKeyIdLast(args: readonly string[]): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const isKeyId = (arg: string): boolean => /^-[A-Za-z0-9_-]{42}$/.test(arg);
  const before = args.slice(0, end);
  return [...before.filter((arg) => !isKeyId(arg)), "--", ...before.filter(isKeyId), ...args.slice(end + 1)];
}
