import type { Text } from "../base/text.ts";
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

const say = (id: string, en: string): Text => ({ id, en });

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
  "contract-no-object": () => say("bukan dokumen OpenAPI: isinya bukan objek", "no OpenAPI document: it is not an object"),
  "contract-no-openapi": () =>
    say("bukan dokumen OpenAPI: anggota “openapi” tidak ada", "no OpenAPI document: there is no member “openapi”"),
  "contract-version-text": () =>
    say(
      'versi harus teks dengan tiga bilangan dalam tanda kutip, seperti openapi: "3.1.0" (OpenAPI 3.1 §4.8.1)',
      'the version must be a string of three numbers, such as openapi: "3.1.0" (OpenAPI 3.1 §4.8.1)',
    ),
  "contract-version": () =>
    say(
      "yang dibaca hanya OpenAPI 3.0, 3.1, dan 3.2, ditulis dengan tiga bilangan seperti 3.1.0",
      "only OpenAPI 3.0, 3.1 and 3.2 are read, written with three numbers such as 3.1.0",
    ),
  "dialect-unknown": () =>
    say(
      "hanya dialek JSON Schema 2020-12 dan dialek OpenAPI yang dapat dinilai; hapus baris ini bila skemanya sesuai dengan itu",
      "only JSON Schema 2020-12 and the dialects of OpenAPI can be judged; drop this line if the schema keeps to them",
    ),
  "reference-invalid": () =>
    say("$ref harus menunjuk ke bagian yang ada dalam dokumen ini (#/…)", "$ref must point to an existing part of this document (#/…)"),
  "reference-circular": () =>
    say("$ref ini berputar tanpa pernah sampai pada isi", "this $ref goes round without ever reaching content"),
  "reference-kind": () =>
    say(
      "$ref ini menunjuk ke bagian dari jenis lain, seperti skema di tempat parameter",
      "this $ref points to something of another kind, such as a schema in place of a parameter",
    ),
  "reference-file": (name: string) =>
    say(
      `berkas ${name} tidak ada di samping kontrak atau tidak dapat dibaca`,
      `there is no file ${name} beside the contract, or it cannot be read`,
    ),
  "reference-outside": () =>
    say(
      "$ref hanya boleh ke berkas di dalam folder kontrak ini, dengan jalur relatif",
      "a $ref may only lead to a file within the folder of this contract, by a relative path",
    ),
  "reference-remote": () =>
    say(
      "$ref ke internet tidak diikuti; salin berkasnya ke folder kontrak dan tunjuk dengan jalur relatif",
      "a $ref to the internet is not followed; copy the file into the contract's folder and point to it by a relative path",
    ),
  "schema-circle": () =>
    say(
      "skema ini kembali ke dirinya sendiri tanpa masuk ke anggota atau butir; tidak ada isi yang dapat dinilai",
      "this schema leads back to itself without going into a member or an item; no content can be judged by it",
    ),
  "operations-missing": () =>
    say("kontrak ini tidak punya operasi untuk dilayani (paths)", "this contract has no operation to be served (paths)"),
  "operation-duplicate": () => say("operationId ini sudah dipakai", "this operationId is used already"),
  "path-invalid": () =>
    say(
      "setiap ruas jalur harus teks RFC 3986 yang tidak kosong, atau satu {nama}; tanpa %, ; dan ruas titik",
      "each segment of a path must be non-empty RFC 3986 text, or one {name}; no %, ; or dot segments",
    ),
  "path-ambiguous": (other: string) =>
    say(`jalur ini cocok dengan permintaan yang sama seperti ${other}`, `this path matches the same requests as ${other}`),
  "parameter-path": (names: string) =>
    say(
      `parameter path harus sama dengan yang ada dalam jalur, masing-masing required: true: ${names}`,
      `the path parameters must be those of the path, each required: true: ${names}`,
    ),
  "parameter-duplicate": () => say("parameter ini dinyatakan dua kali", "this parameter is declared twice"),
  "parameter-reserved": () =>
    say(
      "nama header ini dipegang oleh HTTP atau gerbang; pilih nama lain, seperti X-…",
      "this header belongs to HTTP or to the gateway; choose another name, such as X-…",
    ),
  "parameter-cookie": () =>
    say(
      "kuki tidak dibawa gerbang; jadikan header atau kueri, atau tidak wajib",
      "the gateway carries no cookies; make it a header or query parameter, or not required",
    ),
  "parameter-style": (allowed: string) =>
    say(`cara penulisan ini tidak didukung; yang boleh: ${allowed}`, `this serialisation is not supported; allowed: ${allowed}`),
  "parameter-type": () =>
    say(
      "skema parameter harus punya satu type: string, integer, number, boolean, atau (hanya query) array dari salah satunya",
      "a parameter's schema needs one type: string, integer, number, boolean, or (query only) an array of one of them",
    ),
  "media-type": () =>
    say(
      "harus satu jenis isi, seperti application/json, atau rentang, seperti application/*; parameter boleh, charset hanya utf-8",
      "must be one media type, such as application/json, or a range, such as application/*; parameters are allowed, charset only utf-8",
    ),
  "media-type-duplicate": (other: string) =>
    say(`jenis isi ini sudah dinyatakan sebagai ${other}`, `this media type is declared already as ${other}`),
  "pattern-invalid": (id: string, en: string) => say(id, en),
  "pattern-explodes": () =>
    say(
      "pola ini dapat dibuat berjalan tanpa akhir; hindari pengulangan di dalam pengulangan dan pilihan yang tumpang tindih",
      "this pattern can be made to run for ever; avoid repetitions within repetitions and overlapping alternatives",
    ),
  "schema-invalid": (reason: string) => say(`skema tidak dapat dipakai: ${reason}`, `the schema cannot be used: ${reason}`),
  "example-invalid": (id: string, en: string) => say(`contoh tidak sesuai skemanya: ${id}`, `the example breaks its schema: ${en}`),
  "example-unknown": () =>
    say(
      "nama contoh harus <operationId>[.<nama>].<bagian>.json; bagian: request, response (status 2XX pertama), " +
        "atau sebuah status; dan kontrak harus punya isi JSON di situ",
      "an example is named <operationId>[.<name>].<part>.json; the part is request, response (the first 2XX status) " +
        "or a status; and the contract must have JSON content there",
    ),
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
