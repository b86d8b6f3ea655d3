import type { Text } from "./text.ts";

/** Which party has to act, as protocol §3.1 assigns it. */
export type Blame = "consumer" | "provider" | "gateway";

interface Kind {
  readonly status: number;
  readonly by: Blame;
  readonly title: Text;
}

const kind = (status: number, by: Blame, id: string, en: string): Kind => ({ status, by, title: { id, en } });

/**
 * Every refusal of the gateway (protocol §3.1). The code is the `Spl-Problem` field, the log word, the metric label,
 * the ledger's outcome, the anchor in the documents and the test's expectation. A code never changes its meaning.
 * `caller-gone` and `outcome-unknown` are only recorded: there is no caller left to receive them.
 */
export const problems = {
  "request-malformed": kind(400, "consumer", "Bentuk permintaan salah", "The request is malformed"),
  "http-version-unsupported": kind(505, "consumer", "Versi HTTP tidak didukung", "The HTTP version is not supported"),
  "not-intra": kind(403, "consumer", "Alamat asal di luar Jaringan Intra", "The source address is outside the intra network"),
  "service-unknown": kind(404, "consumer", "Layanan tidak dikenal", "Unknown service version"),
  "service-suspended": kind(503, "gateway", "Layanan dihentikan sementara", "The service version is suspended"),
  "operation-unknown": kind(404, "consumer", "Operasi tidak dikenal", "Unknown operation"),
  "statement-missing": kind(401, "consumer", "Pernyataan bertanda tangan tidak ada", "The signed statement is missing"),
  "statement-invalid": kind(401, "consumer", "Pernyataan tidak sah", "The statement is not valid"),
  "statement-expired": kind(401, "consumer", "Waktu pernyataan tidak berlaku", "The statement is outside its time"),
  "key-unknown": kind(401, "consumer", "Kunci tidak terdaftar", "The key is not registered"),
  "key-invalid": kind(401, "consumer", "Kunci tidak berlaku", "The key may not be used"),
  "signature-invalid": kind(401, "consumer", "Tanda tangan salah", "The signature does not verify"),
  replayed: kind(409, "consumer", "Pernyataan sudah pernah dipakai", "The statement was used before"),
  "not-granted": kind(403, "consumer", "Tidak ada izin akses", "No grant covers this call"),
  "rate-limited": kind(429, "consumer", "Terlalu banyak permintaan", "Too many requests"),
  "quota-exceeded": kind(429, "consumer", "Kuota harian habis", "The daily quota is used up"),
  "receipt-unknown": kind(404, "consumer", "Tanda terima tidak dikenal", "Unknown receipt"),
  "content-too-large": kind(413, "consumer", "Isi permintaan terlalu besar", "The content is too large"),
  "content-type-unsupported": kind(415, "consumer", "Jenis isi tidak didukung", "The content type is not supported"),
  "digest-mismatch": kind(400, "consumer", "Isi tidak cocok dengan Content-Digest", "The content does not match its Content-Digest"),
  "request-invalid": kind(422, "consumer", "Permintaan tidak sesuai kontrak layanan", "The request breaks the service's contract"),
  "upstream-unreachable": kind(502, "provider", "Penyedia layanan tidak dapat dihubungi", "The provider cannot be reached"),
  "upstream-lost": kind(
    502,
    "provider",
    "Sambungan ke penyedia layanan putus sebelum jawabannya lengkap",
    "The connection to the provider was lost before its answer was whole",
  ),
  "upstream-timeout": kind(504, "provider", "Penyedia layanan tidak menjawab pada waktunya", "The provider did not answer in time"),
  "upstream-busy": kind(503, "provider", "Penyedia layanan sedang penuh", "The provider is at its connection limit"),
  "response-invalid": kind(502, "provider", "Jawaban penyedia tidak sesuai kontrak", "The provider's answer breaks its contract"),
  "response-unsigned": kind(502, "provider", "Jawaban penyedia tidak bertanda tangan", "The provider's answer is not signed"),
  // Not raised yet: a full queue of the ledger is `ledger-unavailable`.
  overloaded: kind(503, "gateway", "Gerbang sedang penuh", "The gateway is overloaded"),
  "ledger-unavailable": kind(503, "gateway", "Buku besar tidak dapat ditulis", "The ledger cannot be written"),
  "replay-unknown": kind(503, "gateway", "Pernyataan ulang belum dapat dikenali", "Replays cannot be told apart yet"),
  "caller-gone": kind(499, "consumer", "Pemanggil memutus sambungan", "The caller hung up"),
  "outcome-unknown": kind(500, "gateway", "Hasil tidak diketahui", "The outcome is not known"),
  internal: kind(500, "gateway", "Kesalahan di dalam gerbang", "A fault inside the gateway"),
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof problems;

/**
 * One broken rule of a contract: where (an RFC 6901 pointer within `in`) and what would be right, never the offending
 * value.
 */
export interface ContentFault {
  readonly in: "path" | "query" | "hdr" | "content";
  readonly pointer: string;
  readonly detail: Text;
}

export interface ProblemOptions {
  readonly detail?: Text;
  readonly errors?: readonly ContentFault[];
  /** Further response fields, such as `Retry-After`. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A refusal on its way to the caller (RFC 9457). `detail` is shown to strangers: it must reveal nothing internal. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly detail: Text | undefined;
  readonly errors: readonly ContentFault[];
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(options.detail?.en ?? problems[code].title.en, { cause: options.cause });
    this.code = code;
    this.detail = options.detail;
    this.errors = options.errors ?? [];
    this.fields = options.fields ?? {};
  }
}
