import { isIP } from "node:net";
import { resolve } from "node:path";
import type { Text } from "../base/text.ts";
import { nearest } from "./nearest.ts";

/** How the text of a variable becomes its value. */
export interface Parser<T> {
  /** What a right value looks like: the second half of "… is wrong, right would be …". */
  readonly form: Text;
  /** `undefined` for whatever is not of the form. A relative path begins at `base`. */
  readonly parse: (text: string, base: string) => T | undefined;
  /** The right value that was probably meant. */
  readonly suggest?: (text: string) => string | undefined;
}

/** Where a store lives; its scheme chooses the adapter. The adapter names its files in the folder. */
export interface StoreLocation {
  readonly scheme: "sqlite";
  readonly directory: string;
}

export const path: Parser<string> = {
  form: { id: "sebuah jalur berkas atau folder", en: "a path" },
  parse: (text, base) => (text === "" || text.includes("\0") ? undefined : resolve(base, text)),
};

/** Decimal, without sign, leading zeros or separators. */
export function integer(min: number, max: number, unit?: string): Parser<number> {
  const range = `${min}–${max}${unit === undefined ? "" : ` ${unit}`}`;
  return {
    form: { id: `bilangan bulat ${range}`, en: `an integer ${range}` },
    parse: (text) => (/^(?:0|[1-9][0-9]{0,15})$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined),
  };
}

export function choice<const T extends string>(...values: readonly T[]): Parser<T> {
  const list = values.map((value) => `\`${value}\``).join(", ");
  return {
    form: { id: `salah satu dari ${list}`, en: `one of ${list}` },
    parse: (text) => values.find((value) => value === text),
    suggest: (text) => nearest(text.toLowerCase(), values),
  };
}

/** A name within a log's origin, `<host>/log/<name>` (protocol §4.1). */
export const logName: Parser<string> = {
  form: {
    id: "huruf kecil, angka, titik, dan tanda hubung, paling banyak 64",
    en: "lower-case letters, digits, dots and hyphens, at most 64",
  },
  parse: (text) => (/^[a-z0-9][a-z0-9.-]{0,63}$/.test(text) ? text : undefined),
  suggest: (text) => text.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, "-"),
};

export const listenHost: Parser<string> = {
  form: { id: "alamat IP atau nama host mesin ini", en: "an IP address or a host name of this machine" },
  parse: (text) => (isIP(text) !== 0 || /^[a-z](?:[a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text) ? text : undefined),
};

/** What consumers sign as `aud` (protocol §2.1): compared as bytes, so there is one spelling only. */
export const origin: Parser<string> = {
  form: {
    id: "skema, host, dan port (bila bukan port baku) dalam huruf kecil, tanpa garis miring atau jalur di belakangnya: `https://simpul.example.go.id`",
    en: "scheme, host, and port unless it is the default one, in lower case, with no slash or path behind it",
  },
  parse: (text) => (originOf(text) === text ? text : undefined),
  suggest: originOf,
};

function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.protocol === "http:" || url?.protocol === "https:" ? url.origin : undefined;
}

export const cidrs: Parser<readonly string[]> = {
  form: { id: "daftar CIDR dipisah koma: `10.16.0.0/16,fd00::/8`", en: "CIDRs separated by commas" },
  parse: (text) => {
    const list = text.split(",").map((entry) => entry.trim());
    return list.every(isCidr) ? list : undefined;
  },
};

function isCidr(text: string): boolean {
  const [, address = "", prefix = ""] = /^([^/%]+)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const family = isIP(address);
  return family !== 0 && Number(prefix) <= (family === 4 ? 32 : 128);
}

export const storeUrl: Parser<StoreLocation> = {
  form: {
    id: "`sqlite:<folder>`; `postgres:` baru tersedia pada versi berikutnya",
    en: "`sqlite:<directory>`; `postgres:` comes with a later version",
  },
  parse: (text, base) => {
    const [, directory] = /^sqlite:([^?#\0]+)$/.exec(text) ?? [];
    return directory === undefined || directory.startsWith("//") ? undefined : { scheme: "sqlite", directory: resolve(base, directory) };
  },
};
