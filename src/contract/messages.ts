import type { Text } from "../base/text.ts";

export const messages = {
  contentTypes: (types: string): Text => ({
    id: `Content-Type harus salah satu dari: ${types} (charset hanya utf-8)`,
    en: `the Content-Type must be one of: ${types} (charset utf-8 only)`,
  }),
  contentRequired: { id: "isi permintaan wajib ada", en: "content is required" },
  noContentTaken: { id: "operasi ini tidak menerima isi", en: "this operation takes no content" },
  statusUndeclared: (status: number): Text => ({
    id: `status ${status} tidak ada dalam kontrak`,
    en: `the status ${status} is not in the contract`,
  }),
  answerMustBeEmpty: (status: number): Text => ({
    id: `jawaban ${status} tidak boleh berisi`,
    en: `an answer ${status} must have no content`,
  }),
  answerMustHaveContent: (status: number): Text => ({
    id: `kontrak tidak memuat jawaban ${status} tanpa isi`,
    en: `the contract has no answer ${status} without content`,
  }),

  patternWrong: (at: number, around: string, reason: string): Text => ({
    id:
      `pola ini tidak sah menurut ECMA-262 dengan tanda u, pada karakter ${at} (“${around}”: ${reason}), ` +
      "dan tidak ada padanan pastinya; tulis menurut ECMA-262",
    en:
      `the pattern is not valid by ECMA-262 with the flag u, at character ${at} (“${around}”: ${reason}), ` +
      "and there are no exact words for it; write it by ECMA-262",
  }),

  notUtf8: { id: "isi bukan UTF-8", en: "the content is not UTF-8" },
  startsWithBom: { id: "isi tidak boleh diawali BOM", en: "the content must not begin with a BOM" },
  notJson: { id: "isi bukan JSON yang benar (RFC 8259)", en: "the content is not well-formed JSON (RFC 8259)" },
  tooDeep: (levels: number): Text => ({ id: `JSON lebih dalam dari ${levels} tingkat`, en: `the JSON is deeper than ${levels} levels` }),
  numberTooLarge: {
    id: "ada bilangan di luar ±(2^53 − 1), yang dibulatkan kebanyakan program; NIK dan kode lain ditulis sebagai teks, dalam tanda kutip",
    en: "a number is outside ±(2^53 − 1), which most programs round; write a NIK, and any other code, as a string, in quotes",
  },
  memberTwice: {
    id: "ada nama properti yang muncul dua kali dalam satu objek",
    en: "a member name occurs twice in one object",
  },

  notInteger: { id: "harus bilangan bulat, seperti 12", en: "must be an integer, such as 12" },
  notNumber: { id: "harus bilangan, seperti 12.5", en: "must be a number, such as 12.5" },
  notBoolean: { id: "harus true atau false", en: "must be true or false" },
  notText: { id: "harus teks", en: "must be text" },
  notOneOf: (each: readonly Text[]): Text => ({
    id: each.map(({ id }) => id).join(", atau "),
    en: each.map(({ en }) => en).join(", or "),
  }),
  memberUnknown: {
    id: "ada anggota yang tidak dikenal kontrak",
    en: "there is a member that the contract does not know",
  },
  membersForm: {
    id: "tidak tertulis seperti style dan explode dalam kontrak",
    en: "is not written as style and explode say in the contract",
  },
  labelForm: { id: "harus diawali titik (style: label)", en: "must begin with a dot (style: label)" },
  badEscape: {
    id: "penulisan persen salah: tulis UTF-8 sebagai %XX, spasi sebagai %20, dan tanda tambah sebagai %2B",
    en: "the percent-encoding is wrong: write UTF-8 as %XX, a space as %20 and a plus sign as %2B",
  },
  parameterMissing: { id: "wajib ada", en: "is required" },
  parameterUnknown: (known: string): Text => ({
    id: `ada parameter yang tidak dikenal kontrak; yang dikenal: ${known || "tidak ada"}`,
    en: `there is a parameter that the contract does not know; it knows: ${known || "none"}`,
  }),
  queryForm: { id: "setiap bagian kueri harus berbentuk nama=nilai", en: "every part of the query must be name=value" },
  parameterTwice: { id: "tidak boleh muncul dua kali", en: "must not occur twice" },
  headerCharacters: {
    id: "hanya huruf ASCII yang tampak, tanpa spasi di tepi",
    en: "only visible ASCII, without spaces at the ends",
  },
} as const;
