import type { Text } from "../../base/text.ts";

export const messages = {
  /** By the profile's word; any other authority is the Dinas. */
  authorities: {
    kominfo: {
      id: "kementerian yang membidangi komunikasi dan informatika",
      en: "the ministry in charge of communication and informatics",
    },
    bssn: {
      id: "BSSN",
      en: "BSSN",
    },
  },

  networkInspection: (authority: Text) => ({
    id: `pemeriksaan Jaringan Intra oleh ${authority.id}`,
    en: `the inspection of the intra network by ${authority.en}`,
  }),

  networkOpinion: (authority: Text) => ({
    id: `pertimbangan atas Jaringan Intra dari ${authority.id}`,
    en: `the opinion on the intra network from ${authority.en}`,
  }),

  fitnessOpinion: (kelaikan: string, type: string, authority: Text) => ({
    id: `pertimbangan ${kelaikan} ${type} dari ${authority.id}`,
    en: `the opinion on fitness for ${type === "operasi" ? "operation" : "security"} from ${authority.en}`,
  }),

  productionWithoutProfile: {
    id: "Instansi dalam produksi tanpa profil peraturan",
    en: "The instance is in production without a policy profile",
  },
} as const;
