import type { ContentFault } from "../base/problem.ts";
import type { Text } from "../base/text.ts";
import { parseJson } from "./json.ts";
import { messages } from "./messages.ts";
import type { ParameterRule } from "./parameter-rule.ts";
import { memberOfDeepName } from "./parameter-style.ts";
import { decodePercent, decodeQuery, readText, type TextReading } from "./read-text.ts";

type Place = ContentFault["in"];

const fault = (place: Place, pointer: string, detail: Text): ContentFault => ({ in: place, pointer, detail });
const pointerTo = (name: string): string => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** What a request has of one parameter, still encoded: its texts, and the members of an object that stand alone. */
interface Given {
  readonly texts: string[];
  readonly members: [name: string, raw: string][];
}

type Read = { readonly value: unknown } | { readonly faults: readonly ContentFault[] };
type Decode = (raw: string) => string | undefined;

/** A header's value is not encoded; its parts may have white space around them (RFC 9110 §5.6.1). */
const decoders: Readonly<Record<ParameterRule["in"], Decode>> = { path: decodePercent, query: decodeQuery, hdr: (raw) => raw.trim() };

/** The value of one raw text, or why it has none. */
function readRaw(raw: string, reading: TextReading, decode: Decode): ReturnType<typeof readText> {
  const text = decode(raw);
  return text === undefined ? { wrong: messages.badEscape } : readText(text, reading);
}

function readItems(rule: ParameterRule, reading: TextReading, raws: readonly string[]): Read {
  const read = raws.map((raw) => readRaw(raw, reading, decoders[rule.in]));
  const faults = read.flatMap((one, index) => ("wrong" in one ? [fault(rule.in, `${pointerTo(rule.name)}/${index}`, one.wrong)] : []));
  return faults.length > 0 ? { faults } : { value: read.map((one) => "value" in one && one.value) };
}

function readMembers(rule: ParameterRule, raws: Given["members"]): Read {
  const values = new Map<string, unknown>();
  for (const [name, raw] of raws) {
    const member = rule.member!(name);
    if (member === undefined) return { faults: [fault(rule.in, pointerTo(rule.name), messages.memberUnknown)] };
    const pointer = pointerTo(rule.name) + (member.named ? pointerTo(name) : "/*");
    const earlier = values.get(name);
    if (earlier !== undefined && member.item === undefined) return { faults: [fault(rule.in, pointer, messages.parameterTwice)] };
    const read = readRaw(raw, member.item ?? member.text, decoders[rule.in]);
    if ("wrong" in read) return { faults: [fault(rule.in, pointer, read.wrong)] };
    values.set(name, member.item === undefined ? read.value : [...((earlier as unknown[] | undefined) ?? []), read.value]);
  }
  return { value: Object.fromEntries(values) };
}

/** The members that are written in one text: `R,100,G,200`, or `R=100,G=200` if they come in pairs. */
function splitMembers(rule: ParameterRule, parts: readonly string[]): Given["members"] | undefined {
  const decode = decoders[rule.in];
  const pairs = rule.cut.paired
    ? parts.map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1), part.includes("=")] as const)
    : Array.from(
        { length: Math.ceil(parts.length / 2) },
        (_, i) => [parts[2 * i]!, parts[2 * i + 1] ?? "", 2 * i + 1 < parts.length] as const,
      );
  const members: Given["members"] = [];
  for (const [name, raw, whole] of pairs) {
    const decoded = decode(name);
    if (decoded === undefined || !whole) return undefined;
    members.push([decoded, raw]);
  }
  return members;
}

