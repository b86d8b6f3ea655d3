export const messages = {
  title: {
    id: "Jawaban salah terbaru dari penyedianya: kapan, operasi mana, di mana dalam kontraknya",
    en: "The newest wrong answers of its provider: when, which operation, where in the contract",
  },
  noFaults: { id: "tidak ada jawaban yang salah sejak gerbang dijalankan", en: "no wrong answers since the gateway started" },
  delivered: { id: "disampaikan", en: "delivered" },
  refused: { id: "ditolak", en: "refused" },
} as const;
