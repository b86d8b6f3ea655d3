import { commandHere, commandLine } from "../../base/command-line.ts";
import { countOf, type Text } from "../../base/text.ts";

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
  timeSourceForm: (given: string): Text => ({
    id: `--time-source harus URL, bukan “${given}”, misalnya https://www.example.go.id/.`,
    en: `--time-source must be a URL, not “${given}”, for example https://www.example.go.id/.`,
  }),
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

  notForThisUser: (folder: string, user: string, owner: number | undefined): Text => ({
    id:
      `${folder} tidak boleh dibaca pengguna ${user}, jadi datanya tidak diperiksa. Jalankan doctor sebagai pengguna gerbang` +
      `${owner === undefined ? "" : ` (uid ${owner})`}, misalnya: sudo -u simpul …; jangan jalankan init atau apply.`,
    en:
      `The user ${user} may not read ${folder}, so its data were not examined. Run doctor as the gateway's user` +
      `${owner === undefined ? "" : ` (uid ${owner})`}, for example: sudo -u simpul …; do not run init or apply.`,
  }),
  notTheOwner: (data: string, user: string, owner: number): Text => ({
    id: `${data} milik uid ${owner}, bukan ${user}: jalankan perintah simpul sebagai pengguna gerbang, agar berkas baru tetap miliknya.`,
    en: `${data} belongs to uid ${owner}, not to ${user}: run simpul's verbs as the gateway's user, so that new files stay its own.`,
  }),

  originIsLoopback: (origin: string): Text => ({
    id: `Instansi ini dalam produksi, tetapi asal publiknya ${origin} hanya terjangkau dari mesin ini sendiri.`,
    en: `This instance is in production, but its public origin ${origin} can only be reached from this machine.`,
  }),
  intraIsLoopback: (intra: string): Text => ({
    id:
      `Instansi ini dalam produksi, tetapi --intra (${intra}) hanya mesin ini sendiri: konsumen lain ditolak dengan not-intra, dan di ` +
      `belakang proksi pada mesin ini alamat siapa pun lolos.`,
    en:
      `This instance is in production, but --intra (${intra}) is this machine alone: other consumers are refused with not-intra, and ` +
      `behind a proxy on this machine everybody's address passes.`,
  }),

  proxyIsUnnamed: {
    id:
      "Asal publiknya https, jadi ada proksi di depan gerbang, tetapi --trusted-proxies tidak menyebutnya: bila proksi itu di mesin ini, " +
      "siapa pun lolos dari --intra (docs/operations/proxies.md).",
    en:
      "The public origin is https, so a proxy stands before the gateway, but --trusted-proxies does not name it: if it is on this " +
      "machine, everybody passes --intra (docs/operations/proxies.md).",
  },

  nothingRunsOut: (days: number): Text => ({
    id: `Tidak ada izin, kunci, pertimbangan, token, pengecualian, atau versi yang berakhir dalam ${days} hari.`,
    en: `No grant, key, opinion, token, exemption or version ends within ${countOf(days, "day")}.`,
  }),
  runsOut: (what: Text, lastDay: string, next: Text, command?: string): Text => ({
    id: `${what.id} berakhir ${lastDay}. ${next.id}${command === undefined ? "" : ` ${commandLine()} ${command}`}`,
    en: `${what.en} ends on ${lastDay}. ${next.en}`,
  }),
  hasRunOut: (what: Text, lastDay: string, next: Text, command?: string): Text => ({
    id: `${what.id} sudah berakhir ${lastDay}. ${next.id}${command === undefined ? "" : ` ${commandLine()} ${command}`}`,
    en: `${what.en} ended on ${lastDay}. ${next.en}`,
  }),
  moreRunsOut: (more: number): Text => ({
    id: `${more} hal lagi berakhir dalam waktu dekat: ${commandLine("due")}`,
    en: `${more} more run out soon: ${commandLine("due")}`,
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
  newKeyNotListed: (origin: string): Text => ({
    id:
      `logs.note belum memuat kunci ${origin} yang sekarang: tandatangani daftar itu dengan kunci luring ` +
      "(log sign --instance-key FILE), lalu berikan salinannya kepada anggota.",
    en:
      `logs.note does not list the present key of ${origin} yet: sign that list with the offline key ` +
      "(log sign --instance-key FILE), then give copies to the members.",
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

  noRegistry: (): Text => ({
    id: `Registri belum ada, jadi gerbang tidak dapat mulai; jalankan: ${commandHere("apply")}`,
    en: `There is no registry, so the gateway cannot start; run: ${commandHere("apply")}`,
  }),
  registryUnusable: (reason: string): Text => ({
    id:
      `Registri tidak dapat dipakai (${reason}). Bila baru dibuat: ${commandHere("apply")}; ` +
      `selain itu pulihkan registry.sqlite dari cadangan.`,
    en:
      `The registry cannot be used (${reason}). If it is new: ${commandHere("apply")}; ` +
      `otherwise restore registry.sqlite from a backup.`,
  }),
  registryVersion: (version: number, subsystems: number, services: number): Text => ({
    id: `Registri versi ${version}: ${subsystems} subsistem, ${services} versi layanan.`,
    en: `Registry version ${version}: ${countOf(subsystems, "subsystem")}, ${countOf(services, "service version")}.`,
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
    en: `No subsystem's last key ends within ${countOf(days, "day")}.`,
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
      `Lihat semuanya: ${commandHere("apply", "--dry-run")}`,
    en:
      `The manifests in ${services} have ${countOf(faults, "fault")}, the first at ${place}: ${first?.en}. ` +
      `See them all: ${commandHere("apply", "--dry-run")}`,
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
    en: `Ledger ${origin}: ${countOf(leaves, "leaf", "leaves")}, head agrees, a gateway is writing to it.`,
  }),
  ledgerAtRest: (origin: string, leaves: number): Text => ({
    id: `Buku besar ${origin}: ${leaves} daun, kepala cocok, tidak sedang dipakai.`,
    en: `Ledger ${origin}: ${countOf(leaves, "leaf", "leaves")}, head agrees, not in use.`,
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
    en: `Evidence key file ${file}: ${countOf(keys, "key")}.`,
  }),
  keysMissing: (keys: string, file: string): Text => ({
    id: `Kunci bukti ${keys} dipakai tetapi tidak ada di ${file}; pulihkan barisnya dari cadangan.`,
    en: `The evidence key ${keys} is in use but not in ${file}; restore its line from a backup.`,
  }),
};
