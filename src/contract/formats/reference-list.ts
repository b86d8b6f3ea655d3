import { parse } from "yaml";
import type { Text } from "../../base/text.ts";
import { messages } from "./messages.ts";

type Severity = "error" | "warn";

/**
 * A list of `policies/reference/`, as its schema leaves it: codes with their names, what of them is complete, and how
 * much an unlisted one matters.
 */
export interface ReferenceList {
  readonly list: string;
  readonly version: string;
  readonly asOf: string;
  readonly source: string;
  readonly title: Text;
  readonly complete: { readonly levels: number; readonly below?: readonly string[] };
  /** What an unlisted code is when a contract is judged. */
  readonly lint: Severity;
  /** What it is when a content is exchanged: `error` refuses it, `warn` lets it pass. */
  readonly use: Severity;
  readonly codes: Readonly<Record<string, string>>;
  /** Withdrawn codes, each with the one that followed. */
  readonly former?: Readonly<Record<string, string>>;
}

/** By name; a format whose list is not here is judged by its form alone. */
export type ReferenceLists = ReadonlyMap<string, ReferenceList>;
export const noLists: ReferenceLists = new Map();

/**
 * Formats whose values hold a code of a list: which, and how far it is judged. `advisory`: no severity of the list
 * makes it an error.
 */
const listed: Readonly<Record<string, { readonly list: string; readonly codeIn: RegExp; readonly advisory?: true }>> = {
  "kode-wilayah": { list: "kode-wilayah", codeIn: /^(\d\d(?:\.\d\d){0,2})(?:\.\d{4})?$/ },
  // The region of issue: people keep the number of a region that has split since.
  nik: { list: "kode-wilayah", codeIn: /^(\d\d)(\d\d)\d{12}$/, advisory: true },
  ral: { list: "ral", codeIn: /^(RAL(?:\.\d\d)+)$/ },
  rad: { list: "rad", codeIn: /^(RAD(?:\.\d\d)+)$/ },
};

/** Whether a format has a list at all, read or not. */
export const hasList = (format: string): boolean => Object.hasOwn(listed, format);

export interface Unlisted {
  readonly severity: Severity;
  readonly detail: Text;
}

/**
 * What the list of a format says against a value of the right form; nothing where it is listed, where the list is not
 * complete, or without a list.
 */
export function validateListed(format: string, value: string, lists: ReferenceLists): Unlisted | undefined {
  const row = hasList(format) ? listed[format] : undefined;
  const list = row === undefined ? undefined : lists.get(row.list);
  const code = row?.codeIn.exec(value)?.slice(1).join(".");
  if (row === undefined || list === undefined || code === undefined) return undefined;
  const missing = firstUnlisted(list, code);
  if (missing === undefined) return undefined;
  const { former = {} } = list;
  const successor = Object.hasOwn(former, missing.code) ? former[missing.code] : undefined;
  if (successor !== undefined) {
    // A number that a person was given under the old code stays right.
    return row.advisory === true ? undefined : { severity: "warn", detail: messages.codeWithdrawn(list, successor) };
  }
  return {
    severity: row.advisory === true || missing.beyond ? "warn" : list.lint,
    detail: messages.codeUnlisted(list),
  };
}

/**
 * What refuses a value of this format when it is exchanged; nothing for a format whose list, if there is one, lets
 * everything pass.
 */
export function refusalByList(format: string, lists: ReferenceLists): ((value: string) => boolean) | undefined {
  const row = hasList(format) ? listed[format] : undefined;
  if (row === undefined || row.advisory === true || lists.get(row.list)?.use !== "error") return undefined;
  // Where a list refuses, what is an error in it does not hang on how a contract is judged.
  const strict: ReferenceLists = new Map([[row.list, { ...lists.get(row.list)!, lint: "error" }]]);
  return (value) => validateListed(format, value, strict)?.severity === "error";
}

/**
 * The first part of a code that is not in the list although the list is complete there; `beyond` the levels at which it
 * is complete everywhere.
 */
function firstUnlisted(
  { codes, complete: { levels, below = [] } }: ReferenceList,
  code: string,
): { readonly code: string; readonly beyond: boolean } | undefined {
  const parts = code.split(".");
  const root = /^\d/.test(code) ? 0 : 1;
  for (let level = 1; level + root <= parts.length; level++) {
    const part = parts.slice(0, level + root).join(".");
    const beyond = level > levels;
    if (Object.hasOwn(codes, part)) continue;
    return beyond && !below.includes(parts.slice(0, level + root - 1).join(".")) ? undefined : { code: part, beyond };
  }
  return undefined;
}

/** Whether a policy of this id is a reference list. */
export const isReferenceList = (path: string): boolean => /^reference\/[^/]+\.yaml$/.test(path);

/** Lists by name, from texts that their schema has passed. */
export function readLists(texts: Iterable<string>): ReferenceLists {
  const lists = new Map<string, ReferenceList>();
  for (const text of texts) {
    const list = parse(text, { stringKeys: true }) as ReferenceList;
    lists.set(list.list, list);
  }
  return lists;
}
