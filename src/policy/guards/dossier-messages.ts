/** What to do about a dossier that is not complete. Field names are those of the YAML file. */
export const messages = {
  complete: (field: string) => ({
    id: `Lengkapi berkas (service complete): ${field}.`,
    en: `Complete the dossier (service complete): ${field}.`,
  }),

  completeWithLetter: (field: string) => ({
    id: `Lengkapi berkas (service complete): ${field} (surat).`,
    en: `Complete the dossier (service complete): ${field} (a letter).`,
  }),

  nameBuilder: {
    id: "Lengkapi berkas (service complete): builder: dinas, atau catat PD Mandiri TIK.",
    en: "Complete the dossier (service complete): builder: dinas, or record the PD Mandiri TIK.",
  },

  addDomainDecree: {
    id: "Lengkapi berkas (service complete): domainDecree (keputusan).",
    en: "Complete the dossier (service complete): domainDecree (the decree).",
  },
} as const;