/** Every value that one text can be by its contract, the likeliest first: it is an array if it has the separator, else a scalar. */
function* readOne(rule: ParameterRule, raw: string): Generator<Read> {
  const { prefix, separator } = rule.cut;
  const pointer = pointerTo(rule.name);
  if (!raw.startsWith(prefix)) {
    yield { faults: [fault(rule.in, pointer, messages.labelForm)] };
    return;
  }
  const body = raw.slice(prefix.length);
  const parts = separator === undefined ? [body] : body.split(separator === "%7C" ? /%7C/i : separator);
  const scalar = function* (): Generator<Read> {
    if (rule.scalar === undefined) return;
    const read = readRaw(body, rule.scalar, decoders[rule.in]);
    yield "wrong" in read ? { faults: [fault(rule.in, pointer, read.wrong)] } : read;
  };
  if (parts.length === 1) yield* scalar();
  if (rule.item !== undefined) yield readItems(rule, rule.item, parts);
  if (rule.member !== undefined && separator !== undefined) {
    const members = splitMembers(rule, parts);
    yield members === undefined ? { faults: [fault(rule.in, pointer, messages.membersForm)] } : readMembers(rule, members);
  }
  if (parts.length > 1) yield* scalar();
}

function* readGiven(rule: ParameterRule, { texts, members }: Given): Generator<Read> {
  if (members.length > 0) yield readMembers(rule, members);
  else if (texts.length === 1) yield* readOne(rule, texts[0]!);
  else if (rule.item === undefined) yield { faults: [fault(rule.in, pointerTo(rule.name), messages.parameterTwice)] };
  else yield readItems(rule, rule.item, texts);
}

/** A parameter that is declared by a media type: JSON in one text, or a text that is passed on unread. */
function validateContentOf(rule: ParameterRule, { texts }: Given): readonly ContentFault[] {
  const pointer = pointerTo(rule.name);
  if (texts.length !== 1) return [fault(rule.in, pointer, messages.parameterTwice)];
  const text = decoders[rule.in](texts[0]!);
  if (text === undefined) return [fault(rule.in, pointer, messages.badEscape)];
  if (rule.content === "unread") return [];
  const parsed = parseJson(Buffer.from(text));
  if ("wrong" in parsed) return [fault(rule.in, pointer, parsed.wrong)];
  return rule.judge(parsed.value, text.length).map((found) => fault(rule.in, pointer + found.pointer, found.detail));
}

/** What most parameters are: one text of one type. */
function validatePlain(rule: ParameterRule, raw: string): readonly ContentFault[] {
  const pointer = pointerTo(rule.name);
  const read = readRaw(raw, rule.scalar!, decoders[rule.in]);
  if ("wrong" in read) return [fault(rule.in, pointer, read.wrong)];
  return rule.judge(read.value, raw.length).map((found) => fault(rule.in, pointer + found.pointer, found.detail));
}

/** Validates what a request has of one parameter: the first value that it can be and that its schema takes. */
function validateGiven(rule: ParameterRule, given: Given): readonly ContentFault[] {
  if (rule.plain && given.texts.length === 1) return validatePlain(rule, given.texts[0]!);
  if (rule.mayBeEmpty && given.texts.length === 1 && given.texts[0] === "") return [];
  if (rule.content !== undefined) return validateContentOf(rule, given);
  let bytes = 0;
  for (const text of given.texts) bytes += text.length;
  for (const [, raw] of given.members) bytes += raw.length;
  let first: readonly ContentFault[] | undefined;
  for (const read of readGiven(rule, given)) {
    const faults =
      "faults" in read
        ? read.faults
        : rule.judge(read.value, bytes).map((found) => fault(rule.in, pointerTo(rule.name) + found.pointer, found.detail));
    if (faults.length === 0) return faults;
    first ??= faults;
  }
  return first ?? [fault(rule.in, pointerTo(rule.name), messages.membersForm)];
}

const missing = (rule: ParameterRule): ContentFault => fault(rule.in, pointerTo(rule.name), messages.parameterMissing);

const undeclared = (place: Place, rules: ReadonlyMap<string, ParameterRule>): ContentFault => {
  const names = [...rules.values()].map((rule) => rule.name).join(", ");
  return fault(place, "", messages.parameterUnknown(names));
};

/** Validates raw path segments, which are in the order of `rules`. */
export function validatePath(rules: readonly ParameterRule[], segments: readonly string[]): readonly ContentFault[] {
  return rules.flatMap((rule, index) => validateGiven(rule, { texts: [segments[index] ?? ""], members: [] }));
}

