import type { Text } from "../base/text.ts";

/**
 * What the patterns of the project's own schemas (manifests, inputs of officers' acts) ask for, in words with an example. Who types an
 * identifier reads no regular expression. A pattern of a contract that is not here is shown as it is, to developers.
 */
export const formWords: ReadonlyMap<string, Text> = new Map([
  ["^\\S(?:.*\\S)?$", { id: "tidak diawali atau diakhiri spasi", en: "must not begin or end with a space" }],
  [
    "^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$",
    {
      id: "nama samaran atau nama pendek: huruf kecil, angka, dan tanda hubung di tengah, seperti registrar-1",
      en: "a pseudonym or short name: lower-case letters, digits, and hyphens in between, such as registrar-1",
    },
  ],
  [
    "^[a-z0-9-]{3,64}$",
    {
      id: "3–64 huruf kecil, angka, atau tanda hubung, seperti verifikasi-warga",
      en: "3 to 64 lower-case letters, digits or hyphens, such as verifikasi-warga",
    },
  ],
  [
    "^[a-z0-9]+(?:-[a-z0-9]+)*$",
    {
      id: "nama profil, seperti pasuruan-111-2023; lihat simpul profiles",
      en: "a profile's id, such as pasuruan-111-2023; see simpul profiles",
    },
  ],
  [
    "^https?://[^\\s/?#@]+$",
    {
      id: "skema, host, dan port saja, tanpa jalur, seperti http://10.0.0.5:8080",
      en: "scheme, host and port only, without a path, such as http://10.0.0.5:8080",
    },
  ],
  [
    "^https?://[^\\s/?#@]+(?:/[^\\s?#@]*)?$",
    {
      id: "skema, host, dan port saja, tanpa jalur, seperti http://10.0.0.5:8080",
      en: "scheme, host and port only, without a path, such as http://10.0.0.5:8080",
    },
  ],
  ["^\\+?[0-9][0-9 ()-]{4,24}$", { id: "nomor telepon, seperti +62-343-421000", en: "a telephone number, such as +62-343-421000" }],
  [
    "^\\d{4}-\\d{2}-\\d{2}(?:T.{1,30})?$",
    {
      id: "tanggal seperti 2026-01-31, atau dengan jam dan zona seperti 2026-01-31T08:00:00+07:00",
      en: "a day such as 2026-01-31, or with time and offset such as 2026-01-31T08:00:00+07:00",
    },
  ],
  ["^[A-Za-z][A-Za-z0-9.:-]{0,31}$", { id: "kode instansi, seperti ID-35.14", en: "an instance's code, such as ID-35.14" }],
  [
    "^[A-Za-z][A-Za-z0-9.:-]{0,31}/[A-Za-z][A-Za-z0-9.:-]{0,31}/[A-Za-z0-9]{2,32}$",
    { id: "tulis anggota lengkap, seperti ID-35.14/GOV/dinsos", en: "write the whole member, such as ID-35.14/GOV/dinsos" },
  ],
  [
    "^[A-Za-z][A-Za-z0-9.:-]{0,31}/[A-Za-z][A-Za-z0-9.:-]{0,31}/[A-Za-z0-9]{2,32}/[A-Za-z0-9]{2,32}$",
    {
      id: "tulis subsistem lengkap, seperti ID-35.14/GOV/dinsos/bansos",
      en: "write the whole subsystem, such as ID-35.14/GOV/dinsos/bansos",
    },
  ],
  [
    "^[A-Za-z][A-Za-z0-9.:-]{0,31}/[A-Za-z][A-Za-z0-9.:-]{0,31}/(?:[A-Za-z0-9]{2,32}/){3}v(?:0|[1-9][0-9]{0,5})$",
    {
      id: "tulis layanan lengkap dengan versinya, seperti ID-35.14/GOV/disdukcapil/siak/penduduk/v1",
      en: "write the whole service with its version, such as ID-35.14/GOV/disdukcapil/siak/penduduk/v1",
    },
  ],
  [
    "^[A-Za-z][A-Za-z0-9_-]{0,63}$",
    { id: "nama operasi (operationId) dari kontrak, seperti getWarga", en: "an operation (operationId) of the contract, such as getWarga" },
  ],
  [
    "^(?:/[^/]{1,100})+$",
    {
      id: "JSON Pointer sebuah kolom jawaban, seperti /alamat/kodeWilayah",
      en: "the JSON Pointer of an answer's field, such as /alamat/kodeWilayah",
    },
  ],
  [
    "^(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]{0,63})+$",
    { id: "jalur tanpa garis miring di akhir, seperti /v1", en: "a path without a slash at its end, such as /v1" },
  ],
  ["^[0-9a-f]{64}$", { id: "SHA-256: 64 angka heksadesimal, huruf kecil", en: "a SHA-256: 64 hexadecimal digits, lower case" }],
  ["^3\\.1\\.[0-9]{1,3}$", { id: "OpenAPI 3.1, seperti 3.1.0", en: "OpenAPI 3.1, such as 3.1.0" }],
  [
    "^[\\x21-\\x7e]{1,64}$",
    { id: "1–64 huruf, angka, atau tanda ASCII tanpa spasi", en: "1 to 64 letters, digits or marks of ASCII without a space" },
  ],
]);
