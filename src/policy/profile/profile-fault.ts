import type { Text } from "../../base/text.ts";
import type { ManifestFault, SourcePlace } from "../../source/fault.ts";

const say = (id: string, en: string): Text => ({ id, en });

/** Every fault of a profile that its JSON Schema cannot see. */
const sentences = {
  "base-unknown": (file: string) => say(`profil dasar tidak ada di ${file}`, `there is no base profile in ${file}`),
  "id-file": (file: string) => say(`nama berkas harus sama dengan profile: ${file}`, `the file must be named as profile says: ${file}`),
  "id-duplicate": (other: string) => say(`profile ini sudah dipakai di ${other}`, `this profile id is used already in ${other}`),
  "row-unknown": () => say("nomor ini tidak ada di rows", "rows has no such number"),
  "key-unknown": () => say("kunci ini tidak didefinisikan di profil dasar", "the base profile does not define this key"),
  "key-missing": (key: string) => say(`profil dasar wajib mendefinisikan ${key}`, `the base profile must define ${key}`),
  "key-shape": (shape: string) => say(`program ini mengenal kunci ini sebagai ${shape}`, `this program knows the key as ${shape}`),
  "guard-unknown": () =>
    say("program ini tidak punya penjaga untuk kunci ini; guard harus false", "this program has no guard for the key; guard must be false"),
  "value-uncited": () =>
    say(
      "nilai wajib punya cite; hanya kunci tambahan kami sendiri (ours) yang boleh memakai basis: project rule sebagai gantinya",
      "a value needs its cite; only keys that we added ourselves (ours) may have basis: project rule instead",
    ),
  "value-silent": () =>
    say(
      "hanya kunci tambahan kami sendiri (ours) yang boleh bernilai saat peraturan diam",
      "only keys that we added ourselves (ours) may have a value where a regulation is silent",
    ),
  "value-type": (id: string, en: string) => say(`harus ${id}`, `must be ${en}`),
  "word-unknown": (allowed: string) => say(`harus salah satu dari: ${allowed}`, `must be one of: ${allowed}`),
  "word-twice": () => say("kata ini sudah disebut", "this word is listed already"),
  "date-unknown": (id: string, en: string) => say(id, en),
  "cite-form": () =>
    say("kutipan harus berbentuk P28(6)b; beberapa dipisah dengan “, ”", "a citation is written P28(6)b; several are joined by “, ”"),
} satisfies Record<string, (...words: never[]) => Text>;

type Sentences = typeof sentences;

export type ProfileFaultCode = keyof Sentences;

/** One thing to mend in a profile, told as the manifests' faults are. */
export type ProfileFault = ManifestFault | (SourcePlace & { readonly code: ProfileFaultCode; readonly detail: Text });

/** A fault at a place, with the words that its sentence asks for. */
export function profileFault<Code extends ProfileFaultCode>(
  place: SourcePlace,
  code: Code,
  ...words: Parameters<Sentences[Code]>
): ProfileFault {
  const sentence: (...words: string[]) => Text = sentences[code];
  return { file: place.file, line: place.line, column: place.column, code, detail: sentence(...words) };
}
