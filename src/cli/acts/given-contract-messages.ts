import type { Text } from "../../base/text.ts";

export const messages = {
  title: {
    id: "Kontraknya sebagaimana diberikan, bita demi bita, juga milik sebuah revisi",
    en: "Its contract as it was given, byte for byte, also that of a revision",
  },
  out: {
    id: "menulis openapi.yaml dan berkas yang dirujuknya ke sini, tanpa menimpa apa pun",
    en: "writes openapi.yaml and the files that it names here, and overwrites nothing",
  },
  notKept: (digest: string): Text => ({
    id: `Bitanya belum disimpan oleh versi Simpul yang mendaftarkannya; pendaftaran berikutnya menyimpannya. Turunannya: ${digest}`,
    en: `The bytes were not kept: an older Simpul registered it. Its derived document is ${digest}; the next registration keeps them.`,
  }),
} as const;
