import type { Text } from "../../base/text.ts";

export const messages = {
  movesInside: (from: string, to: string) => ({
    id: `Dari ${from} ke ${to}, dalam jaringan penyedia.`,
    en: `From ${from} to ${to}, within the providers' networks.`,
  }),

  outsideNetworks: (to: string, networks: string) => ({
    id: `${to} di luar jaringan penyedia (${networks}).`,
    en: `${to} is outside the providers' networks (${networks}).`,
  }),

  chooseInside: {
    id: "Pilih alamat di dalamnya, atau minta operator mengubah SIMPUL_UPSTREAM_NETWORKS.",
    en: "Choose an address inside, or ask the operator to change SIMPUL_UPSTREAM_NETWORKS.",
  },

  ofService: (service: string, detail: Text) => ({
    id: `${service}: ${detail.id}`,
    en: `${service}: ${detail.en}`,
  }),

  decisionsGoOn: {
    id: "Keputusan atas layanannya tetap berlaku di alamat baru.",
    en: "The decisions on its services go on holding at the new address.",
  },
} as const;
