import type { Text } from "../base/text.ts";

export const messages = {
  noFile: (path: string): Text => ({ id: `berkas \`${path}\` tidak ada`, en: `there is no file \`${path}\`` }),
  unreadable: (code: string | undefined): Text => ({ id: `tidak dapat dibaca (${code})`, en: `cannot be read (${code})` }),
  badYaml: (message: string): Text => ({ id: `YAML salah: ${message}`, en: message }),
  notAMapping: { id: "harus berupa pasangan `nama: nilai`", en: "must be a mapping of names to values" },
  notAValue: (name: string): Text => ({
    id: `\`${name}\` perlu satu nilai atau daftar nilai`,
    en: `\`${name}\` needs a value or a list of values`,
  }),
  givenTwice: (name: string): Text => ({ id: `\`${name}\` sudah diisi di atas`, en: `\`${name}\` is given above already` }),

  portOfConsumers: (port: number): Text => ({
    id: `port ${port} sudah dipakai untuk konsumen; pilih port lain`,
    en: `port ${port} is the consumers' port; choose another`,
  }),
  unknown: (name: string): Text => ({
    id: `\`${name}\` tidak dikenal; lihat docs/configuration.md`,
    en: `\`${name}\` is unknown; see docs/configuration.md`,
  }),
  unknownMeaning: (name: string, meant: string): Text => ({
    id: `\`${name}\` tidak dikenal; maksudnya \`${meant}\`?`,
    en: `\`${name}\` is unknown; did you mean \`${meant}\`?`,
  }),
  /** `form` is one of those below. */
  wrong: (shown: string, form: Text): Text => ({
    id: `${shown} salah; yang benar: ${form.id}`,
    en: `${shown} is wrong; right would be ${form.en}`,
  }),
  wrongMeaning: (shown: string, form: Text, meant: string): Text => ({
    id: `${shown} salah; yang benar: ${form.id}; maksudnya \`${meant}\`?`,
    en: `${shown} is wrong; right would be ${form.en}; did you mean \`${meant}\`?`,
  }),

  pathForm: { id: "sebuah jalur berkas atau folder", en: "a path" },
  integerForm: (range: string): Text => ({ id: `bilangan bulat ${range}`, en: `an integer ${range}` }),
  choiceForm: (list: string): Text => ({ id: `salah satu dari ${list}`, en: `one of ${list}` }),
  logNameForm: {
    id: "huruf kecil, angka, titik, dan tanda hubung, paling banyak 64",
    en: "lower-case letters, digits, dots and hyphens, at most 64",
  },
  listenHostForm: { id: "alamat IP atau nama host mesin ini", en: "an IP address or a host name of this machine" },
  originForm: {
    id:
      "skema, host, dan port (bila bukan port baku) dalam huruf kecil, tanpa garis miring atau jalur di belakangnya: " +
      "`https://simpul.example.go.id`",
    en: "scheme, host, and port unless it is the default one, in lower case, with no slash or path behind it",
  },
  cidrsForm: { id: "daftar CIDR dipisah koma: `10.16.0.0/16,fd00::/8`", en: "CIDRs separated by commas" },
  hostNamesForm: { id: "nama host dipisah koma: `spl.example.go.id`", en: "host names separated by commas: `spl.example.go.id`" },
  noneOr: ({ id, en }: Text): Text => ({ id: `${id}, atau \`none\``, en: `${en}, or \`none\`` }),
  storeUrlForm: {
    id: "`sqlite:<folder>`; `postgres:` baru tersedia pada versi berikutnya",
    en: "`sqlite:<directory>`; `postgres:` comes with a later version",
  },
} as const;
