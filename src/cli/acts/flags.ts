import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Action, InputSchema } from "../../policy/acts/action.ts";
import type { Input } from "../../policy/context.ts";
import { optionName, slotOptionName } from "../../policy/input-options.ts";
import { UsageFault } from "../verb.ts";
import type { Values } from "./connect.ts";
import { messages } from "./messages.ts";

/**
 * How the value of one option is read. `file` is the path of a letter, of which only the SHA-256 is sent; `content` is the path of a
 * text file that is sent itself; `letters` is `slot=FILE:number:date`.
 */
type Form = "text" | "integer" | "words" | "file" | "content" | "letters";

/** One option of a verb, and where its value goes in the action's input. */
export interface Flag {
  /** Kebab-case, without `--`. */
  readonly name: string;
  readonly path: readonly string[];
  readonly form: Form;
  /** What may be written: `VALUE`, or the words of a list. */
  readonly hint: string;
  readonly required: boolean;
  /** Names before the `=` of a document. */
  readonly slots?: readonly string[];
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly contentMediaType?: string;
  /** One for a form, several for words that some profile asks for. */
  readonly examples?: readonly string[];
  readonly propertyNames?: Schema;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | false;
}

/**
 * The options for an action's input, from its JSON Schema. A nested part becomes `--hosting-place`, and the hash of a letter can be
 * given as `--letter-file`.
 */
export function flagsOf(schema: InputSchema): readonly Flag[] {
  return [...walk(schema, [], true)];
}

function* walk({ properties = {}, required = [] }: Schema, above: readonly string[], needed: boolean): Iterable<Flag> {
  for (const [property, schema] of Object.entries(properties)) {
    const path = [...above, property];
    const must = needed && required.includes(property);
    if (schema.type === "object" && schema.properties !== undefined) yield* walk(schema, path, must);
    else if (property === "sha256") {
      yield { name: optionName([...above, "file"]), path, form: "file", hint: "FILE", required: must };
      yield { name: optionName(path), path, form: "text", hint: "HEX", required: false };
    } else
      yield {
        name: (schema.additionalProperties === undefined ? optionName : slotOptionName)(path),
        path,
        ...formOf(schema),
        required: must,
      };
  }
}

function formOf({
  type,
  enum: words,
  examples,
  format,
  contentMediaType,
  items,
  propertyNames,
  additionalProperties,
}: Schema): Pick<Flag, "form" | "hint" | "slots"> {
  if (additionalProperties !== undefined && additionalProperties !== false)
    return {
      form: "letters",
      hint: "SLOT=FILE:NUMBER:DATE",
      ...(propertyNames?.examples === undefined ? {} : { slots: propertyNames.examples }),
    };
  if (type === "array") return { form: "words", hint: items?.enum?.join("|") ?? items?.examples?.join("|") ?? "VALUE" };
  if (type === "integer") return { form: "integer", hint: "N" };
  if (contentMediaType !== undefined) return { form: "content", hint: "FILE" };
  return { form: "text", hint: words?.join("|") ?? examples?.join("|") ?? (format === "date" ? "DATE" : "VALUE") };
}

/** A new entry's id is written where an existing entry's id would be: after the step. */
export const isPositional = ({ from }: Pick<Action, "from">, { name }: Flag): boolean => from === "new" && name === "id";

/** Options for `parseArgs`; one that takes several values is repeated. */
export const optionsOf = (flags: readonly Flag[]): Readonly<Record<string, { readonly type: "string"; readonly multiple?: true }>> =>
  Object.fromEntries(
    flags.map(({ name, form }) => [name, form === "words" || form === "letters" ? { type: "string", multiple: true } : { type: "string" }]),
  );

/**
 * The input of an action: `base` with the values of the options over it. The gateway checks whether it is right.
 *
 * @throws {UsageFault} for a number that is none, a document in another form, or a required option that is absent.
 */
export function readInput(flags: readonly Flag[], values: Values, base: Input): Input {
  const input = structuredClone(base) as Record<string, unknown>;
  for (const flag of flags) {
    const given = values[flag.name];
    if (given !== undefined) put(input, flag.path, valueOf(flag, given));
  }
  const absent = flags.filter(({ path, required }) => required && at(input, path) === undefined).map(({ name }) => `--${name}`);
  if (absent.length > 0) throw new UsageFault(messages.nameOptions(absent.join(", ")));
  return input;
}

function valueOf({ name, form }: Flag, given: NonNullable<Values[string]>): unknown {
  const text = String(given);
  if (form === "integer") {
    if (!/^\d{1,15}$/.test(text)) throw new UsageFault(messages.notAWholeNumber(name));
    return Number(text);
  }
  if (form === "file") return hashOf(text);
  if (form === "content") return readFileSync(text, "utf8");
  if (form === "letters") return Object.fromEntries((given as readonly string[]).map((one) => slotted(name, one)));
  return form === "words" ? given : text;
}

/** `spesifikasi-teknis=berkas.pdf:600/1/PD/2026:2026-01-31` */
function slotted(name: string, text: string): readonly [string, object] {
  const [, slot, file, number, date] = /^([^=]+)=(.+):([^:]+):(\d{4}-\d{2}-\d{2})$/.exec(text) ?? [];
  if (slot === undefined || file === undefined) throw new UsageFault(messages.notADocument(name, text));
  return [slot, { number, date, sha256: hashOf(file) }];
}

const hashOf = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

function at(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((part, name) => (part as Readonly<Record<string, unknown>> | undefined)?.[name], input);
}

function put(input: Record<string, unknown>, [first = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) input[first] = value;
  else put((input[first] ??= {}) as Record<string, unknown>, rest, value);
}
