import type { Text } from "../../base/text.ts";

const status = (answered: number | undefined): Text =>
  answered === undefined ? { id: "tidak ada jawaban", en: "no answer" } : { id: `jawaban ${answered}`, en: `answer ${answered}` };

/** What `doctor --through` finds. What to set in which proxy: docs/operations/proxies.md. */
export const messages = {
  throughForm: (given: string): Text => ({
    id: `--through harus asal http atau https, bukan “${given}”, misalnya https://spl.example.go.id`,
    en: `--through must be an http or https origin, not “${given}”, for example https://spl.example.go.id`,
  }),
  noAnswer: (url: string, reason: string): Text => ({
    id: `Melalui ${url} tidak ada jawaban (${reason}).`,
    en: `There is no answer through ${url} (${reason}).`,
  }),
  notTheGateway: (url: string, answered: number): Text => ({
    id: `GET ${url}/arrived dijawab ${answered}, bukan oleh gerbang: proksi tidak meneruskannya, atau alamat Anda di luar --intra.`,
    en: `GET ${url}/arrived is answered ${answered}, not by the gateway: the proxy does not pass it on, or you are outside --intra.`,
  }),
  caller: (address: string, intra: string): Text => ({
    id: `Gerbang melihat Anda sebagai ${address}; --intra ${intra}.`,
    en: `The gateway sees you as ${address}; --intra ${intra}.`,
  }),
  callerIsLoopback: (address: string): Text => ({
    id: `Gerbang melihat Anda sebagai ${address}: siapa pun di belakang proksi lolos dari --intra. Sebut proksi itu di --trusted-proxies.`,
    en: `The gateway sees you as ${address}: everybody behind that proxy passes --intra. Name the proxy in --trusted-proxies.`,
  }),
  hostChanged: (host: string, arrived: string): Text => ({
    id: `Host tiba sebagai ${arrived}, bukan ${host}: semua pertukaran akan ditolak (request-malformed).`,
    en: `Host arrives as ${arrived}, not as ${host}: every exchange would be refused (request-malformed).`,
  }),
  targetsArrive: (count: number): Text => ({
    id: `${count} ejaan jalur dan kueri tiba seperti dikirim.`,
    en: `${count} spellings of path and query arrive as they were sent.`,
  }),
  targetsChanged: (changes: string): Text => ({
    id: `Proksi mengubah jalur, jadi tanda tangannya tidak cocok lagi (statement-invalid): ${changes}`,
    en: `The proxy changes paths, so that what was signed no longer fits (statement-invalid): ${changes}`,
  }),
  statementLost: (bytes: number, answered?: number): Text => ({
    id: `Kolom Spl-Signature sepanjang ${bytes} byte tidak tiba (${status(answered).id}): besarkan kepala permintaan di proksi.`,
    en: `A Spl-Signature of ${bytes} bytes does not arrive (${status(answered).en}): make room for it in the proxy's request head.`,
  }),
  answerFieldLost: (bytes: number, answered?: number): Text => ({
    id: `Kolom jawaban sepanjang ${bytes} byte tidak kembali (${status(answered).id}): besarkan penyangga kepala jawaban di proksi.`,
    en: `A field of ${bytes} bytes in the answer does not come back (${status(answered).en}): make the proxy's buffer for answers larger.`,
  }),
  compressed: (coding: string): Text => ({
    id: `Proksi memampatkan jawaban (${coding}) walau no-transform: Content-Digest tidak cocok lagi di kawat. Matikan pemampatan.`,
    en: `The proxy compresses answers (${coding}) in spite of no-transform: Content-Digest no longer fits on the wire. Turn it off.`,
  }),
  methodChanged: (method: string, arrived: string): Text => ({
    id: `${method} tiba sebagai ${arrived}: proksi mengubah metode, jadi ${method} selalu statement-invalid.`,
    en: `${method} arrives as ${arrived}: the proxy changes the method, so every ${method} is statement-invalid.`,
  }),
  refusalLost: (bytes: number, answered?: number): Text => ({
    id: `Penolakan gerbang atas isi ${bytes} byte tidak kembali (${status(answered).id}): batas isi atau galat proksi sendiri.`,
    en: `The gateway's refusal of ${bytes} bytes of content does not come back (${status(answered).en}): a limit or error of the proxy.`,
  }),
  chunkedLost: (answered?: number): Text => ({
    id: `POST tanpa Content-Length tidak diteruskan (${status(answered).id}): Java, PHP, dan Perl sering mengirim begitu.`,
    en: `A POST without Content-Length is not passed on (${status(answered).en}): Java, PHP and Perl often send so.`,
  }),
};
