import { Fault } from "../base/fault.ts";
import type { Text } from "../base/text.ts";
import type { Judgement } from "../registry/entry.ts";

interface RefusalKind {
  /** HTTP. */
  readonly status: number;
  readonly title: Text;
}

const kind = (status: number, id: string, en: string): RefusalKind => ({ status, title: { id, en } });

/** Every refusal of the control plane. A code never changes its meaning. The refusals of an exchange are in `base/problem.ts`. */
export const refusals = {
  "input-invalid": kind(400, "Masukan tidak dapat dipakai", "The input cannot be used"),
  "token-missing": kind(401, "Token tidak ada", "The token is missing"),
  "token-invalid": kind(401, "Token tidak berlaku", "The token is not valid"),
  "role-missing": kind(403, "Peran tidak mencukupi", "The role does not allow this"),
  "not-your-member": kind(403, "Bukan wewenang Perangkat Daerah ini", "This is another member's to do"),
  "four-eyes": kind(403, "Pemohon tidak boleh memutus permohonannya sendiri", "Whoever asks or records does not decide"),
  "origin-foreign": kind(403, "Permintaan dari halaman lain", "The request comes from another site's page"),
  misdirected: kind(421, "Bukan nama port kendali ini", "This is not a name of the control port"),
  "not-found": kind(404, "Tidak ditemukan", "Not found"),
  "already-exists": kind(409, "Sudah ada", "It exists already"),
  "illegal-transition": kind(
    409,
    "Langkah ini tidak dapat diambil dari keadaan sekarang",
    "This step cannot be taken from the present state",
  ),
  "content-too-large": kind(413, "Isi permintaan terlalu besar", "The content is too large"),
  "content-type-unsupported": kind(415, "Jenis isi tidak didukung", "The content type is not supported"),
  "guard-unmet": kind(409, "Syarat belum terpenuhi", "A condition is not met yet"),
  "key-reused": kind(422, "Idempotency-Key sudah dipakai untuk permintaan lain", "The Idempotency-Key was used for another request"),
  "precondition-required": kind(428, "If-Match harus ada", "If-Match is required"),
  "precondition-failed": kind(412, "Data sudah diubah orang lain", "Somebody else has changed it"),
  "rate-limited": kind(429, "Terlalu banyak permintaan", "Too many requests"),
  "rule-broken": kind(422, "Bertentangan dengan aturan", "It goes against a rule"),
  internal: kind(500, "Kesalahan di dalam gerbang", "A fault inside the gateway"),
  stopping: kind(503, "Gerbang sedang berhenti", "The gateway is stopping"),
} as const satisfies Record<string, RefusalKind>;

export type RefusalCode = keyof typeof refusals;

export interface RefusalOptions {
  /** What the guards found, all of them. */
  readonly judgements?: readonly Judgement[];
  /** When to try again. */
  readonly retryAfterSeconds?: number;
  /** Where in the input, as JSON Pointers. */
  readonly errors?: readonly { readonly pointer: string; readonly detail: Text }[];
}

/** A command that may not be executed; nothing was changed. */
export class Refusal extends Fault {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly judgements: readonly Judgement[];
  readonly retryAfterSeconds: number | undefined;
  readonly errors: NonNullable<RefusalOptions["errors"]>;

  constructor(
    code: RefusalCode,
    detail: Text = refusals[code].title,
    { judgements = [], errors = [], retryAfterSeconds }: RefusalOptions = {},
  ) {
    super(detail);
    this.code = code;
    this.judgements = judgements;
    this.retryAfterSeconds = retryAfterSeconds;
    this.errors = errors;
  }
}
