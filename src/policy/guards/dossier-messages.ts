import { letterOptionsFor, optionFor } from "../input-options.ts";

/** What to do about a dossier that is not complete. */
export const messages = {
  /** `given` names the option and the member of the API (`input-options.ts`). */
  complete: (given: string) => ({
    id: `Lengkapi berkas: service complete ${given}.`,
    en: `Complete the dossier: service complete ${given}.`,
  }),

  completeWithLetter: (member: string) => {
    const given = letterOptionsFor(member);
    return {
      id: `Lengkapi berkas dengan suratnya: service complete ${given}.`,
      en: `Complete the dossier with the letter: service complete ${given}.`,
    };
  },

  nameBuilder: {
    id: `Lengkapi berkas: service complete ${optionFor("dossier.builder", "dinas")}, atau catat PD Mandiri TIK.`,
    en: `Complete the dossier: service complete ${optionFor("dossier.builder", "dinas")}, or record the PD Mandiri TIK.`,
  },
} as const;
