import type { Text } from "../../base/text.ts";
import type { SourcePlace } from "../../source/fault.ts";

/**
 * What the document by which the gateway judges has other than the document that was given, and why. Nobody has to mend it; it is shown by
 * lint and by `simpul contract show`.
 */
export interface ContractNote extends SourcePlace {
  readonly code: NoteCode;
  /** JSON Pointer in the derived document. */
  readonly pointer: string;
  readonly detail: Text;
}

const say = (id: string, en: string): Text => ({ id, en });

/** The sentence of every note, by code. */
export const noteSentences = {
  "dialect-converted": (from: string) =>
    say(`OpenAPI ${from} dibaca sebagai OpenAPI 3.1 (JSON Schema 2020-12)`, `OpenAPI ${from} is read as OpenAPI 3.1 (JSON Schema 2020-12)`),
  "operation-id-derived": (name: string) =>
    say(
      `operationId dibuat dari metode dan jalur: ${name}; izin akses menyebut operasi dengan nama ini`,
      `the operationId is made from method and path: ${name}; grants name the operation by it`,
    ),
  "operation-id-rewritten": (name: string) =>
    say(
      `operationId ditulis sebagai ${name}: huruf, angka, _ dan -, paling panjang 64`,
      `the operationId is written ${name}: letters, digits, _ and -, at most 64`,
    ),
  "operation-not-carried": (method: string) =>
    say(
      `gerbang tidak membawa metode ${method}; operasi ini tidak dilayani`,
      `the gateway does not carry ${method}; this operation is not served`,
    ),
  "parameter-not-carried": (name: string) =>
    say(
      `gerbang tidak membawa “${name}” dari konsumen ke penyedia; penyedia tidak boleh bergantung padanya`,
      `the gateway does not carry “${name}” from consumer to provider, who must not rely on it`,
    ),
  "parameter-supplied": (name: string) =>
    say(
      `“${name}” selalu dikirim gerbang kepada penyedia; aturannya dalam kontrak tidak dinilai`,
      `the gateway itself always sends “${name}” to the provider; what the contract says of it is not judged`,
    ),
  "parameter-impossible": (name: string) =>
    say(
      `tidak ada pesan HTTP yang dapat memuat field bernama “${name}” (RFC 9110 §5.1); parameter ini tidak dinilai`,
      `no HTTP message can have a field called “${name}” (RFC 9110 §5.1); this parameter is not judged`,
    ),
  "parameter-of-no-path": (name: string) =>
    say(
      `{${name}} tidak ada dalam jalur ini, jadi tidak ada yang dapat mengirimnya (OpenAPI, Parameter Locations)`,
      `{${name}} is not in this path, so nobody can send it (OpenAPI, Parameter Locations)`,
    ),
  "parameter-undeclared": (names: string) =>
    say(
      `yang ada dalam jalur tetapi tidak dinyatakan boleh teks apa pun: ${names}; nyatakan dengan schema`,
      `what is in the path and not declared may be any text: ${names}; declare it with a schema`,
    ),
  "parameter-required": (name: string) =>
    say(
      `“${name}” selalu ada dalam jalur, jadi wajib (OpenAPI, Parameter Object: required)`,
      `“${name}” is always in the path, so it is required (OpenAPI, Parameter Object: required)`,
    ),
  "path-encoded": (template: string) =>
    say(
      `jalur ini ditulis sebagai URI (RFC 3987 §3.1), dan dipanggil begitu: ${template}`,
      `the path is written as a URI (RFC 3987 §3.1), and called so: ${template}`,
    ),
  "keyword-empty": (name: string) =>
    say(`“${name}” kosong, jadi tidak menyatakan apa pun dan tidak dinilai`, `“${name}” is empty, so it says nothing and is not judged`),
  "header-not-passed": (name: string) =>
    say(
      `header jawaban “${name}” tidak sampai ke konsumen: ia milik satu sambungan, satu origin, atau gerbang sendiri`,
      `the answer's header “${name}” does not reach the consumer: it belongs to one connection, to an origin or to the gateway`,
    ),
  "server-path": (path: string) =>
    say(
      `penyedia melayani di bawah ${path}: tulis basePath: ${path} dalam service.yaml (\`new service --contract\` menulisnya)`,
      `the provider serves below ${path}: write basePath: ${path} into service.yaml (\`new service --contract\` does)`,
    ),
  "request-body-ignored": (method: string) =>
    say(
      `isi permintaan pada ${method} tidak dibawa (RFC 9110 §9.3: tidak bermakna)`,
      `content of a ${method} request is not carried (RFC 9110 §9.3: it has no meaning)`,
    ),
  "siblings-ignored": (names: string, version: string) =>
    say(
      `di samping $ref tidak berlaku: ${names} (OpenAPI ${version}, Reference Object)`,
      `beside $ref these do not hold: ${names} (OpenAPI ${version}, Reference Object)`,
    ),
  "keyword-ignored": (name: string) =>
    say(`kata kunci “${name}” bukan bagian dialek ini dan tidak dinilai`, `the keyword “${name}” is not of this dialect and is not judged`),
  "nullable-alone": (word: string) =>
    say(
      `${word} tanpa type di skema yang sama tidak berlaku (OpenAPI 3.0.3, Schema Object)`,
      `${word} without type in the same schema has no effect (OpenAPI 3.0.3, Schema Object)`,
    ),
  "nullable-unknown": () =>
    say(
      'nullable tidak ada dalam OpenAPI 3.1 dan tidak berlaku; tulis type: [..., "null"]',
      'OpenAPI 3.1 has no nullable, so it does not hold; write type: [..., "null"]',
    ),
  "bound-number": (name: string, version: string) =>
    say(
      `${name} di OpenAPI ${version} adalah true atau false; bilangannya dipakai sebagai batas`,
      `${name} is true or false in OpenAPI ${version}; its number is taken as the bound`,
    ),
  "pattern-rewritten": (pattern: string) =>
    say(`pola ditulis menurut ECMA-262 dengan tanda u: ${pattern}`, `the pattern is written by ECMA-262 with the flag u: ${pattern}`),
  "required-one-way": (names: string, way: "request" | "response", version: string) =>
    way === "response"
      ? say(
          `wajib hanya dalam jawaban: ${names} (OpenAPI ${version}, readOnly)`,
          `required in responses only: ${names} (OpenAPI ${version}, readOnly)`,
        )
      : say(
          `wajib hanya dalam permintaan: ${names} (OpenAPI ${version}, writeOnly)`,
          `required in requests only: ${names} (OpenAPI ${version}, writeOnly)`,
        ),
  "media-type-assumed": (type: string) =>
    say(
      `kontrak tidak menyebut jenis isinya (consumes, produces); dibaca sebagai ${type}`,
      `the contract does not say of which media type this is (consumes, produces); it is read as ${type}`,
    ),
  "path-joined": (template: string, first: string) =>
    say(
      `${template} cocok dengan permintaan yang sama seperti ${first}; metodenya dibaca di sana`,
      `${template} matches the same requests as ${first}; its methods are read there`,
    ),
  "array-as-text": (format: string) =>
    say(
      `larik yang ditulis ${format} tidak dapat dipotong di tempat ini; nilainya dinilai sebagai teks`,
      `an array that is written as ${format} cannot be cut in this place; its value is judged as a text`,
    ),
  "reference-rewritten": (to: string) => say(`$ref ini menunjuk ke ${to}`, `this $ref points to ${to}`),
  "file-brought-in": (file: string, to: string) => say(`isi ${file} disalin ke ${to}`, `what ${file} says is copied to ${to}`),
  "member-ignored": (name: string, version: string) =>
    say(`“${name}” (OpenAPI ${version}) tidak dinilai gerbang`, `the gateway does not judge “${name}” (OpenAPI ${version})`),
} satisfies Record<string, (...words: never[]) => Text>;

/** Notes that somebody may want to know for their own sake; the others are there for completeness. */
export const isWarning = (code: NoteCode): boolean => warnings.has(code);

const warnings: ReadonlySet<NoteCode> = new Set<NoteCode>([
  "operation-id-derived",
  "operation-id-rewritten",
  "operation-not-carried",
  "parameter-not-carried",
  "parameter-supplied",
  "parameter-impossible",
  "parameter-of-no-path",
  "parameter-undeclared",
  "parameter-required",
  "path-encoded",
  "keyword-empty",
  "header-not-passed",
  "server-path",
  "request-body-ignored",
  "siblings-ignored",
  "keyword-ignored",
  "nullable-alone",
  "nullable-unknown",
  "pattern-rewritten",
  "bound-number",
  "member-ignored",
  "media-type-assumed",
  "array-as-text",
]);

export type NoteCode = keyof typeof noteSentences;

/** Tells of a change at the tokens of the derived document. */
export type TakeNote = <Code extends NoteCode>(
  steps: readonly string[],
  code: Code,
  ...words: Parameters<(typeof noteSentences)[Code]>
) => void;
