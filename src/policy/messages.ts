export const messages = {
  registryEmpty: {
    id: "Registri masih kosong.",
    en: "The registry is empty.",
  },
} as const;
