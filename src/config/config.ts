import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Text } from "../base/text.ts";
import { readConfigFile } from "./file.ts";
import { messages } from "./messages.ts";
import { nearest } from "./nearest.ts";
import { type Key, keys, namesOf, type Variable, variables } from "./variables.ts";

/** The values of `variables`, checked, each in its one spelling. Paths are absolute. */
export type Config = { readonly [K in Key]: (typeof variables)[K] extends Variable<infer T> ? T : never };

/** A wrong setting: where it is (`SIMPUL_…`, `--…` or `simpul.yaml:line:column`), and what would be right. */
export interface ConfigurationFault {
  readonly at: string;
  readonly detail: Text;
}

/** Every wrong setting at once, so that the operator corrects them in one go. */
export class ConfigFault extends Error {
  override readonly name = "ConfigFault";
  readonly faults: readonly ConfigurationFault[];

  constructor(faults: readonly ConfigurationFault[]) {
    super(faults.map(({ at, detail }) => `${at}: ${detail.id}\n  (${detail.en})`).join("\n"));
    this.faults = faults;
  }
}

type Strings = Readonly<Record<string, string | undefined>>;

export interface Sources {
  /** The command line, by kebab-case name without `--`; `config` is the file's path. A verb takes out its own options first. */
  readonly flags?: Strings;
  readonly env?: Strings;
  readonly cwd?: string;
  /** `false`: no file is read, also where one lies in the working directory. */
  readonly file?: false;
}

/** `node:util` `parseArgs` options for every variable and for `--config`. */
export const configFlags: Readonly<Record<string, { readonly type: "string" }>> = Object.fromEntries(
  ["config", ...keys.map((key) => namesOf(key).kebab)].map((name) => [name, { type: "string" }] as const),
);

/** The settings among the arguments of a verb, as words: `--data X`, without the options of the verb's own. */
export function settingsIn(args: readonly string[]): readonly string[] {
  const { tokens } = parseArgs({ args: [...args], options: configFlags, strict: false, tokens: true });
  return tokens.flatMap((token) =>
    token.kind === "option" && Object.hasOwn(configFlags, token.name) && token.value !== undefined ? [token.rawName, token.value] : [],
  );
}

interface Given {
  /** Kebab-case; not necessarily a variable. */
  readonly name: string;
  readonly text: string;
  readonly at: string;
  /** The folder in which its relative paths begin. */
  readonly base: string;
  /** How its source spells a variable. */
  readonly spell: (kebab: string) => string;
}

/**
 * Reads the configuration: command line over environment over file over default. `origins` gives the source of each value that is not a
 * default. Every value is checked, also one that a stronger source hides. This is the only reader of `process.env`.
 *
 * @throws {ConfigFault} with all faults.
 */
export function readConfig({ flags = {}, env = process.env, cwd = process.cwd(), file }: Sources = {}): {
  readonly config: Config;
  readonly origins: ReadonlyMap<Key, string>;
} {
  const faults: ConfigurationFault[] = [];
  const given = [...(file === false ? [] : fromFile(flags, env, cwd, faults)), ...fromEnvironment(env, cwd), ...fromFlags(flags, cwd)];
  const values: Partial<Record<Key, unknown>> = {};
  const origins = new Map<Key, string>();

  for (const key of keys) {
    const { parser, preset }: Variable<unknown> = variables[key];
    const { kebab, environment } = namesOf(key);
    const filled = preset.replaceAll(/\{(\w+)\}/g, (_, name: Key) => String(values[name]));
    values[key] = parser.parse(filled, cwd);
    for (const { text, at, base } of given.filter(({ name }) => name === kebab)) {
      const value = parser.parse(text, base);
      if (value === undefined) faults.push({ at, detail: wrong(text, parser) });
      else {
        values[key] = value;
        origins.set(key, at);
      }
    }
    if (values[key] === undefined) faults.push({ at: environment, detail: wrong(filled, parser) });
  }

  const names = keys.map((key) => namesOf(key).kebab);
  faults.push(...given.filter(({ name }) => !names.includes(name)).map((stray) => ({ at: stray.at, detail: unknown(stray, names) })));
  const config = values as Config;
  if (faults.length === 0) faults.push(...contradictions(config));
  if (faults.length > 0) throw new ConfigFault(faults);
  return { config, origins };
}

/** `simpul.yaml` in the working directory may be absent; a file that is named may not. */
function fromFile(flags: Strings, env: Strings, cwd: string, faults: ConfigurationFault[]): Given[] {
  const asked = flags["config"] ?? env["SIMPUL_CONFIG"];
  const shown = asked ?? "simpul.yaml";
  const file = resolve(cwd, shown);
  const read = readConfigFile(file, shown);
  if (read === undefined && asked !== undefined) {
    const at = flags["config"] === undefined ? "SIMPUL_CONFIG" : "--config";
    faults.push({ at, detail: messages.noFile(asked) });
  }
  faults.push(...(read?.faults ?? []));
  return (read?.entries ?? []).map((entry) => ({ ...entry, base: dirname(file), spell: (kebab) => kebab }));
}

function fromEnvironment(env: Strings, cwd: string): Given[] {
  return Object.entries(env).flatMap(([at, text]) => {
    if (!at.startsWith("SIMPUL_") || at === "SIMPUL_CONFIG" || text === undefined) return [];
    const name = at.slice("SIMPUL_".length).toLowerCase().replaceAll("_", "-");
    return [{ name, text, at, base: cwd, spell: (kebab: string) => namesOf(kebab).environment }];
  });
}

function fromFlags(flags: Strings, cwd: string): Given[] {
  return Object.entries(flags).flatMap(([name, text]) =>
    name === "config" || text === undefined ? [] : [{ name, text, at: `--${name}`, base: cwd, spell: (kebab: string) => `--${kebab}` }],
  );
}

/** Values that are right by themselves and wrong together. */
function contradictions({ publicHost, publicPort, controlHost, controlPort }: Config): ConfigurationFault[] {
  if (publicPort === 0 || publicPort !== controlPort || publicHost !== controlHost) return [];
  return [{ at: namesOf("controlPort").environment, detail: messages.portOfConsumers(controlPort) }];
}

function unknown({ name, spell }: Given, names: readonly string[]): Text {
  const meant = nearest(name, names);
  return meant === undefined ? messages.unknown(spell(name)) : messages.unknownMeaning(spell(name), spell(meant));
}

function wrong(text: string, { form, suggest }: Variable<unknown>["parser"]): Text {
  const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
  const meant = suggest?.(text);
  return meant === undefined || meant === "" || meant === text ? messages.wrong(shown, form) : messages.wrongMeaning(shown, form, meant);
}
