import type { Text } from "../../base/text.ts";
import { messages as exchangeMessages } from "../../exchange/messages.ts";

/** What the public port says besides the problems of an exchange. */
export const messages = {
  keyUnknown: { id: "Kunci tidak terdaftar.", en: "The key is not registered." },
  nothingHere: { id: "Tidak ada apa-apa di alamat ini; lihat /.", en: "There is nothing at this address; see /." },
  tileUnknown: { id: "Ubin log tidak ada.", en: "No such tile." },
  codeUnknown: { id: "Kode masalah tidak dikenal.", en: "Unknown problem code." },

  parties: {
    consumer: { id: "pemanggil (konsumen)", en: "the caller (consumer)" },
    provider: { id: "penyedia layanan", en: "the provider" },
    gateway: { id: "gerbang", en: "the gateway" },
    owner: { id: "pemilik layanan", en: "the service's owner" },
  },
  toAct: (party: Text): Text => ({ id: `Yang perlu bertindak: ${party.id}.`, en: `(To act: ${party.en}.)` }),

  contentTooLarge: (maxBytes: number): Text => ({
    id: `Isi paling besar ${maxBytes} bita.`,
    en: `The content may have at most ${maxBytes} bytes.`,
  }),
  headTooLarge: { id: "Kepala permintaan terlalu besar.", en: "The head of the request is too large." },
  headTooSlow: {
    id: "Kepala permintaan tidak selesai pada waktunya.",
    en: "The head of the request was not complete in time.",
  },
  requestLine: exchangeMessages.requestLine,
  notHttp: { id: "Permintaan bukan HTTP/1.1 yang sah.", en: "The request is not valid HTTP/1.1." },
} as const;
