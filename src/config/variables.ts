import type { Text } from "../base/text.ts";
import { choice, cidrs, hostNames, integer, listenHost, logName, noneOr, origin, path, storeUrl } from "./parsers.ts";
import type { Parser } from "./parsers.ts";

/** One setting. */
export interface Variable<T> {
  readonly parser: Parser<T>;
  /** The default, as an operator would write it; `{name}` is the value of an earlier variable. */
  readonly preset: string;
  readonly meaning: Text;
}

const variable = <T>(parser: Parser<T>, preset: string, meaning: Text): Variable<T> => ({ parser, preset, meaning });

const port = integer(0, 65_535);
const duration = (max: number) => integer(1, max, "ms");

/**
 * Everything that can be set, by its name in camel case; the other spellings follow from it (`namesOf`). Every limit
 * that the protocol does not fix has its number here. A limit holds for each process.
 */
export const variables = {
  data: variable(path, "./data", { id: "Folder data: kunci, registri, dan buku besar", en: "Data directory: keys, registry and ledger" }),
  services: variable(path, "./services", {
    id: "Folder manifes anggota dan layanan",
    en: "Directory of the members' and services' manifests",
  }),

  publicHost: variable(listenHost, "127.0.0.1", { id: "Alamat dengar bagi konsumen", en: "Address on which consumers are served" }),
  publicPort: variable(port, "8080", {
    id: "Port bagi konsumen; 0 = port bebas mana pun, dengan `public-origin` yang disebut",
    en: "Port for consumers; 0 = any free port, with a `public-origin` of your own",
  }),
  publicOrigin: variable(origin, "http://127.0.0.1:{publicPort}", {
    id: "Asal publik yang ditandatangani konsumen sebagai `aud`; jangan diubah setelah dipakai",
    en: "The public origin that consumers sign as `aud`; not to be changed once in use",
  }),
  controlHost: variable(listenHost, "127.0.0.1", {
    id: "Alamat dengar port kendali (metrik, kesehatan)",
    en: "Address of the control port (metrics, health)",
  }),
  controlPort: variable(port, "9090", { id: "Port kendali; 0 = port bebas mana pun", en: "Control port; 0 = any free port" }),
  controlNames: variable(noneOr(hostNames), "none", {
    id: "Nama lain port kendali, di luar loopback dan alamatnya sendiri; nama yang tidak dikenal ditolak (421)",
    en: "Further names of the control port, beside loopback and its own address; an unknown name is refused (421)",
  }),
  metricsToken: variable(path, "{data}/metrics.token", {
    id: "Berkas token bagi /metrics; bila berkasnya ada, /metrics hanya dijawab dengan `Authorization: Bearer`",
    en: "File with a token for /metrics; where it exists, /metrics is answered with `Authorization: Bearer` only",
  }),
  intra: variable(cidrs, "127.0.0.0/8,::1/128", {
    id: "Alamat asal yang termasuk Jaringan Intra",
    en: "Source addresses that belong to the intra network",
  }),

  trustedProxies: variable(noneOr(cidrs), "none", {
    id: "Proksi di depan gerbang yang menyebut alamat asal penelepon (docs/operations/proxies.md); `none`: tidak ada",
    en: "Proxies in front of the gateway that name the caller's address (docs/operations/proxies.md); `none`: there are none",
  }),
  forwardedField: variable(choice("x-forwarded-for", "forwarded"), "x-forwarded-for", {
    id: "Kolom tempat proksi itu menyebutnya, dibaca dari kanan; yang lain diabaikan. PROXY protocol dikenali sendiri",
    en: "The field in which they do, read from the right; the other one is ignored. The PROXY protocol is recognised by itself",
  }),

  upstreamNetworks: variable(cidrs, "127.0.0.0/8,::1/128", {
    id: "Alamat yang boleh dimiliki penyedia",
    en: "Addresses that a provider may have",
  }),

  tokenFile: variable(path, "{data}/admin.token", {
    id: "Berkas token petugas bagi perintah yang memakai API kendali",
    en: "File with the officer's token for verbs that use the control API",
  }),

  registry: variable(storeUrl, "sqlite:{data}", { id: "Tempat registri", en: "Where the registry is" }),
  registryPollMs: variable(duration(60_000), "250", {
    id: "Selang pemeriksaan perubahan registri",
    en: "How often a changed registry is looked for",
  }),
  ledger: variable(storeUrl, "sqlite:{data}", { id: "Tempat buku besar", en: "Where the ledger is" }),
  ledgerThread: variable(choice("main", "worker"), "main", {
    id: "Utas yang menulis buku besar; `worker` untuk disk yang lambat (lihat `doctor`)",
    en: "The thread that writes the ledger; `worker` for a slow disk (see `doctor`)",
  }),
  evidenceKey: variable(path, "{data}/evidence.key", {
    id: "Berkas kunci induk yang mengunci bukti di samping buku besar; diganti dengan `evidence-key rotate`",
    en: "File with the master keys that lock the evidence beside the ledger; renewed by `evidence-key rotate`",
  }),
  remembered: variable(path, "{data}/remembered.note", {
    id: "Berkas titik periksa terbaru yang diingat gerbang; sebaiknya di mesin lain: gerbang yang lebih tua darinya tidak mau mulai",
    en: "File in which the gateway keeps its newest checkpoint; best on another machine: a gateway that is older does not start",
  }),
  rememberedEveryMs: variable(duration(3_600_000), "5000", {
    id: "Selang penulisan berkas itu, bila ada titik periksa baru",
    en: "How often that file is written, where there is a newer checkpoint",
  }),
  logName: variable(logName, "log-1", {
    id: "Nama log dalam asalnya, `<host>/log/<nama>`",
    en: "The log's name in its origin, `<host>/log/<name>`",
  }),

  maxHeadBytes: variable(integer(8_192, 65_536, "bytes"), "16384", { id: "Kepala permintaan terbesar", en: "Largest request head" }),
  maxPathBytes: variable(integer(256, 16_384, "bytes"), "2048", { id: "Jalur dengan kueri terpanjang", en: "Longest path with its query" }),
  maxAnswerFieldBytes: variable(integer(512, 16_384, "bytes"), "2048", {
    id: "Kolom kepala penyedia terbesar dalam satu jawaban; selebihnya `response-invalid`",
    en: "Most bytes of a provider's fields in one answer; beyond it `response-invalid`",
  }),
  maxConnections: variable(integer(1, 65_535), "4096", { id: "Sambungan konsumen serentak", en: "Consumers' connections at a time" }),
  maxConnectionsPerAddress: variable(integer(1, 65_535), "256", {
    id: "Sambungan serentak dari satu alamat penelepon (IPv6: satu jaringan /64); `trusted-proxies` tidak dihitung",
    en: "Connections at a time from one caller's address (IPv6: one /64 network); `trusted-proxies` are exempt",
  }),
  maxStrangerConnections: variable(integer(1, 100, "%"), "75", {
    id: "Bagian `max-connections` bagi alamat yang belum dikenal (`known-caller-ms`); selebihnya disisakan bagi yang dikenal",
    en: "How much of `max-connections` addresses may hold that are not known (`known-caller-ms`); the rest is kept for those that are",
  }),
  maxPipelined: variable(integer(1, 10_000), "32", {
    id: "Permintaan beruntun pada satu sambungan yang dikerjakan serentak; selebihnya menunggu",
    en: "Pipelined requests of one connection that are carried out at a time; the others wait",
  }),
  maxUpstreamWaiting: variable(integer(0, 65_535), "1024", {
    id: "Pertukaran yang menunggu sambungan ke satu penyedia; selebihnya `upstream-busy`",
    en: "Exchanges waiting for a connection to one provider; beyond it `upstream-busy`",
  }),
  upstreamFailures: variable(integer(1, 1_000), "5", {
    id: "Kegagalan berturut-turut yang mengeluarkan satu alamat penyedia (tidak terhubung, hilang, terlambat)",
    en: "Failures in a row that take an address of a provider out (no connection, lost, too late)",
  }),
  upstreamPauseMs: variable(duration(60_000), "1000", {
    id: "Jeda sebelum alamat itu dicoba lagi dengan satu permintaan; berlipat dua setiap gagal",
    en: "Pause before that address is tried again with one request; it doubles with each failure",
  }),
  upstreamLongestPauseMs: variable(duration(3_600_000), "30000", {
    id: "Jeda terpanjang",
    en: "The longest such pause",
  }),
  maxBatchLeaves: variable(integer(1, 65_536), "1024", {
    id: "Daun dalam satu penulisan buku besar",
    en: "Leaves in one commit of the ledger",
  }),
  maxLedgerQueue: variable(integer(1, 1_000_000), "16384", {
    id: "Daun yang menunggu ditulis; selebihnya `ledger-unavailable`",
    en: "Leaves waiting for a commit; beyond it `ledger-unavailable`",
  }),
  maxReplayEntries: variable(integer(1_000, 100_000_000), "1000000", {
    id: "`jti` yang diingat; bila penuh `replay-unknown`",
    en: "`jti` remembered; when full `replay-unknown`",
  }),
  maxReplayShare: variable(integer(1, 100, "%"), "25", {
    id: "Bagian satu subsistem, dari ingatan yang masih kosong; selebihnya `rate-limited` bagi subsistem itu saja",
    en: "One subsystem's share, of what is still free of them; beyond it `rate-limited` for that subsystem only",
  }),
  maxStatementsPerSecond: variable(integer(1, 1_000_000), "1000", {
    id: "Pernyataan per detik dari satu subsistem, apa pun izinnya, sepuluh detik sekaligus; selebihnya `rate-limited`",
    en: "Statements per second of one subsystem, whatever its grants, ten seconds' worth at once; beyond it `rate-limited`",
  }),
  maxReadingsPerSecond: variable(integer(1, 1_000_000), "50", {
    id:
      "Tanda terima, bundel bukti, dan bundel entri per detik bagi satu subsistem, sepuluh detik sekaligus; selebihnya `rate-limited`. " +
      "Bundel bukti dihitung sepuluh",
    en:
      "Receipts, evidence bundles and entry bundles per second for one subsystem, ten seconds' worth at once; beyond it `rate-limited`. " +
      "An evidence bundle counts as ten",
  }),
  maxOfficerRequestsPerSecond: variable(integer(1, 1_000_000), "50", {
    id: "Permintaan satu petugas per detik pada API kendali, sepuluh detik sekaligus; selebihnya 429",
    en: "Requests of one officer per second to the control API, ten seconds' worth at once; beyond it 429",
  }),
  maxBundles: variable(integer(1, 1_000), "2", {
    id: "Bundel bukti yang disusun serentak, satu per subsistem; selebihnya menunggu giliran",
    en: "Evidence bundles that are made at a time, one of each subsystem; the others wait for their turn",
  }),
  maxInFlight: variable(integer(4, 1_000_000), "8192", {
    id: "Jawaban kepada pemanggil terautentikasi yang belum terkirim; pada tiga perempatnya gerbang mulai menolak dengan `overloaded`",
    en: "Answers to authenticated callers that have not left; at three quarters of them the gateway begins to refuse with `overloaded`",
  }),
  maxInFlightShare: variable(integer(1, 100, "%"), "25", {
    id: "Bagian satu subsistem, dari tempat yang masih kosong; selebihnya `rate-limited` bagi subsistem itu saja",
    en: "One subsystem's share, of the places that are still free; beyond it `rate-limited` for that subsystem only",
  }),
  maxDelayMs: variable(duration(60_000), "500", {
    id:
      "Keterlambatan proses yang tidak pernah lebih pendek selama sedetik: sesudahnya pemanggil yang belum dikenal, lalu subsistem yang " +
      "paling banyak meminta, ditolak dengan `overloaded`, sampai keterlambatan tinggal separuhnya",
    en:
      "How late the process may be, at its best moment of a second: beyond it callers that are not known, then the subsystems that ask " +
      "most, are refused with `overloaded`, until the delay has fallen to half",
  }),
  knownCallerMs: variable(duration(86_400_000), "3600000", {
    id: "Selama ini sebuah alamat dikenal setelah pernyataan dari sana terbukti sah",
    en: "For so long an address is known after a statement from it verified",
  }),
  gatheredRefusalsPerMinute: variable(integer(1, 100_000), "60", {
    id: "Penolakan per konsumen dan menit; selebihnya dikumpulkan dalam satu daun",
    en: "Refusals per consumer and minute; those beyond it are gathered into one leaf",
  }),
  maxMetricSeries: variable(integer(10, 1_000_000), "5000", {
    id: "Deret per metrik; selebihnya dihitung pada label `other`",
    en: "Series per metric; those beyond it are counted under the label `other`",
  }),

  headTimeoutMs: variable(duration(600_000), "10000", {
    id: "Batas waktu menerima kepala permintaan",
    en: "Time in which a request's head must arrive",
  }),
  contentTimeoutMs: variable(duration(3_600_000), "30000", {
    id: "Batas waktu menerima isi permintaan",
    en: "Time in which a request's content must arrive",
  }),
  lingerMs: variable(duration(60_000), "5000", {
    id: "Lama sisa kiriman masih dibaca dan dibuang setelah jawaban terakhir pada sambungan, agar jawaban itu sampai",
    en: "How long what is still being sent is read and thrown away after the last answer on a connection, so that this answer arrives",
  }),
  lingerBytes: variable(integer(0, 1_073_741_824, "bytes"), "33554432", {
    id: "Bita terbanyak yang dibuang demikian; sesudahnya sambungan diputus",
    en: "How many bytes are thrown away so; beyond it the connection is cut",
  }),
  idleTimeoutMs: variable(duration(3_600_000), "60000", {
    id: "Sambungan menganggur ditutup setelahnya",
    en: "Idle connections are closed after it",
  }),
  writeTimeoutMs: variable(duration(3_600_000), "30000", {
    id: "Sambungan diputus bila selama ini tidak ada bagian jawaban yang diambil penelepon",
    en: "A connection is cut when its caller has taken nothing of an answer for so long",
  }),
  minBytesPerSecond: variable(integer(1, 1_000_000_000), "4096", {
    id:
      "Laju rata-rata terkecil: isi yang setelah `head-timeout-ms` datang lebih lambat, dan jawaban yang setelah `write-timeout-ms` " +
      "diambil lebih lambat, diputus",
    en:
      "The least average rate: content that comes slower after `head-timeout-ms`, and an answer that is taken slower after " +
      "`write-timeout-ms`, is cut",
  }),
  drainGraceMs: variable(duration(600_000), "10000", {
    id:
      "Waktu bagi pertukaran yang berjalan untuk selesai saat gerbang berhenti (SIGTERM, SIGINT, atau proses yang memulainya mati); " +
      "sesudah itu proses berakhir dengan status 1, sinyal berikutnya tidak mengubahnya",
    en:
      "Time for exchanges in flight to finish when the gateway stops (SIGTERM, SIGINT, or the process that started it died); " +
      "after it the process ends with status 1, and further signals do not change that",
  }),
  logLevel: variable(choice("silent", "error", "warn", "info", "debug"), "info", {
    id: "Banyaknya catatan pada keluaran standar",
    en: "How much is logged to standard output",
  }),
} as const;

export type Key = keyof typeof variables;

export const keys = Object.keys(variables) as readonly Key[];

/**
 * The spellings of `publicPort`: `public-port` in the file and, with `--`, on the command line; `SIMPUL_PUBLIC_PORT` in
 * the environment.
 */
export function namesOf(key: string): { readonly kebab: string; readonly environment: string } {
  const kebab = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { kebab, environment: `SIMPUL_${kebab.toUpperCase().replaceAll("-", "_")}` };
}
