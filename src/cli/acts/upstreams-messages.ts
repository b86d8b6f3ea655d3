export const messages = {
  title: {
    id: "Alamat-alamatnya: dipanggil, gagal, atau dikosongkan, dan berapa permintaan di sana",
    en: "Its addresses: called, failing or drained, and how many requests are there",
  },
  none: { id: "tidak punya alamat; ia hanya konsumen", en: "it has no address: it is a mere consumer" },
  states: {
    closed: { id: "dipanggil", en: "called" },
    open: { id: "tidak dipanggil sementara, karena gagal berturut-turut", en: "not called for a while, since it failed again and again" },
    "half-open": { id: "segera dicoba dengan satu permintaan", en: "about to be tried with one request" },
    drained: { id: "dikosongkan oleh petugas", en: "drained by an officer" },
  },
  pending: (count: number) => ({ id: `${count} permintaan`, en: `${count} requests` }),
} as const;
