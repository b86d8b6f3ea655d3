import type { Text } from "../../base/text.ts";

const aheadOrBehind = (seconds: number): Text => ({
  id: `${Math.abs(seconds)} detik di ${seconds > 0 ? "depan" : "belakang"}`,
  en: `${Math.abs(seconds)} seconds ${seconds > 0 ? "ahead of" : "behind"}`,
});

/** What is found about the machine: clock, disk, ports. Where something is wrong, the sentence says so and then what to do. */
export const messages = {
  clockUnchecked: (time: string): Text => ({
    id: `Jam mesin ${time} tidak dapat diperiksa: tidak ada chrony, timedatectl, atau penyedia yang menjawab. Sebutkan --time-source.`,
    en: `The clock, ${time}, could not be examined: no chrony, timedatectl or provider answers. Name a --time-source.`,
  }),
  clockKept: (time: string, by: string): Text => ({
    id: `Jam mesin: ${time}, disetel dari jaringan (${by}).`,
    en: `The clock says ${time}, and is set from the network (${by}).`,
  }),
  clockNotKept: (time: string, by: string): Text => ({
    id: `Jam mesin ${time} tidak disetel dari jaringan (${by}); nyalakan NTP: docs/operations/runbook.md.`,
    en: `The clock, ${time}, is not set from the network (${by}); turn NTP on: docs/operations/runbook.md.`,
  }),
  clockAgreesWith: (url: string): Text => ({ id: `Jam mesin cocok dengan ${url}.`, en: `The clock agrees with ${url}.` }),
  clockDiffersFrom: (url: string, seconds: number): Text => ({
    id: `Jam mesin ${aheadOrBehind(seconds).id} ${url}; setel jam dan nyalakan NTP, sebab konsumen ditolak karenanya.`,
    en: `The clock is ${aheadOrBehind(seconds).en} ${url}; set it and turn NTP on, since consumers are refused because of it.`,
  }),
  timeSourceSilent: (url: string): Text => ({ id: `${url} tidak memberitahukan waktunya.`, en: `${url} does not tell its time.` }),
  clockAgreesWithProviders: (heard: number): Text => ({
    id: `Jam mesin cocok dengan jam penyedia (${heard} menjawab).`,
    en: `The clock agrees with those of the providers (${heard} answered).`,
  }),
  clockDiffersFromProviders: (heard: number, seconds: number): Text => ({
    id: `Jam mesin ${aheadOrBehind(seconds).id} jam penyedia (${heard} menjawab); setel jam yang salah dan nyalakan NTP.`,
    en: `The clock is ${aheadOrBehind(seconds).en} those of the providers (${heard} answered); set the one that is wrong and turn NTP on.`,
  }),
  clockBeforeVersion: (time: string): Text => ({
    id: `Jam mesin menunjukkan ${time}, sebelum versi ini dibuat; setel jam dan nyalakan NTP.`,
    en: `The clock says ${time}, before this version was made; set it and turn NTP on.`,
  }),
  clockBehindLedger: (time: string, seconds: number): Text => ({
    id:
      `Jam mesin menunjukkan ${time}, ${seconds} detik di belakang daun terbaru buku besar; ` +
      `setel jam dan nyalakan NTP sebelum gerbang mulai.`,
    en:
      `The clock says ${time}, ${seconds} seconds behind the ledger's newest leaf; ` + `set it and turn NTP on before the gateway starts.`,
  }),

  diskHasRoom: (folder: string, mebibytes: number): Text => ({
    id: `Ruang cakram ${folder}: ${mebibytes} MiB bebas.`,
    en: `Disk space of ${folder}: ${mebibytes} MiB free.`,
  }),
  diskFillsUp: (folder: string, mebibytes: number): Text => ({
    id:
      `Ruang cakram ${folder} tinggal ${mebibytes} MiB; bila habis, tidak ada pertukaran yang disampaikan. ` +
      `Bebaskan ruang atau pindahkan ke cakram yang lebih besar.`,
    en:
      `Only ${mebibytes} MiB are left on the disk of ${folder}; when it is full, no exchange is delivered. ` +
      `Free some space or move to a larger disk.`,
  }),
  diskSyncs: (folder: string, milliseconds: string): Text => ({
    id: `fsync 64 KiB di ${folder}: ${milliseconds} ms.`,
    en: `fsync of 64 KiB in ${folder}: ${milliseconds} ms.`,
  }),
  diskSyncsSlowly: (folder: string, milliseconds: string): Text => ({
    id:
      `fsync 64 KiB di ${folder} memakan ${milliseconds} ms, dan setiap pertukaran menunggunya; ` +
      `pakai cakram SSD lokal, cari proses lain yang membebaninya, dan sementara itu setel --ledger-thread worker.`,
    en:
      `fsync of 64 KiB in ${folder} takes ${milliseconds} ms, and every exchange waits for it; ` +
      `use a local SSD, look for other load on it, and until then set --ledger-thread worker.`,
  }),
  cannotWrite: (folder: string, code: string | undefined): Text => ({
    id: `Tidak dapat menulis di ${folder} (${code}); jalankan sebagai pengguna gerbang, dan periksa pemilik folder serta cakramnya.`,
    en: `Cannot write in ${folder} (${code}); run as the gateway's user, and check the folder's owner and its disk.`,
  }),

  controlPortSilent: (where: string): Text => ({
    id:
      `Sebuah proses memegang buku besar, tetapi port kendali ${where} tidak menjawab: gerbang macet, atau berjalan dengan ` +
      `pengaturan lain. Berikan pengaturannya kepada doctor; bila memang macet, hentikan dan mulai lagi.`,
    en:
      `A process holds the ledger, but the control port ${where} does not answer: the gateway hangs, or runs with other ` +
      `settings. Give doctor its settings; if it does hang, stop it and start again.`,
  }),
  gatewayReady: (where: string): Text => ({
    id: `Gerbang berjalan dan siap (${where}).`,
    en: `The gateway runs and is ready (${where}).`,
  }),
  gatewayStopped: {
    id: "Gerbang tidak berjalan: tidak ada pertukaran yang dilayani. Mulai lagi: systemctl start simpul, atau serve.",
    en: "The gateway does not run: no exchange is served. Start it again: systemctl start simpul, or serve.",
  },
  gatewayCannotWrite: (where: string): Text => ({
    id:
      `Gerbang berjalan tetapi buku besarnya tidak dapat ditulis (${where}), jadi semua pertukaran ditolak; ` +
      `lihat ruang cakram, dan ledgerFailed di catatannya.`,
    en:
      `The gateway runs but cannot write its ledger (${where}), so every exchange is refused; ` +
      `see the disk space, and ledgerFailed in its log.`,
  }),
  gatewayNotReady: (where: string): Text => ({
    id: `Gerbang berjalan tetapi belum siap (${where}): sedang mulai atau berhenti; lihat catatannya.`,
    en: `The gateway runs but is not ready (${where}): it is starting or stopping; see its log.`,
  }),
  publicPortAnswers: (port: number): Text => ({
    id: `Port konsumen ${port} menjawab sebagai instansi ini.`,
    en: `The consumers' port ${port} answers as this instance.`,
  }),
  publicPortRefusesUs: (port: number): Text => ({
    id: `Port konsumen ${port} menolak mesin ini sendiri; alamatnya di luar --intra.`,
    en: `The consumers' port ${port} refuses this machine itself; its address is outside --intra.`,
  }),
  publicPortIsAnothers: (port: number, flag: string): Text => ({
    id: `Port konsumen ${port} tidak menjawab sebagai instansi ini; periksa ${flag} dan program lain pada port itu.`,
    en: `The consumers' port ${port} does not answer as this instance; check ${flag} and other programs on that port.`,
  }),
  portFree: (port: string, host: string): Text => ({ id: `Port ${port} pada ${host} bebas.`, en: `Port ${port} on ${host} is free.` }),
  portTaken: (port: number, host: string, flag: string): Text => ({
    id: `Port ${port} pada ${host} sudah dipakai program lain; hentikan program itu atau pilih ${flag} lain.`,
    en: `Port ${port} on ${host} is taken by another program; stop it or choose another ${flag}.`,
  }),
  cannotListen: (port: number, host: string, code: string | undefined): Text => ({
    id: `Tidak dapat mendengar pada ${host} port ${port} (${code}); periksa alamat dan hak pengguna.`,
    en: `Cannot listen on ${host} port ${port} (${code}); check the address and the user's rights.`,
  }),
};
