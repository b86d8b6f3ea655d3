import type { Text } from "../base/text.ts";
import type { Grant, Suspension } from "../registry/snapshot.ts";

/** The grant that came nearest, and where it fell short. It is the consumer's own, or open to all. */
export interface NearestGrant {
  readonly grant: Grant;
  readonly reason: DenialReason;
}

/** Why no grant covers a call, and what would change it. Names no grant of others, and no purpose that was only claimed. */
export function describeDenial(nearest: NearestGrant | undefined, operation: string): Text {
  if (nearest === undefined) {
    return {
      id: "Subsistem Anda tidak memiliki izin akses atas layanan ini; ajukan kepada pemilik layanan.",
      en: "Your subsystem has no grant for this service; ask its owner for one.",
    };
  }
  return sentences[nearest.reason](nearest.grant, operation);
}

const sentences: Readonly<Record<DenialReason, (grant: Grant, operation: string) => Text>> = {
  purpose: (grant) => ({
    id: `Tidak ada izin akses dengan tujuan (purpose) ini atas layanan ini. Izin ${grant.id} bertujuan ${grant.purpose} dan mencakup ${list(grant, "id")}. Untuk tujuan lain, ajukan izin baru kepada pemilik layanan.`,
    en: `There is no grant with this purpose for this service. The grant ${grant.id} is for ${grant.purpose} and covers ${list(grant, "en")}. For another purpose, ask the service's owner for a new grant.`,
  }),
  operation: (grant, operation) => ({
    id: `Ditolak: tujuan ${grant.purpose} tidak mencakup operasi ${operation}; izin ${grant.id} mencakup ${list(grant, "id")}. Untuk mengubahnya, ajukan perluasan izin ini kepada pemilik layanan.`,
    en: `Refused: purpose ${grant.purpose} does not cover operation ${operation}; grant ${grant.id} covers ${list(grant, "en")}. To change this, ask the service's owner to widen the grant.`,
  }),
  period: ({ id, from, until }) => ({
    id: `Izin akses ini belum mulai atau sudah berakhir: ${id} berlaku dari ${moment(from)}${until === undefined ? "" : ` sampai sebelum ${moment(until)}`}. Perpanjang, atau ajukan yang baru.`,
    en: `This grant has not begun or has ended: ${id} runs from ${moment(from)}${until === undefined ? "" : ` until before ${moment(until)}`}. Renew it, or ask for a new one.`,
  }),
  decision: ({ id }) => ({
    id: `Izin ${id} belum diputus oleh pemilik layanan, jadi hanya berlaku untuk layanan dalam uji coba. Ajukan agar diputus.`,
    en: `The grant ${id} has not been decided by the service's owner, so it serves only what is on trial. Ask for a decision.`,
  }),
  suspended: ({ id, suspensions }) => ({
    id: `Izin ${id} ${suspensions.map((suspension) => `dihentikan sementara oleh ${parties[suspension.party!].id} ${since(suspension, "sejak")}`).join("; ")}`,
    en: `The grant ${id} was ${suspensions.map((suspension) => `suspended by ${parties[suspension.party!].en} ${since(suspension, "at")}`).join("; ")}`,
  }),
};

const parties: Readonly<Record<NonNullable<Suspension["party"]>, Text>> = {
  consumer: { id: "konsumen", en: "the consumer" },
  owner: { id: "penyedia", en: "the provider" },
  dinas: { id: "Dinas", en: "the Dinas" },
};

const since = ({ at, reason }: Suspension, word: string): string => `${word} ${at}: ${reason}`;
const moment = (ms: number): string => new Date(ms).toISOString();

/** A service may have hundreds of operations. */
const shown = 12;

function list({ operations }: Grant, language: keyof Text): string {
  const names = [...operations.keys()];
  const rest = names.length - shown;
  const more = { id: ` dan ${rest} lagi`, en: ` and ${rest} more` };
  return `${names.slice(0, shown).join(", ")}${rest > 0 ? more[language] : ""}`;
}

/** In the order in which a grant is compared: the later it falls short, the nearer it came. */
export const denialOrder = { purpose: 0, operation: 1, period: 2, decision: 3, suspended: 4 } as const;

export type DenialReason = keyof typeof denialOrder;
