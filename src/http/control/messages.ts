import type { Text } from "../../base/text.ts";

/** What the control API says to officers, besides the guards' and the catalogue of refusals. */
export const messages = {
  tooManyRequests: (perSecond: number, burst: number): Text => ({
    id: `Satu petugas boleh meminta ${perSecond} kali per detik (lonjakan ${burst}).`,
    en: `An officer may make ${perSecond} requests per second (burst ${burst}).`,
  }),
  ifMatchRequired: {
    id: "Bacalah dahulu, lalu sebutkan ETag-nya dalam If-Match.",
    en: "Read it first, then name its ETag in If-Match.",
  },
  profileUnknown: (id: string): Text => ({ id: `Profil ${id} tidak ada.`, en: `There is no profile ${id}.` }),
  exchangesOfOthers: (owner: string): Text => ({
    id: `Pertukaran dengan kunci ${owner} dibaca oleh petugas pemiliknya, registrar dan auditor.`,
    en: `The exchanges made with a key of ${owner} are read by its owner's officers, registrars and auditors.`,
  }),
  faultsOfOthers: (owner: string): Text => ({
    id: `Jawaban salah dari layanan ${owner} dibaca oleh petugasnya, registrar dan auditor.`,
    en: `The wrong answers of a service of ${owner} are read by its officers, registrars and auditors.`,
  }),
  momentUnknown: {
    id: "since bukan waktu yang ada; tulis tanggal (2026-01-31), jam setempat (2026-01-31T21:30), atau jam dengan selisih zonanya.",
    en: "since is no moment that exists; write a day (2026-01-31), a local time (2026-01-31T21:30), or a time with its offset.",
  },
  onlyConfirmedSecurityOpinions: {
    id: "Yang diekspor hanya pertimbangan kelaikan keamanan yang sudah ditegaskan.",
    en: "Only a confirmed security opinion is exported.",
  },

  misdirected: (host: string): Text => ({
    id:
      `Port kendali tidak menjawab nama ini (Host: ${JSON.stringify(host)}). Panggil lewat loopback atau alamatnya, ` +
      "atau sebut nama itu di --control-names.",
    en:
      `The control port does not answer to this name (Host: ${JSON.stringify(host)}). Call it by loopback or its address, ` +
      "or put the name into --control-names.",
  }),
  originForeign: (origin: string): Text => ({
    id: `Permintaan dari halaman ${JSON.stringify(origin)} tidak dilayani port kendali.`,
    en: `The control port serves no requests from pages of ${JSON.stringify(origin)}.`,
  }),
  metricsToken: {
    id: "Sertakan Authorization: Bearer dengan token dari berkas --metrics-token.",
    en: "Send the token in the file of --metrics-token as Authorization: Bearer.",
  },
  notHttp: { id: "Bukan permintaan HTTP/1.1 yang sah.", en: "This is no valid HTTP/1.1 request." },
  targetForm: {
    id: "Jalur permintaan terlalu panjang, atau bukan persen-pengodean UTF-8 yang sah.",
    en: "The path is too long, or no valid percent-encoded UTF-8.",
  },

  tokenMissing: {
    id: "Sertakan Authorization: Bearer dengan token petugas.",
    en: "Send an officer's token as Authorization: Bearer.",
  },
  tokenUnknown: { id: "Token tidak dikenal.", en: "The token is not known." },
  tokenExpired: (at: string): Text => ({
    id: `Token habis masa berlakunya pada ${at}.`,
    en: `The token ran out on ${at}.`,
  }),
  tokenRevoked: { id: "Token sudah dicabut.", en: "The token was revoked." },
  officerRemoved: {
    id: "Petugas pemegang token sudah diberhentikan.",
    en: "The officer who holds the token was removed.",
  },
  memberGone: (member: string): Text => ({
    id: `${member} tidak terdaftar lagi.`,
    en: `${member} is not registered any more.`,
  }),
  registryEmpty: { id: "Registri masih kosong.", en: "The registry is empty." },

  faultsIn: (count: number, part: Text): Text => ({
    id: `Ada ${count} kesalahan dalam ${part.id}.`,
    en: `There are faults in ${part.en}: ${count}.`,
  }),
  /** The parts of a request, as Fastify names them. */
  parts: {
    body: { id: "isi permintaan", en: "the content" },
    querystring: { id: "kueri", en: "the query" },
    headers: { id: "kepala permintaan", en: "the header" },
    params: { id: "jalur", en: "the path" },
  },

  /** Summaries of routes and tags in the OpenAPI document. */
  summaries: {
    catalogue: { id: "Katalog layanan", en: "The catalogue of services" },
    catalogueContract: { id: "Kontrak OpenAPI sebuah layanan", en: "The OpenAPI contract of a service" },
    catalogueTag: { id: "Katalog layanan, terbuka tanpa token", en: "The catalogue of services, open without a token" },
    due: { id: "Apa yang segera berakhir, dan siapa yang bertindak", en: "What runs out soon, and who has to act" },
    dueTag: { id: "Apa yang segera berakhir", en: "What runs out soon" },
    consumers: { id: "Konsumen sebuah versi layanan", en: "The consumers of a service version" },
    contract: {
      id: "Kontrak sebuah versi layanan sebagaimana diberikan, bita demi bita",
      en: "The contract of a service version as it was given, byte for byte",
    },
    dossier: {
      id: "Berkas sebuah revisi: tiap bagian, dari revisi mana, dan apakah masih berlaku",
      en: "The dossier of a revision: each part, of which revision it is, and whether it serves",
    },
    faults: {
      id: "Jawaban salah terbaru dari penyedia sebuah versi layanan",
      en: "The newest wrong answers of a service version's provider",
    },
    upstreams: { id: "Alamat-alamat sebuah subsistem dan keadaannya", en: "The addresses of a subsystem, and how they stand" },
    keyExchanges: { id: "Pertukaran yang ditandatangani sebuah kunci", en: "The exchanges that a key signed" },
    openapi: { id: "Dokumen OpenAPI 3.1 antarmuka ini", en: "The OpenAPI 3.1 document of this API" },
    openapiTag: { id: "Dokumen ini", en: "This document" },
    opinionExport: { id: "Ekspor ke portal arsitektur SPBE", en: "Export for the architecture portal" },
    profile: { id: "Satu profil dengan jawaban dan pasalnya", en: "One profile with its answers and their pasal" },
    profiles: { id: "Profil peraturan daerah", en: "Policy profiles" },
    profilesTag: { id: "Profil peraturan daerah", en: "The regulations as profiles" },
    why: {
      id: "Mengapa sesuatu diizinkan, ditolak, atau belum dapat",
      en: "Why something was allowed, refused, or cannot be yet",
    },
    whyTag: { id: "Mengapa: jejak keputusan", en: "Why: the decision trace" },
  },
} as const;
