import type { Text } from "../base/text.ts";
import { contractSentences, say } from "./contract-sentences.ts";
import type { PointerTokens } from "./steps.ts";

/** A place in a tree of files: path from its root with `/`, line and column from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing to fix in a file: where, a code that never changes its meaning, and what would be right. */
export interface SourceFault extends SourcePlace {
  readonly code: string;
  readonly detail: Text;
}

/** One that any tree of manifests may have. */
export interface ManifestFault extends SourceFault {
  readonly code: ManifestFaultCode;
}

/** The sentence of every fault of a tree of manifests, by code. */
const sentences = {
  "file-unknown": (allowed: string) =>
    say(
      `berkas atau folder ini tidak dikenal di sini; yang boleh: ${allowed}`,
      `this file or folder is not known here; allowed: ${allowed}`,
    ),
  "file-missing": (name: string) => say(`${name} wajib ada`, `${name} is required`),
  "file-too-large": (limit: string) => say(`berkas lebih besar dari ${limit} byte`, `the file is larger than ${limit} bytes`),
  "file-irregular": () =>
    say(
      "harus berkas atau folder biasa; tautan hanya boleh ke berkas di dalam pohon",
      "must be an ordinary file or folder; a link may only lead to a file of the tree",
    ),
  "file-encoding": () => say("berkas harus UTF-8 tanpa BOM", "the file must be UTF-8 without a BOM"),
  "yaml-invalid": (reason: string) => say(`YAML salah: ${reason}`, `the YAML is wrong: ${reason}`),
  "yaml-too-deep": (limit: string) => say(`lebih dalam dari ${limit} tingkat`, `deeper than ${limit} levels`),
  "yaml-aliases": (limit: string) =>
    say(
      `alias YAML ini berputar, atau semuanya bersama mengulang lebih dari ${limit} simpul; tulis isinya, atau pakai $ref`,
      `this YAML alias goes in a circle, or all of them repeat more than ${limit} nodes; write the content out, or use $ref`,
    ),
  "yaml-version": () =>
    say(
      "hanya YAML 1.2; hapus baris %YAML (menurut 1.1, NO adalah false dan 010 adalah 8)",
      "YAML 1.2 only; drop the line %YAML (by 1.1, NO is false and 010 is 8)",
    ),
  "yaml-alias-unknown": () =>
    say("alias (*nama) ini tidak punya jangkar (&nama) di atasnya", "this alias (*name) has no anchor (&name) before it"),
  "number-infinite": () =>
    say(
      "bilangan harus terhingga; JSON tidak punya .inf dan .nan, jadi hapus batas ini",
      "a number must be finite; JSON has no .inf and .nan, so drop this limit",
    ),
  "json-invalid": (reason: string) => say(`JSON salah: ${reason}`, `the JSON is wrong: ${reason}`),
  schema: (id: string, en: string) => say(id, en),
  "time-zone-unknown": () => say("harus zona waktu IANA, seperti Asia/Jakarta", "must be an IANA time zone, such as Asia/Jakarta"),
  "profile-unknown": (known: string) =>
    say(`profil peraturan ini tidak ada; yang ada: ${known}`, `there is no such policy profile; there is: ${known}`),
  "auditor-unknown": () => say("subsistem pemeriksa ini tidak ada", "there is no such subsystem to be an auditor"),
  "upstream-missing": () => say("subsistem yang menyediakan layanan wajib punya upstream", "a subsystem with services needs an upstream"),
  "upstream-origin": (right: string) => say(`upstream harus berupa origin saja: ${right}`, `the upstream must be an origin only: ${right}`),
  "upstream-path": (origin: string, path: string) =>
    say(
      `upstream adalah origin saja: ${origin}; jalur dasar ${path} ditulis dalam service.yaml: basePath: ${path}`,
      `an upstream is an origin only: ${origin}; write the base path into service.yaml: basePath: ${path}`,
    ),
  "replica-duplicate": (origin: string) =>
    say(`alamat ini sudah tertulis: ${origin}; tiap alamat satu kali`, `this address stands here already: ${origin}; each stands once`),
  "upstream-outside": (networks: string) =>
    say(
      `gerbang tidak akan memanggil alamat ini, karena di luar SIMPUL_UPSTREAM_NETWORKS: ${networks}`,
      `the gateway would not call this address, which is outside SIMPUL_UPSTREAM_NETWORKS: ${networks}`,
    ),
  "open-classified": () => say("hanya data berklasifikasi terbuka yang boleh “open”", "only data classified terbuka may be “open”"),
  "personal-data-denied": (format: string) =>
    say(
      `kontraknya memuat pengenal orang (format ${format}), jadi datanya data pribadi; hapus personalData: false`,
      `its contract has what identifies persons (format ${format}), so its data are personal; drop personalData: false`,
    ),
  "grant-duplicate": () => say("id izin ini sudah dipakai dalam subsistem ini", "this grant id is used already in this subsystem"),
  "grant-service-unknown": (known: string) =>
    say(`layanan ini tidak ada; yang ada: ${known}`, `there is no such service; there is: ${known}`),
  "grant-operation-unknown": (known: string) =>
    say(`operasi ini tidak ada dalam layanan; yang ada: ${known}`, `the service has no such operation; it has: ${known}`),
  "grant-field-unknown": () =>
    say(
      "kolom ini tidak ada dalam jawaban operasi yang diminta; tulis JSON Pointer menurut skema jawaban, dengan * untuk setiap unsur array",
      "this field is not in the answers of these operations; " +
        "write a JSON Pointer by the schema of the answer, with * for every item of an array",
    ),
  "validation-operation-unknown": (known: string) =>
    say(`operasi ini tidak ada dalam kontrak; yang ada: ${known}`, `this operation is not in the contract; there is: ${known}`),
  "moment-invalid": () =>
    say(
      "harus tanggal yang ada (TTTT-BB-HH), atau tanggal dan jam dengan selisih zona",
      "must be a date that exists (YYYY-MM-DD), or a date-time with its offset",
    ),
  "period-empty": () => say("until harus sesudah from", "until must be after from"),
  "key-malformed": (reason: string) =>
    say(`harus satu baris JWS ringkas “spl-key+jwt”: ${reason}`, `must be one line, a compact JWS “spl-key+jwt”: ${reason}`),
  "key-algorithm": (allowed: string) =>
    say(`alg dan jenis kunci harus cocok: ${allowed}`, `alg and the type of the key must fit: ${allowed}`),
  "key-private": () =>
    say(
      "jwk memuat bagian rahasia; kunci ini sudah bocor, buat yang baru dan daftarkan hanya bagian publiknya",
      "the jwk holds private members; this key has leaked: make a new one and register its public part only",
    ),
  "key-weak": () =>
    say(
      "kunci RSA harus 2048–8192 bit dengan eksponen 65537 atau lebih",
      "an RSA key must have 2048–8192 bits and an exponent of 65537 or more",
    ),
  "key-owner": (right: string) => say(`iss harus subsistem ini: ${right}`, `iss must be this subsystem: ${right}`),
  "key-audience": (right: string) => say(`aud harus instansi ini: ${right}`, `aud must be this instance: ${right}`),
  "key-signature": () =>
    say(
      "tanda tangan tidak cocok dengan jwk: kepemilikan kunci tidak terbukti",
      "the signature does not verify with the jwk: possession is not proved",
    ),
  "key-duplicate": (other: string) =>
    say(
      `kunci ini sudah terdaftar di ${other}; satu kunci untuk satu subsistem dan satu alg`,
      `this key is registered already in ${other}; one key is for one subsystem and one alg`,
    ),
  ...contractSentences,
  "code-unlisted": (code: string) => say(`kode ${code} tidak ada di bawah codes`, `the code ${code} is not among codes`),
  "code-in-force": () =>
    say("kode ini masih berlaku; hapus dari former atau dari codes", "this code is in force; drop it from former or from codes"),
  "list-duplicate": (other: string) => say(`daftar ini sudah ada di ${other}`, `this list is in ${other} already`),
  "too-many": (limit: string) => say(`terlalu banyak; paling banyak ${limit}`, `too many; at most ${limit}`),
} satisfies Record<string, (...words: never[]) => Text>;

