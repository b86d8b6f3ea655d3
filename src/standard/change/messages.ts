import type { Text } from "../../base/text.ts";

export const messages = {
  operationGone: (key: string, id: string): Text => ({
    id: `operasi ${key} (${id}) dihapus`,
    en: `the operation ${key} (${id}) is gone`,
  }),
  operationRenamed: (id: string): Text => ({
    id: `operationId “${id}” berganti nama; izin akses menyebut nama lama`,
    en: `the operationId “${id}” has another name; grants name the old one`,
  }),
  mediaTypeGone: (type: string): Text => ({ id: `jenis isi ${type} tidak ada lagi`, en: `the media type ${type} is gone` }),
  parameterGone: (name: string): Text => ({
    id: `parameter “${name}” tidak diterima lagi`,
    en: `the parameter “${name}” is not taken any more`,
  }),
  parameterRequired: (name: string): Text => ({ id: `parameter “${name}” kini wajib`, en: `the parameter “${name}” is required now` }),
  contentGone: { id: "isi permintaan tidak diterima lagi", en: "request content is not taken any more" },
  contentRequired: { id: "isi permintaan kini wajib", en: "request content is required now" },
  statusGone: (status: string): Text => ({ id: `status ${status} tidak ada lagi`, en: `the status ${status} is gone` }),

  schemaNew: { id: "skema baru membatasi isi yang dulu bebas", en: "a new schema limits what was free" },
  memberNotGiven: (name: string): Text => ({
    id: `anggota “${name}” tidak diberikan lagi`,
    en: `the member “${name}” is not given any more`,
  }),
  memberNotTaken: (name: string): Text => ({
    id: `anggota “${name}” tidak diterima lagi`,
    en: `the member “${name}” is not taken any more`,
  }),
  memberRequired: (name: string): Text => ({ id: `anggota “${name}” kini wajib`, en: `the member “${name}” is required now` }),
  memberUncertain: (name: string): Text => ({
    id: `anggota “${name}” tidak lagi pasti ada`,
    en: `the member “${name}” is not certain any more`,
  }),
  closed: {
    id: "objek kini tertutup bagi anggota lain",
    en: "the object is closed to other members now",
  },
  countChanged: (keyword: string, before: number, after: number): Text => ({
    id: `banyaknya ${keyword} berubah dari ${before} menjadi ${after}`,
    en: `the number of ${keyword} went from ${before} to ${after}`,
  }),
  /** No types: any of them. */
  typesLost: (types: readonly string[]): Text => ({
    id: `type tidak lagi menerima ${types.join(", ") || "semua"}`,
    en: `type does not take ${types.join(", ") || "everything"} any more`,
  }),
  typesGained: (types: readonly string[]): Text => ({
    id: `type kini dapat ${types.join(", ") || "apa saja"}`,
    en: `type may now be ${types.join(", ") || "anything"}`,
  }),
  valuesLost: (values: readonly string[]): Text => ({
    id: `enum tidak lagi menerima ${values.join(", ")}`,
    en: `enum does not take ${values.join(", ")} any more`,
  }),
  valuesLimited: { id: "enum tidak lagi menerima semua yang lain", en: "enum does not take anything else any more" },
  valuesGained: (values: readonly string[]): Text => ({
    id: `enum kini dapat ${values.join(", ")}`,
    en: `enum may now be ${values.join(", ")}`,
  }),
  valuesFree: { id: "enum kini dapat apa saja", en: "enum may now be anything" },
  keywordIs: (keyword: string, value: number): Text => ({ id: `${keyword} kini ${value}`, en: `${keyword} is ${value} now` }),
  keywordChanged: (keyword: string): Text => ({ id: `${keyword} berubah`, en: `${keyword} has changed` }),
} as const;
