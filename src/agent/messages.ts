import type { Text } from "../base/text.ts";

/** What is wrong with a file that a consumer brings. */
export const messages = {
  noReceiptIn: (name: string): Text => ({
    id:
      `${name} tidak memuat tanda terima: nilai kolom Spl-Receipt, keluaran klien, jawaban /receipts, berkas dari call --save, ` +
      `atau bundel bukti.`,
    en:
      `${name} holds no receipt: the value of an Spl-Receipt field, what a client printed, an answer of /receipts, ` +
      `a file of call --save, or a bundle of evidence.`,
  }),
  noReceiptFor: (name: string, problem: string): Text => ({
    id: `${name} tanpa tanda terima: gerbang menolak panggilan ini dengan ${problem} dan tidak memberi Spl-Receipt.`,
    en: `${name} has no receipt: the gateway refused this call with ${problem} and gave no Spl-Receipt.`,
  }),
  notAnExchangeFile: (path: string): Text => ({
    id: `${path} bukan berkas pertukaran dari call --save.`,
    en: `${path} is no exchange file of call --save.`,
  }),
  notASigningKey: (path: string): Text => ({
    id: `${path} bukan kunci privat RSA, P-256 atau Ed25519 (PEM).`,
    en: `${path} is not an RSA, P-256 or Ed25519 private key (PEM).`,
  }),
};
