import type { Text } from "../../base/text.ts";

/** What the checks of `doctor` find. Where something is wrong, the sentence says so and then what to do. */
export const messages = {
  configurationReads: (set: number): Text => ({
    id: `Konfigurasi terbaca; ${set} nilai bukan nilai baku.`,
    en: `The configuration reads; ${set} values are not defaults.`,
  }),
  othersWait: {
    id: "Pemeriksaan lain menunggu konfigurasi yang benar; lihat docs/configuration.md.",
    en: "The other checks wait for a right configuration; see docs/configuration.md.",
  },
  checkFailed: (name: string, reason: string): Text => ({
    id: `Pemeriksaan “${name}” sendiri gagal: ${reason}`,
    en: `The check “${name}” itself failed: ${reason}`,
  }),
  /** A fault of the ledger has no full stop of its own. */
  sentence: ({ id, en }: Text): Text => ({ id: `${id}.`, en: `${en}.` }),

  nodeIsPinned: (node: string): Text => ({ id: `Node ${node}.`, en: `Node ${node}.` }),
  nodeIsAnother: (node: string, pinned: string, run: string): Text => ({
    id: `Node ${node}, bukan ${pinned} yang dibawa proyek; jalankan lewat npm: ${run}`,
    en: `Node ${node}, not the ${pinned} that the project brings; run it through npm: ${run}`,
  }),

  folderOpenToOthers: (data: string, mode: string): Text => ({
    id: `Folder data ${data} terbuka bagi pengguna lain (mode ${mode}); jalankan chmod 700.`,
    en: `The data directory ${data} is open to other users (mode ${mode}); run chmod 700.`,
  }),
  instanceKeyStillHere: (file: string): Text => ({
    id: `${file} masih di sini. Kunci ini menandatangani daftar log dan tidak diperlukan gerbang: ` + `pindahkan ke tempat luring.`,
    en: `${file} is still here. It signs the list of logs and the gateway does not need it: move it offline.`,
  }),
  instanceKeyOpenToOthers: (file: string, mode: string): Text => ({
    id: `${file} dapat dibaca pengguna lain (mode ${mode}); jalankan chmod 600.`,
    en: `${file} can be read by other users (mode ${mode}); run chmod 600.`,
  }),
  folderIsOwners: (data: string): Text => ({
    id: `Folder data ${data} hanya untuk pemiliknya.`,
    en: `The data directory ${data} is its owner's alone.`,
  }),
  identityUnreadable: (data: string, reason: string): Text => ({
    id: `Identitas di ${data} tidak terbaca (${reason}); pulihkan dari cadangan.`,
    en: `The identity in ${data} cannot be read (${reason}); restore it from a backup.`,
  }),
  logKeyNotListed: (origin: string): Text => ({
    id:
      `log.key bukan kunci yang tercatat di logs.note untuk ${origin}: anggota akan menolak tanda terimanya. ` +
      `Pulihkan log.key yang asli dari cadangan.`,
    en:
      `log.key is not the key that logs.note names for ${origin}: members will reject its receipts. ` +
      `Restore the original log.key from a backup.`,
  }),
  identityAgrees: (publicOrigin: string, log: string): Text => ({
    id: `Instansi ${publicOrigin}, log ${log}.`,
    en: `Instance ${publicOrigin}, log ${log}.`,
  }),

  noRegistry: {
    id: "Registri belum ada, jadi gerbang tidak dapat mulai; jalankan: npm run -s simpul -- apply",
    en: "There is no registry, so the gateway cannot start; run: npm run -s simpul -- apply",
  },
  registryUnusable: (reason: string): Text => ({
    id:
      `Registri tidak dapat dipakai (${reason}). Bila baru dibuat: npm run -s simpul -- apply; ` +
      `selain itu pulihkan registry.sqlite dari cadangan.`,
    en:
      `The registry cannot be used (${reason}). If it is new: npm run -s simpul -- apply; ` +
      `otherwise restore registry.sqlite from a backup.`,
  }),
  registryVersion: (version: number, subsystems: number, services: number): Text => ({
    id: `Registri versi ${version}: ${subsystems} subsistem, ${services} versi layanan.`,
    en: `Registry version ${version}: ${subsystems} subsystems, ${services} service versions.`,
  }),
  changesNotInLedger: (changes: number): Text => ({
    id:
      `${changes} perubahan registri belum tercatat di buku besar. ` +
      `Bila menetap lebih dari sedetik, lihat registryFailed di catatan gerbang.`,
    en:
      `${changes} registry changes are not in the ledger yet. ` +
      `If that lasts longer than a second, see registryFailed in the gateway's log.`,
  }),
  changesWillBeRecorded: (changes: number): Text => ({
    id: `${changes} perubahan registri akan dicatat di buku besar saat gerbang mulai.`,
    en: `${changes} registry changes will be told to the ledger when the gateway starts.`,
  }),
  noKeyEnds: (days: number): Text => ({
    id: `Tidak ada subsistem yang kunci terakhirnya berakhir dalam ${days} hari.`,
    en: `No subsystem's last key ends within ${days} days.`,
  }),
  lastKeyEnds: (owner: string, when: string, kid: string): Text => ({
    id: `Kunci terakhir ${owner} akan berakhir ${when} (${kid}); minta pemiliknya mendaftarkan kunci baru: docs/client.md.`,
    en: `The last key of ${owner} ends ${when} (${kid}); have its owner register a new one: docs/client.md.`,
  }),
  lastKeyEnded: (owner: string, when: string, kid: string): Text => ({
    id: `Kunci terakhir ${owner} sudah berakhir ${when} (${kid}); minta pemiliknya mendaftarkan kunci baru: docs/client.md.`,
    en: `The last key of ${owner} ended ${when} (${kid}); have its owner register a new one: docs/client.md.`,
  }),

  manifestsUnreadable: (services: string, reason: string): Text => ({
    id: `Folder manifes ${services} tidak terbaca (${reason}); tunjukkan dengan --services.`,
    en: `The manifests in ${services} cannot be read (${reason}); name the folder with --services.`,
  }),
  manifestsFaultless: (services: string, entries: number): Text => ({
    id: `Manifes di ${services} tanpa kesalahan (${entries} entri).`,
    en: `The manifests in ${services} have no faults (${entries} entries).`,
  }),
  manifestsFaulty: (services: string, faults: number, place: string, first: Text | undefined): Text => ({
    id:
      `Manifes di ${services} memuat ${faults} kesalahan, yang pertama ${place}: ${first?.id}. ` +
      `Lihat semuanya: npm run -s simpul -- apply --dry-run`,
    en:
      `The manifests in ${services} have ${faults} faults, the first at ${place}: ${first?.en}. ` +
      `See them all: npm run -s simpul -- apply --dry-run`,
  }),

  noLedger: {
    id: "Buku besar belum ada; gerbang memulainya saat pertama berjalan.",
    en: "There is no ledger yet; the gateway begins it when it first runs.",
  },
  ledgerContradictsItself: ({ id, en }: Text): Text => ({
    id:
      `Buku besar tidak cocok dengan dirinya: ${id}. Jangan jalankan gerbang di atasnya; ` +
      `jalankan audit --data, simpan salinannya, lalu pulihkan dari cadangan.`,
    en:
      `The ledger does not agree with itself: ${en}. Do not run the gateway on it; ` +
      `run audit --data, keep a copy, then restore from a backup.`,
  }),
  headOfAnother: { id: "kepalanya milik log atau kunci lain", en: "its head is another log's or another key's" },
  headAndSizeDisagree: { id: "kepala dan ukurannya tidak cocok", en: "its head and its size do not agree" },
  leavesMissRoot: { id: "daun terakhir tidak menuju akarnya", en: "its last leaves do not lead to its root" },
  leafBeyondHead: { id: "ada daun di luar kepalanya", en: "there is a leaf beyond its head" },
  ledgerLost: {
    id:
      "Buku besar ini bukan yang dikenal registri: catatan perubahan registri terakhir tidak ada di dalamnya, " +
      "mungkin berkasnya hilang atau lebih tua. Pulihkan ledger.sqlite dan registry.sqlite dari cadangan yang sama.",
    en:
      "This ledger is not the one that the registry knows: the leaf of the registry's last change is not in it, " +
      "so the file may be lost or older. Restore ledger.sqlite and registry.sqlite from the same backup.",
  },
  ledgerHeld: (origin: string, leaves: number): Text => ({
    id: `Buku besar ${origin}: ${leaves} daun, kepala cocok, sedang ditulis sebuah gerbang.`,
    en: `Ledger ${origin}: ${leaves} leaves, head agrees, a gateway is writing to it.`,
  }),
  ledgerAtRest: (origin: string, leaves: number): Text => ({
    id: `Buku besar ${origin}: ${leaves} daun, kepala cocok, tidak sedang dipakai.`,
    en: `Ledger ${origin}: ${leaves} leaves, head agrees, not in use.`,
  }),
  openIntents: (intents: number): Text => ({
    id: `${intents} niat tanpa hasil: sebuah proses mati di tengah jalan; gerbang menutupnya saat mulai.`,
    en: `${intents} intents without an outcome: a process died halfway; the gateway closes them when it starts.`,
  }),

  noKeyFileYet: (file: string): Text => ({
    id: `Berkas kunci bukti ${file} belum ada; gerbang membuatnya saat mulai.`,
    en: `There is no evidence key file ${file} yet; the gateway makes it when it starts.`,
  }),
  keyFileLost: (file: string): Text => ({
    id: `Berkas kunci bukti ${file} hilang; tanpa itu bukti tidak terbaca. Pulihkan dari cadangan.`,
    en: `The evidence key file ${file} is lost; without it evidence cannot be read. Restore it from a backup.`,
  }),
  keyFileHolds: (file: string, keys: number): Text => ({
    id: `Berkas kunci bukti ${file}: ${keys} kunci.`,
    en: `Evidence key file ${file}: ${keys} keys.`,
  }),
  keysMissing: (keys: string, file: string): Text => ({
    id: `Kunci bukti ${keys} dipakai tetapi tidak ada di ${file}; pulihkan barisnya dari cadangan.`,
    en: `The evidence key ${keys} is in use but not in ${file}; restore its line from a backup.`,
  }),

  clockSays: (time: string): Text => ({ id: `Jam mesin: ${time}.`, en: `The clock says ${time}.` }),
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
