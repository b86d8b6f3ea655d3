import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { wordsOf } from "../../src/standard/split-name.ts";

interface Ruleset {
  readonly rules: Readonly<
    Record<string, { readonly then: { readonly functionOptions: { readonly names: readonly { readonly words: string }[] } } }>
  >;
}

/** Members that hold identity numbers, by the words of the standard's own rule: NIK, NIP, nomor KK, NPWP, NIB, NOP. */
const identities = (() => {
  const standard = readFileSync(join(import.meta.dirname, "../../policies/standards/lid-spl-1.0.0.yaml"), "utf8");
  return (parse(standard) as Ruleset).rules["FMT-IDENTITAS"]!.then.functionOptions.names.map(({ words }) => new RegExp(words));
})();

/**
 * Members about a person by another word: how they are called, where they live and are reached, when they were born,
 * and what ails them.
 */
const others = [
  /^nama (?!wilayah|kecamatan|desa|kabupaten|provinsi)/,
  /(?:^| )(?:alamat|jalan|telepon|hp|surel|email)(?: |$)/,
  /^tanggal (?:lahir|meninggal)$/,
  /^(?:uraian|catatan|alasan|keterangan)$/,
];

const isIdentity = (name: string): boolean => identities.some((words) => words.test(wordsOf(name)));
const isPersonal = (name: string): boolean => isIdentity(name) || others.some((words) => words.test(wordsOf(name)));

/** Below this, chance finds a datum in any file; a birthplace or a sex says nothing without the person. */
const shortest = 8;

/**
 * The personal data of a JSON value: strings under such members, at any depth, and `nama` wherever it stands beside an
 * identity number: alone it may be a unit's or an indicator's.
 */
export function* personalData(value: unknown, name = "", besideIdentity = false): Generator<string> {
  if (typeof value === "string") {
    if (value.length >= shortest && (isPersonal(name) || (name === "nama" && besideIdentity))) yield value;
  } else if (Array.isArray(value)) {
    for (const item of value) yield* personalData(item, name, besideIdentity);
  } else if (typeof value === "object" && value !== null) {
    const beside = Object.keys(value).some(isIdentity);
    for (const [member, inner] of Object.entries(value)) yield* personalData(inner, member, beside);
  }
}

/** Of a content, if it is JSON. */
export function personalDataIn(content: Buffer): string[] {
  try {
    return [...personalData(JSON.parse(content.toString("utf8")))];
  } catch {
    return [];
  }
}
