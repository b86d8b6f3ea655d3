import type { Text } from "../../base/text.ts";
import type { AnswerShape } from "./profile-keys.ts";

export const messages = {
  /** The faults of a profile that its JSON Schema cannot find, by their code. */
  faults: {
    "base-unknown": (file: string) => ({
      id: `profil dasar tidak ada di ${file}`,
      en: `there is no base profile in ${file}`,
    }),

    "id-file": (file: string) => ({
      id: `nama berkas harus sama dengan profile: ${file}`,
      en: `the file must be named as profile says: ${file}`,
    }),

    "id-duplicate": (other: string) => ({
      id: `profile ini sudah dipakai di ${other}`,
      en: `this profile id is used already in ${other}`,
    }),

    "row-unknown": () => ({
      id: "nomor ini tidak ada di rows",
      en: "rows has no such number",
    }),

    "key-unknown": () => ({
      id: "kunci ini tidak didefinisikan di profil dasar",
      en: "the base profile does not define this key",
    }),

    "key-missing": (key: string) => ({
      id: `profil dasar wajib mendefinisikan ${key}`,
      en: `the base profile must define ${key}`,
    }),

    "key-shape": (shape: string) => ({
      id: `program ini mengenal kunci ini sebagai ${shape}`,
      en: `this program knows the key as ${shape}`,
    }),

    "guard-unknown": () => ({
      id: "program ini tidak punya penjaga untuk kunci ini; guard harus false",
      en: "this program has no guard for the key; guard must be false",
    }),

    "value-uncited": () => ({
      id: "nilai wajib punya cite; hanya kunci tambahan kami sendiri (ours) yang boleh memakai basis: project rule sebagai gantinya",
      en: "a value needs its cite; only keys that we added ourselves (ours) may have basis: project rule instead",
    }),

    "value-silent": () => ({
      id: "hanya kunci tambahan kami sendiri (ours) yang boleh bernilai saat peraturan diam",
      en: "only keys that we added ourselves (ours) may have a value where a regulation is silent",
    }),

    "value-type": (form: Text) => ({
      id: `harus ${form.id}`,
      en: `must be ${form.en}`,
    }),

    "word-unknown": (allowed: string) => ({
      id: `harus salah satu dari: ${allowed}`,
      en: `must be one of: ${allowed}`,
    }),

    "word-twice": () => ({
      id: "kata ini sudah disebut",
      en: "this word is listed already",
    }),

    "date-unknown": (wrong: Text) => wrong,

    "cite-form": () => ({
      id: "kutipan harus berbentuk P28(6)b; beberapa dipisah dengan “, ”",
      en: "a citation is written P28(6)b; several are joined by “, ”",
    }),
  },

  /** What a value of each shape is. */
  forms: {
    word: { id: "satu kata", en: "one word" },
    words: { id: "daftar kata yang tidak kosong", en: "a list of words, not empty" },
    hosts: { id: "daftar nama host yang tidak kosong", en: "a list of host names, not empty" },
    date: { id: "satu kata atau tanggal TTTT-BB-HH", en: "one word or a date YYYY-MM-DD" },
    flag: { id: "true atau false", en: "true or false" },
    count: { id: "bilangan bulat mulai dari 1", en: "a whole number from 1" },
  } satisfies Readonly<Record<AnswerShape["type"], Text>>,

  hostName: { id: "nama host", en: "a host name" },

  mutualTls: { id: "mutual TLS", en: "mutual TLS" },

  encryptedContents: { id: "enkripsi isi", en: "encrypted contents" },

  policyMissing: (path: string) => ({
    id: `Registri tidak memuat policies/${path}`,
    en: `The registry has no policies/${path}`,
  }),

  profileFaulty: (profile: string) => ({
    id: `Profil ${profile} dalam registri memuat kesalahan`,
    en: `The profile ${profile} in the registry is faulty`,
  }),
} as const;
