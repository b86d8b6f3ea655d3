import type { Text } from "../base/text.ts";
import { choice, cidrs, integer, listenHost, logName, origin, path, storeUrl } from "./parsers.ts";
import type { Parser } from "./parsers.ts";

/** One thing that an operator may set. */
export interface Variable<T> {
  readonly parser: Parser<T>;
  /** The default, as it would be written; `{name}` stands for the value of an earlier variable. */
  readonly preset: string;
  readonly meaning: Text;
}

const variable = <T>(parser: Parser<T>, preset: string, id: string, en: string): Variable<T> => ({ parser, preset, meaning: { id, en } });

const port = integer(0, 65_535);
const duration = (max: number) => integer(1, max, "ms");

/**
 * Everything that can be set, with its name in camel case; the other spellings follow from it (`namesOf`). Every limit of the product that is
 * not fixed by the protocol has its number here. A limit counts per process.
 */
export const variables = {
  data: variable(path, "./data", "Folder data: kunci, registri, dan buku besar", "Data directory: keys, registry and ledger"),
  services: variable(path, "./services", "Folder manifes anggota dan layanan", "Directory of the members' and services' manifests"),

  publicHost: variable(listenHost, "127.0.0.1", "Alamat dengar bagi konsumen", "Address on which consumers are served"),
  publicPort: variable(port, "8080", "Port bagi konsumen; 0 = port bebas mana pun", "Port for consumers; 0 = any free port"),
  publicOrigin: variable(
    origin,
    "http://127.0.0.1:{publicPort}",
    "Asal publik yang ditandatangani konsumen sebagai `aud`; jangan diubah setelah dipakai",
    "The public origin that consumers sign as `aud`; not to be changed once in use",
  ),
  controlHost: variable(
    listenHost,
    "127.0.0.1",
    "Alamat dengar port kendali (metrik, kesehatan)",
    "Address of the control port (metrics, health)",
  ),
  controlPort: variable(port, "9090", "Port kendali; 0 = port bebas mana pun", "Control port; 0 = any free port"),
  intra: variable(
    cidrs,
    "127.0.0.0/8,::1/128",
    "Alamat asal yang termasuk Jaringan Intra",
    "Source addresses that belong to the intra network",
  ),

  upstreamNetworks: variable(cidrs, "127.0.0.0/8,::1/128", "Alamat yang boleh dimiliki penyedia", "Addresses that a provider may have"),

  tokenFile: variable(
    path,
    "{data}/admin.token",
    "Berkas token petugas bagi perintah yang memakai API kendali",
    "File with the officer's token for verbs that use the control API",
  ),

  registry: variable(storeUrl, "sqlite:{data}", "Tempat registri", "Where the registry is"),
  registryPollMs: variable(duration(60_000), "250", "Selang pemeriksaan perubahan registri", "How often a changed registry is looked for"),
  ledger: variable(storeUrl, "sqlite:{data}", "Tempat buku besar", "Where the ledger is"),
  ledgerThread: variable(
    choice("main", "worker"),
    "main",
    "Utas yang menulis buku besar; `worker` untuk disk yang lambat (lihat `doctor`)",
    "The thread that writes the ledger; `worker` for a slow disk (see `doctor`)",
  ),
  evidenceKey: variable(
    path,
    "{data}/evidence.key",
    "Berkas kunci induk yang mengunci bukti di samping buku besar; diganti dengan `evidence-key rotate`",
    "File with the master keys that lock the evidence beside the ledger; renewed by `evidence-key rotate`",
  ),
  logName: variable(logName, "log-1", "Nama log dalam asalnya, `<host>/log/<nama>`", "The log's name in its origin, `<host>/log/<name>`"),

  maxHeadBytes: variable(integer(8_192, 65_536, "bytes"), "16384", "Kepala permintaan terbesar", "Largest request head"),
  maxPathBytes: variable(integer(256, 16_384, "bytes"), "2048", "Jalur dengan kueri terpanjang", "Longest path with its query"),
  maxConnections: variable(integer(1, 65_535), "4096", "Sambungan konsumen serentak", "Consumers' connections at a time"),
  maxUpstreamWaiting: variable(
    integer(0, 65_535),
    "1024",
    "Pertukaran yang menunggu sambungan ke satu penyedia; selebihnya `upstream-busy`",
    "Exchanges waiting for a connection to one provider; beyond it `upstream-busy`",
  ),
  maxBatchLeaves: variable(integer(1, 65_536), "1024", "Daun dalam satu penulisan buku besar", "Leaves in one commit of the ledger"),
  maxLedgerQueue: variable(
    integer(1, 1_000_000),
    "16384",
    "Daun yang menunggu ditulis; selebihnya `ledger-unavailable`",
    "Leaves waiting for a commit; beyond it `ledger-unavailable`",
  ),
  maxReplayEntries: variable(
    integer(1_000, 100_000_000),
    "1000000",
    "`jti` yang diingat; bila penuh `replay-unknown`",
    "`jti` remembered; when full `replay-unknown`",
  ),
  gatheredRefusalsPerMinute: variable(
    integer(1, 100_000),
    "60",
    "Penolakan per konsumen dan menit; selebihnya dikumpulkan dalam satu daun",
    "Refusals per consumer and minute; those beyond it are gathered into one leaf",
  ),
  maxMetricSeries: variable(
    integer(10, 1_000_000),
    "5000",
    "Deret per metrik; selebihnya dihitung pada label `other`",
    "Series per metric; those beyond it are counted under the label `other`",
  ),

  headTimeoutMs: variable(
    duration(600_000),
    "10000",
    "Batas waktu menerima kepala permintaan",
    "Time in which a request's head must arrive",
  ),
  contentTimeoutMs: variable(
    duration(3_600_000),
    "30000",
    "Batas waktu menerima isi permintaan",
    "Time in which a request's content must arrive",
  ),
  idleTimeoutMs: variable(duration(3_600_000), "60000", "Sambungan menganggur ditutup setelahnya", "Idle connections are closed after it"),
  drainGraceMs: variable(
    duration(600_000),
    "10000",
    "Waktu bagi pertukaran yang berjalan untuk selesai saat gerbang berhenti",
    "Time for exchanges in flight to finish when the gateway stops",
  ),
  logLevel: variable(
    choice("silent", "error", "warn", "info", "debug"),
    "info",
    "Banyaknya catatan pada keluaran standar",
    "How much is logged to standard output",
  ),
} as const;

export type Key = keyof typeof variables;

export const keys = Object.keys(variables) as readonly Key[];

/** The spellings of `publicPort`: `public-port` in the file and, with `--`, on the command line; `SIMPUL_PUBLIC_PORT` in the environment. */
export function namesOf(key: string): { readonly kebab: string; readonly environment: string } {
  const kebab = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { kebab, environment: `SIMPUL_${kebab.toUpperCase().replaceAll("-", "_")}` };
}
