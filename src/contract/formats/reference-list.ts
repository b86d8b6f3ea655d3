import { parse } from "yaml";
import type { Text } from "../../base/text.ts";
import { messages } from "./messages.ts";

type Severity = "error" | "warn";

/**
 * A list of `policies/reference/`, as its schema has passed it: codes with their names, which levels are complete, and
 * how severe an unlisted code is.
 */
export interface ReferenceList {
  readonly list: string;
  readonly version: string;
  readonly asOf: string;
  readonly source: string;
  readonly title: Text;
  readonly complete: { readonly levels: number; readonly below?: readonly string[] };
  /** The severity of an unlisted code when a contract is linted. */
  readonly lint: Severity;
  /** Its severity when content is exchanged: `error` refuses it, `warn` lets it pass. */
  readonly use: Severity;
  readonly codes: Readonly<Record<string, string>>;
  /** Withdrawn codes, each with its successor. */
  readonly former?: Readonly<Record<string, string>>;
}

/** By name; a format whose list is missing is validated by its form alone. */
export type ReferenceLists = ReadonlyMap<string, ReferenceList>;
export const noLists: ReferenceLists = new Map();

/**
 * The formats whose values contain a code of a list. `advisory`: an unlisted code is never an error, whatever the list
 * says.
 */
const listed: Readonly<Record<string, { readonly list: string; readonly codeIn: RegExp; readonly advisory?: true }>> = {
  "kode-wilayah": { list: "kode-wilayah", codeIn: /^(\d\d(?:\.\d\d){0,2})(?:\.\d{4})?$/ },
  // The region of issue: people keep their number when a region splits.
  nik: { list: "kode-wilayah", codeIn: /^(\d\d)(\d\d)\d{12}$/, advisory: true },
  ral: { list: "ral", codeIn: /^(RAL(?:\.\d\d)+)$/ },
  rad: { list: "rad", codeIn: /^(RAD(?:\.\d\d)+)$/ },
};

/** Whether a format has a list, loaded or not. */
export const hasList = (format: string): boolean => Object.hasOwn(listed, format);

export interface Unlisted {
  readonly severity: Severity;
  readonly detail: Text;
}

/**
 * What the list of a format says against a value of the right form; `undefined` if it is listed, or the list is not
 * complete there or not loaded.
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
    // A number that was given to a person under the former code stays valid.
    return row.advisory === true ? undefined : { severity: "warn", detail: messages.codeWithdrawn(list, successor) };
  }
  return {
    severity: row.advisory === true || missing.beyond ? "warn" : list.lint,
    detail: messages.codeUnlisted(list),
  };
}

/** The test that refuses a value of this format in an exchange; `undefined` if no list refuses anything. */
export function refusalByList(format: string, lists: ReferenceLists): ((value: string) => boolean) | undefined {
  const row = hasList(format) ? listed[format] : undefined;
  if (row === undefined || row.advisory === true || lists.get(row.list)?.use !== "error") return undefined;
  // How the list refuses in exchanges does not depend on its severity for linting.
  const strict: ReferenceLists = new Map([[row.list, { ...lists.get(row.list)!, lint: "error" }]]);
  return (value) => validateListed(format, value, strict)?.severity === "error";
}

/**
 * The first part of a code that is missing from the list although the list is complete there; `beyond` the levels at
 * which it is complete everywhere.
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

/** Parses lists that have passed their schema, by name. */
export function readLists(texts: Iterable<string>): ReferenceLists {
  const lists = new Map<string, ReferenceList>();
  for (const text of texts) {
    const list = parse(text, { stringKeys: true }) as ReferenceList;
    lists.set(list.list, list);
  }
  return lists;
}
