export const messages = {
  notTheOnlyEvidence: {
    id: "Produksi tidak bertumpu pada bukti ini saja.",
    en: "Production does not rest on this evidence alone.",
  },

  productionRestsOnIt: {
    id: "Produksi bertumpu pada bukti ini.",
    en: "Production rests on this evidence.",
  },

  confirmReplacement: {
    id: "Tegaskan bukti penggantinya dahulu, atau kembalikan instansi ke persiapan (instance withdraw).",
    en: "Confirm its replacement first, or take the instance back to preparation (instance withdraw).",
  },

  meetTheCondition: {
    id: "Penuhi syaratnya.",
    en: "Meet the condition itself.",
  },

  transitionEnded: (day: string) => ({
    id: `Masa peralihan berakhir ${day}.`,
    en: `The transition ended on ${day}.`,
  }),

  exemptionPassed: (day: string) => ({
    id: `Pembebasan sudah lewat sejak ${day}.`,
    en: `The exemption has passed since ${day}.`,
  }),

  transitionDoesNotLift: (guard: string) => ({
    id: `Masa peralihan ini tidak membebaskan dari ${guard}.`,
    en: `This transition does not lift ${guard}.`,
  }),

  transitionLifts: (guards: string) => ({
    id: `Yang dibebaskan: ${guards}.`,
    en: `It lifts: ${guards}.`,
  }),

  exemptUntil: (guard: string, day: string) => ({
    id: `Bebas dari ${guard} sampai dengan ${day}.`,
    en: `Free of ${guard} through ${day}.`,
  }),

  dinasBuilds: {
    id: "Dinas yang membangun.",
    en: "The Dinas builds.",
  },

  criteriaMissing: (criteria: string) => ({
    id: `Kriteria belum ditunjukkan: ${criteria}.`,
    en: `Criteria are not shown: ${criteria}.`,
  }),

  /** `given` names the options and the member of the API (`input-options.ts`). */
  nameLetter: (given: string) => ({ id: `Sertakan suratnya: ${given}.`, en: `Name its letter: ${given}.` }),

  recognised: (assessor: string, head: string, number: string) => ({
    id: `Dinilai ${assessor}, ditetapkan ${head}: ${number}.`,
    en: `Assessed by ${assessor}, decreed by ${head}: ${number}.`,
  }),
} as const;
