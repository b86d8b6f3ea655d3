import { isIP } from "node:net";
import { resolve } from "node:path";
import { parseStoreUrl, type StoreLocation } from "../base/store-location.ts";
import type { Text } from "../base/text.ts";
import { messages } from "./messages.ts";
import { nearest } from "./nearest.ts";

/** How the text of a variable becomes its value. */
export interface Parser<T> {
  /** What a right value looks like: the second half of "… is wrong, right would be …". */
  readonly form: Text;
  /** `undefined` for a text that is not of the form. A relative path begins at `base`. */
  readonly parse: (text: string, base: string) => T | undefined;
  /** The right value that was probably meant, where there is one. */
  readonly suggest?: (text: string) => string | undefined;
}

export const path: Parser<string> = {
  form: messages.pathForm,
  parse: (text, base) => (text === "" || text.includes("\0") ? undefined : resolve(base, text)),
};

/** Decimal, without sign, leading zeros or separators. */
export function integer(min: number, max: number, unit?: string): Parser<number> {
  const range = `${min}–${max}${unit === undefined ? "" : ` ${unit}`}`;
  return {
    form: messages.integerForm(range),
    parse: (text) => (/^(?:0|[1-9][0-9]{0,15})$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined),
  };
}

export function choice<const T extends string>(...values: readonly T[]): Parser<T> {
  const list = values.map((value) => `\`${value}\``).join(", ");
  return {
    form: messages.choiceForm(list),
    parse: (text) => values.find((value) => value === text),
    suggest: (text) => nearest(text.toLowerCase(), values),
  };
}

/** A name within a log's origin, `<host>/log/<name>` (protocol §4.1). */
export const logName: Parser<string> = {
  form: messages.logNameForm,
  parse: (text) => (/^[a-z0-9][a-z0-9.-]{0,63}$/.test(text) ? text : undefined),
  suggest: (text) => text.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, "-"),
};

const hostName = /^[a-z](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i;

export const listenHost: Parser<string> = {
  form: messages.listenHostForm,
  parse: (text) => (isIP(text) !== 0 || hostName.test(text) ? text : undefined),
};

/** What consumers sign as `aud` (protocol §2.1): it is compared as bytes, so only one spelling is accepted. */
export const origin: Parser<string> = {
  form: messages.originForm,
  parse: (text) => (originOf(text) === text ? text : undefined),
  suggest: originOf,
};

function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.protocol === "http:" || url?.protocol === "https:" ? url.origin : undefined;
}

export const cidrs: Parser<readonly string[]> = {
  form: messages.cidrsForm,
  parse: (text) => {
    const list = text.split(",").map((entry) => entry.trim());
    return list.every(isCidr) ? list : undefined;
  },
};

export const hostNames: Parser<readonly string[]> = {
  form: messages.hostNamesForm,
  parse: (text) => {
    const list = text.split(",").map((entry) => entry.trim());
    return list.every((name) => isIP(name) !== 0 || hostName.test(name)) ? list : undefined;
  },
};

/** The same, or `none` for an empty list. */
export const noneOr = <T>({ form, parse }: Parser<readonly T[]>): Parser<readonly T[]> => ({
  form: messages.noneOr(form),
  parse: (text, base) => (text === "none" ? [] : parse(text, base)),
});

function isCidr(text: string): boolean {
  const [, address = "", prefix = ""] = /^([^/%]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(prefix) <= (family === 4 ? 32 : 128);
}

export const storeUrl: Parser<StoreLocation> = {
  form: messages.storeUrlForm,
  parse: parseStoreUrl,
};