type Sentences = typeof sentences;

export type ManifestFaultCode = keyof Sentences;

/** A fault at a place; `words` fill its sentence. */
export function faultAt<Code extends ManifestFaultCode>(
  place: SourcePlace,
  code: Code,
  ...words: Parameters<Sentences[Code]>
): ManifestFault {
  const sentence: (...words: string[]) => Text = sentences[code];
  return { file: place.file, line: place.line, column: place.column, code, detail: sentence(...words) };
}

/** A fault whose tokens are known and whose line is not looked up yet: what is judged by the registry and by `lint` alike. */
export interface LocatedFault {
  readonly steps: PointerTokens;
  /** The name at these tokens is wrong, not its value. */
  readonly named: boolean;
  readonly code: ManifestFaultCode;
  readonly detail: Text;
}

export function faultIn<Code extends ManifestFaultCode>(
  steps: PointerTokens,
  place: "name" | "value",
  code: Code,
  ...words: Parameters<Sentences[Code]>
): LocatedFault {
  const sentence: (...words: string[]) => Text = sentences[code];
  return { steps, named: place === "name", code, detail: sentence(...words) };
}

/** Gives a fault its line. */
export function placeFault(
  source: Record<"at" | "atName", (steps: PointerTokens) => SourcePlace>,
  { steps, named, code, detail }: LocatedFault,
): ManifestFault {
  const { file, line, column } = named ? source.atName(steps) : source.at(steps);
  return { file, line, column, code, detail };
}
