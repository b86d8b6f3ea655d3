/** Why an act on a subsystem's addresses is refused. */
export const messages = {
  originOnly: (right: string) => ({
    id: `Alamat harus berupa origin saja: ${right}.`,
    en: `The address must be an origin only: ${right}.`,
  }),

  nameFormerAddress: {
    id: "Subsistem ini tidak punya alamat sendiri: sebutkan alamat lama layanannya (from).",
    en: "This subsystem has no address of its own: name the former address of its services (from).",
  },

  thereAlready: (address: string) => ({
    id: `Alamatnya sudah ${address}.`,
    en: `Its address is ${address} already.`,
  }),

  drainedAlready: (address: string) => ({
    id: `${address} sudah dikosongkan.`,
    en: `${address} is drained already.`,
  }),

  notDrained: (address: string, drained: string) => ({
    id: `${address} tidak sedang dikosongkan; yang dikosongkan: ${drained}.`,
    en: `${address} is not drained; drained are: ${drained}.`,
  }),

  lastAddress: (service: string, address: string) => ({
    id: `${service} tidak punya alamat lain yang dipanggil daripada ${address}. Untuk menghentikannya, tangguhkan layanannya.`,
    en: `${service} has no other address that is called than ${address}. To stop it, suspend the service.`,
  }),

  nothingThere: (subsystem: string, address: string) => ({
    id: `Tidak ada layanan ${subsystem} di ${address}.`,
    en: `No service of ${subsystem} is at ${address}.`,
  }),
} as const;