/** The query parameters of an operation, by what their texts are called on the wire. */
export interface QueryRules {
  readonly all: ReadonlyMap<string, ParameterRule>;
  /** The parameter that a name of the wire belongs to, and the member that it is, if it is one. */
  find(name: string): { readonly rule: ParameterRule; readonly member: string | undefined } | undefined;
}

export function createQueryRules(rules: readonly ParameterRule[]): QueryRules {
  const byName = new Map(rules.map((rule) => [rule.name, { rule, member: undefined }]));
  const deep = rules.filter((rule) => rule.deep);
  const spread = rules.filter((rule) => rule.member !== undefined && !rule.deep && rule.in === "query" && rule.cut.separator === undefined);
  // An object whose members stand alone has no text under its own name.
  for (const rule of [...deep, ...spread]) if (rule.scalar === undefined && rule.item === undefined) byName.delete(rule.name);
  return {
    all: new Map(rules.map((rule) => [rule.name, rule])),
    find(name) {
      const found = byName.get(name);
      if (found !== undefined || (deep.length === 0 && spread.length === 0)) return found;
      for (const rule of deep) {
        const member = memberOfDeepName(rule.name, name);
        if (member !== undefined) return { rule, member };
      }
      const holder = spread.find((rule) => rule.member!(name)?.named === true) ?? spread.find((rule) => rule.member!(name) !== undefined);
      return holder && { rule: holder, member: name };
    },
  };
}

/** Validates a raw query, without `?`: `name=value` joined by `&`. */
export function validateQuery(rules: QueryRules, rawQuery: string): readonly ContentFault[] {
  const given = new Map<ParameterRule, Given>();
  const faults: ContentFault[] = [];
  for (const pair of rawQuery === "" ? [] : rawQuery.split("&")) {
    const equals = pair.indexOf("=");
    const name = equals === 0 || pair === "" ? undefined : decodeQuery(equals < 0 ? pair : pair.slice(0, equals));
    const found = name === undefined ? undefined : rules.find(name);
    if (name === undefined || (equals < 0 && found?.rule.mayBeEmpty !== true)) {
      faults.push(fault("query", "", messages.queryForm));
      continue;
    }
    if (found === undefined) {
      faults.push(undeclared("query", rules.all));
      continue;
    }
    const { rule, member } = found;
    let before = given.get(rule);
    if (before === undefined) given.set(rule, (before = { texts: [], members: [] }));
    const raw = equals < 0 ? "" : pair.slice(equals + 1);
    if (member !== undefined) before.members.push([member, raw]);
    else if (before.texts.length > 0 && (rule.item === undefined || rule.cut.separator !== undefined))
      faults.push(fault("query", pointerTo(rule.name), messages.parameterTwice));
    else before.texts.push(raw);
  }
  if (faults.length > 0) return faults;
  for (const rule of rules.all.values()) {
    const has = given.get(rule);
    if (has !== undefined) faults.push(...validateGiven(rule, has));
    else if (rule.required) faults.push(missing(rule));
  }
  return faults;
}

/**
 * Validates `hdr` parameters. `rules` are by lower-case name: the provider gets them as HTTP fields, whose names are
 * case-insensitive (RFC 9110 §5.1).
 */
export function validateHdr(rules: ReadonlyMap<string, ParameterRule>, hdr: Readonly<Record<string, string>>): readonly ContentFault[] {
  const given = new Set<string>();
  const faults: ContentFault[] = [];
  for (const [name, value] of Object.entries(hdr)) {
    const rule = rules.get(name.toLowerCase());
    if (rule === undefined) faults.push(undeclared("hdr", rules));
    else if (given.has(rule.name)) faults.push(fault("hdr", pointerTo(rule.name), messages.parameterTwice));
    else if (!headerForm.test(value)) faults.push(fault("hdr", pointerTo(rule.name), messages.headerCharacters));
    else faults.push(...validateGiven(rule, { texts: [value], members: [] }));
    if (rule !== undefined) given.add(rule.name);
  }
  for (const rule of rules.values()) if (rule.required && !given.has(rule.name)) faults.push(missing(rule));
  return faults;
}

/** The values that a header parameter can have (protocol §2.1). */
export const headerForm = /^(?:[!-~](?:[ -~]*[!-~])?)?$/;
