import type { Text } from "../base/text.ts";
import type { SourcePlace } from "../source/fault.ts";

/** One thing to fix in a ruleset: where, and what would be right. */
export interface StandardFault extends SourcePlace {
  readonly code: string;
  readonly detail: Text;
}

const say = (id: string, en: string): Text => ({ id, en });

/** The sentence of every fault of a ruleset that its schema cannot express, by code. */
const sentences = {
  "function-unknown": (known: string) => say(`fungsi ini tidak ada; yang ada: ${known}`, `there is no such function; there is: ${known}`),
  "function-unlisted": (name: string) =>
    say(`${name} bukan fungsi inti; sebutkan dalam functions`, `${name} is no core function; list it under functions`),
  "function-options": (id: string, en: string) => say(`functionOptions salah: ${id}`, `functionOptions are wrong: ${en}`),
  "alias-unknown": (known: string) =>
    say(`alias ini tidak ada; yang ada: ${known || "–"}`, `there is no such alias; there is: ${known || "–"}`),
  "alias-circular": () => say("alias ini kembali ke dirinya sendiri", "this alias comes back to itself"),
  "path-unknown": () =>
    say(
      "jalur ini bukan bagian JSONPath yang didukung: $ .nama ['nama'] [a,b] * .. [?(@.nama == 'kata')]",
      "this path is not of the part of JSONPath that is supported: $ .name ['name'] [a,b] * .. [?(@.name == 'word')]",
    ),
  "name-wrong": (right: string) => say(`berkas ini harus bernama ${right}`, `this file must be named ${right}`),
  "period-empty": () => say("validUntil harus sesudah validFrom", "validUntil must be after validFrom"),
} satisfies Record<string, (...words: never[]) => Text>;

/** A fault at a place; `words` fill its sentence. */
export function standardFault<Code extends keyof typeof sentences>(
  { file, line, column }: SourcePlace,
  code: Code,
  ...words: Parameters<(typeof sentences)[Code]>
): StandardFault {
  const sentence: (...words: string[]) => Text = sentences[code];
  return { file, line, column, code, detail: sentence(...words) };
}
