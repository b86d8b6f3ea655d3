import type { Text } from "../../base/text.ts";

/** The first of the names that would do, for an example. */
const someOf = (names: readonly string[]): string => `${names.slice(0, 4).join(", ")}, …`;

export const messages = {
  mustHave: (right: string): Text => ({ id: `harus ${right}`, en: `must have ${right}` }),
  pageMissing: (names: readonly string[]): Text => ({
    id: `belum ada parameter query untuk halaman (${someOf(names)})`,
    en: `there is no query parameter for the page (${someOf(names)})`,
  }),
  sizeMissing: (names: readonly string[]): Text => ({
    id: `belum ada parameter query untuk banyaknya data (${someOf(names)})`,
    en: `there is no query parameter for how many (${someOf(names)})`,
  }),
  sizeUnlimited: {
    id: "banyaknya data tiap halaman belum dibatasi (maximum)",
    en: "how many a page may have is not limited (maximum)",
  },
  pathAmbiguous: {
    id: "cocok dengan permintaan yang sama seperti jalur lain",
    en: "matches the same requests as another path",
  },
  pathParameters: (method: string, names: string): Text => ({
    id: `parameter path ${method} harus tepat: ${names || "–"}, masing-masing required: true`,
    en: `the path parameters of ${method} must be exactly: ${names || "–"}, each required: true`,
  }),
  noSuccess: { id: "tidak ada status 2xx", en: "there is no 2xx status" },
  contentWithoutSchema: (status: string): Text => ({
    id: `isi status ${status} belum berskema`,
    en: `the content of status ${status} has no schema`,
  }),
  writePattern: (right: string): Text => ({ id: `tulis ${right.slice(0, 200)}`, en: `write ${right.slice(0, 200)}` }),
  problemMissing: { id: "isinya bukan application/problem+json", en: "its content is not application/problem+json" },
  problemObject: { id: "skemanya bukan objek (type: object)", en: "its schema is no object (type: object)" },
  problemText: { id: "teks (type: string)", en: "a string (type: string)" },
  problemReference: {
    id: "rujukan URI (type: string, format: uri-reference)",
    en: "a URI reference (type: string, format: uri-reference)",
  },
  problemStatus: { id: "bilangan 100–599 (type: integer)", en: "a number of 100 to 599 (type: integer)" },
  problemMember: (name: string, right: Text): Text => ({ id: `“${name}” harus ${right.id}`, en: `“${name}” must be ${right.en}` }),
  mustBe: (what: Text): Text => ({ id: `harus ${what.id}`, en: `must be ${what.en}` }),
  keywordUnknown: { id: "bukan kata kunci JSON Schema 2020-12", en: "is no keyword of JSON Schema 2020-12" },
  fieldUnknown: { id: "bukan bagian dari Schema Object OpenAPI 3.0", en: "is no field of a Schema Object of OpenAPI 3.0" },
  itemsMissing: { id: "wajib ada di samping type: array", en: "is required beside type: array" },
} as const;
