import type { Text } from "../base/text.ts";
import type { GrantParty } from "../registry/entry.ts";

export const messages = {
  onTrial: {
    id: "Layanan ini masih dalam uji coba; hanya anggota uji yang dapat memanggilnya sampai Dinas mengaktifkannya untuk produksi.",
    en: "This service is still on trial; only test members may call it until the Dinas activates it for production.",
  },

  noGrant: {
    id: "Subsistem Anda tidak memiliki izin akses atas layanan ini; ajukan kepada pemilik layanan.",
    en: "Your subsystem has no grant for this service; ask its owner for one.",
  },

  otherPurpose: (grant: string, purpose: string, operations: Text) => ({
    id:
      `Tidak ada izin akses dengan tujuan (purpose) ini atas layanan ini. Izin ${grant} bertujuan ${purpose} dan mencakup ` +
      `${operations.id}. Untuk tujuan lain, ajukan izin baru kepada pemilik layanan.`,
    en:
      `There is no grant with this purpose for this service. The grant ${grant} is for ${purpose} and covers ${operations.en}. ` +
      "For another purpose, ask the service's owner for a new grant.",
  }),

  operationNotCovered: (grant: string, purpose: string, operation: string, operations: Text) => ({
    id:
      `Ditolak: tujuan ${purpose} tidak mencakup operasi ${operation}; izin ${grant} mencakup ${operations.id}. ` +
      "Untuk mengubahnya, ajukan perluasan izin ini kepada pemilik layanan.",
    en:
      `Refused: purpose ${purpose} does not cover operation ${operation}; grant ${grant} covers ${operations.en}. ` +
      "To change this, ask the service's owner to widen the grant.",
  }),

  andMore: (operations: string, more: number) => ({
    id: `${operations} dan ${more} lagi`,
    en: `${operations} and ${more} more`,
  }),

  notBegun: (grant: string, from: string) => ({
    id: `Izin akses ini belum mulai atau sudah berakhir: ${grant} berlaku dari ${from}. Perpanjang, atau ajukan yang baru.`,
    en: `This grant has not begun or has ended: ${grant} runs from ${from}. Renew it, or ask for a new one.`,
  }),

  outsidePeriod: (grant: string, from: string, until: string) => ({
    id:
      `Izin akses ini belum mulai atau sudah berakhir: ${grant} berlaku dari ${from} sampai sebelum ${until}. ` +
      "Perpanjang, atau ajukan yang baru.",
    en: `This grant has not begun or has ended: ${grant} runs from ${from} until before ${until}. Renew it, or ask for a new one.`,
  }),

  undecided: (grant: string) => ({
    id: `Izin ${grant} belum diputus oleh pemilik layanan, jadi hanya berlaku untuk layanan dalam uji coba. Ajukan agar diputus.`,
    en: `The grant ${grant} has not been decided by the service's owner, so it serves only what is on trial. Ask for a decision.`,
  }),

  suspensions: (grant: string, suspensions: Text) => ({
    id: `Izin ${grant} ${suspensions.id}`,
    en: `The grant ${grant} was ${suspensions.en}`,
  }),

  suspendedBy: (party: Text, at: string, reason: string) => ({
    id: `dihentikan sementara oleh ${party.id} sejak ${at}: ${reason}`,
    en: `suspended by ${party.en} at ${at}: ${reason}`,
  }),

  parties: {
    consumer: { id: "konsumen", en: "the consumer" },
    owner: { id: "penyedia", en: "the provider" },
    dinas: { id: "Dinas", en: "the Dinas" },
  } satisfies Readonly<Record<GrantParty, Text>>,
} as const;
