/** Why a provider's answer is refused before it is read: nothing here may say where the provider is. */
export const messages = {
  answerTooLarge: {
    id: "Jawaban penyedia lebih besar dari batas layanan.",
    en: "The provider's answer is larger than the service's limit.",
  },
  answerNotHttp: { id: "Jawaban penyedia bukan HTTP yang sah.", en: "The provider's answer is not valid HTTP." },
} as const;
