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
  parameterRequired: (name: string): Text => ({
    id: `parameter “${name}” kini wajib`,
    en: `the parameter “${name}” is required now`,
  }),
  contentGone: { id: "isi permintaan tidak diterima lagi", en: "request content is not taken any more" },
  contentRequired: { id: "isi permintaan kini wajib", en: "request content is required now" },
  mediaTypeReplaced: (type: string, by: string): Text => ({
    id: `jenis isi ${type} kini ${by}`,
    en: `the media type ${type} is ${by} now`,
  }),
  parameterSerialised: (name: string): Text => ({
    id: `parameter “${name}” kini ditulis dengan cara lain (style, explode, atau content)`,
    en: `the parameter “${name}” is written in another way now (style, explode or content)`,
  }),
  parameterEncoded: (name: string, keyword: string): Text => ({
    id: `parameter “${name}”: ${keyword} berubah; periksa apakah konsumen menulis nilai yang kini ditolak`,
    en: `the parameter “${name}”: ${keyword} has changed; see whether consumers write values that are refused now`,
  }),
  parameterSplit: (name: string): Text => ({
    id: `parameter “${name}” kini larik yang dipisah koma; nilai lama yang memuat koma terbaca sebagai beberapa`,
    en: `the parameter “${name}” is a list joined by commas now; an old value with a comma in it reads as several`,
  }),
  statusNew: (status: string): Text => ({
    id: `status ${status} kini dapat terjadi; periksa apakah konsumen mengenalinya`,
    en: `the status ${status} may occur now; see whether consumers know it`,
  }),
  headerGone: (name: string): Text => ({
    id: `header jawaban “${name}” tidak lagi pasti ada`,
    en: `the response header “${name}” is not certain any more`,
  }),
  headerDropped: (name: string): Text => ({
    id: `header jawaban “${name}” yang boleh ada tidak disebut lagi; periksa apakah konsumen memakainya`,
    en: `the optional response header “${name}” is not declared any more; see whether consumers use it`,
  }),
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
  memberRequiredWith: (name: string, other: string): Text => ({
    id: `anggota “${name}” kini wajib bila “${other}” ada`,
    en: `the member “${name}” is required where “${other}” is there now`,
  }),
  memberUncertainWith: (name: string, other: string): Text => ({
    id: `anggota “${name}” tidak lagi pasti ada bila “${other}” ada`,
    en: `the member “${name}” is not certain where “${other}” is there any more`,
  }),
  memberReadOnly: (name: string): Text => ({
    id: `anggota “${name}” kini readOnly; periksa apakah konsumen masih boleh mengirimnya`,
    en: `the member “${name}” is readOnly now; see whether consumers may still send it`,
  }),
  closed: {
    id: "objek kini tertutup bagi anggota lain",
    en: "the object is closed to other members now",
  },
  itemsNotTaken: (index: number): Text => ({
    id: `unsur dari urutan ${index + 1} tidak diterima lagi`,
    en: `items from number ${index + 1} on are not taken any more`,
  }),
  itemsMore: (index: number): Text => ({
    id: `kini dapat ada unsur pada urutan ${index + 1}`,
    en: `there may be an item of number ${index + 1} now`,
  }),
  formNotTaken: (keyword: string): Text => ({
    id: `${keyword} tidak lagi menerima salah satu bentuk yang dulu diterima`,
    en: `${keyword} does not take one of the forms any more that were taken`,
  }),
  formNew: (keyword: string): Text => ({
    id: `kini dapat muncul bentuk yang tidak ada dalam ${keyword} semula`,
    en: `a form may occur now that was not in ${keyword} before`,
  }),
  formsOverlap: {
    id: "oneOf berubah; periksa apakah satu nilai kini cocok dengan dua bentuk, karena itu ditolak",
    en: "oneOf has changed; see whether a value fits two of its forms now, which is refused",
  },
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
  limitIs: (is: Written, was: Written | undefined): Text => ({
    id: `${is.keyword} kini ${is.written}${was === undefined ? "" : `, semula ${named(is, was)}`}`,
    en: `${is.keyword} is ${is.written} now${was === undefined ? "" : `, it was ${named(is, was)}`}`,
  }),
  limitGone: (was: Written): Text => ({
    id: `${was.keyword} ${was.written} tidak berlaku lagi`,
    en: `${was.keyword} ${was.written} holds no more`,
  }),
  keywordIs: (keyword: string, value: string): Text => ({ id: `${keyword} kini ${value}`, en: `${keyword} is ${value} now` }),
  keywordGone: (keyword: string, value: string): Text => ({
    id: `${keyword} ${value} tidak berlaku lagi`,
    en: `${keyword} ${value} holds no more`,
  }),
  keywordChanged: (keyword: string): Text => ({ id: `${keyword} berubah`, en: `${keyword} has changed` }),
  demandChanged: (keyword: string, was: string | undefined, is: string | undefined): Text =>
    is === undefined
      ? { id: `${keyword} ${was ?? ""} tidak berlaku lagi`, en: `${keyword} ${was ?? ""} holds no more` }
      : {
          id: `${keyword} kini ${is}${was === undefined ? "" : `, semula ${was}`}`,
          en: `${keyword} is ${is} now${was === undefined ? "" : `, it was ${was}`}`,
        },
  defaultChanged: (was: string | undefined, is: string | undefined): Text => ({
    id: `default ${was === undefined ? "baru" : `semula ${was}`}, kini ${is ?? "tidak ada"}: yang tidak mengirimnya mendapat hasil lain`,
    en: `default was ${was ?? "none"} and is ${is ?? "none"} now: who leaves it out gets something else`,
  }),
  tooLargeToCompare: {
    id: "bagian ini terlalu besar atau terlalu dalam untuk dibandingkan",
    en: "this part is too large or too deep to be compared",
  },
  notComparable: (keyword: string): Text => ({
    id: `${keyword} berubah, dan tidak dapat dibandingkan`,
    en: `${keyword} has changed and cannot be compared`,
  }),
} as const;

interface Written {
  readonly keyword: string;
  readonly written: string | number;
}
const named = (is: Written, was: Written): string => (is.keyword === was.keyword ? "" : `${was.keyword} `) + String(was.written);
