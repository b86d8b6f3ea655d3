import type { Text } from "../base/text.ts";

export const messages = {
  /** `counts` is `code × count` by code. */
  aggregate: (consumer: string, since: string, counts: string): Text => ({
    id: `Penolakan terhadap ${consumer} sejak ${since}, dikumpulkan: ${counts}.`,
    en: `Refusals of ${consumer} since ${since}, gathered: ${counts}.`,
  }),
  noProfile: {
    id: "Instansi belum memilih profil peraturan, jadi tidak ada yang dapat dijelaskan.",
    en: "The instance has not chosen a policy profile, so there is nothing to explain by.",
  },
  noSuchRoot: (root: string): Text => ({
    id: `Registri tidak memuat versi dengan akar ${root}`,
    en: `The registry has no version with the root ${root}`,
  }),
};
