import { countOf, type Text } from "../base/text.ts";

/** What the verbs say that are one file each; a verb with a folder of its own has its sentences there. */
export const messages = {
  // The command line
  unknownVerb: (name: string, meant: string): Text => ({
    id: `Perintah \`${name}\` tidak dikenal; maksudnya \`${meant}\`?`,
    en: `Unknown verb; did you mean \`${meant}\`?`,
  }),
  unknownOption: (option: string): Text => ({ id: `Opsi ${option} tidak dikenal.`, en: `Unknown option ${option}.` }),
  wrongOptionValue: (option: string): Text => ({
    id: `Opsi ${option} kurang nilainya, atau tidak memakai nilai.`,
    en: `The option ${option} lacks its value, or takes none.`,
  }),
  misplacedWord: (word: string): Text => ({ id: `Kata ${word} tidak pada tempatnya.`, en: `The word ${word} has no place here.` }),
  unknownWord: (words: string): Text => ({
    id: `Kata ${words} tidak dikenal di sini.`,
    en: `The word ${words} is not known here.`,
  }),
  rsaAlgorithms: { id: "--alg hanya RS256 atau PS256.", en: "--alg is RS256 or PS256." },
  subsystemAndKey: { id: "Sebutkan --subsystem dan --key.", en: "Name --subsystem and --key." },
  gatewayUnreachable: (origin: string, reason: string): Text => ({
    id: `Gerbang ${origin} tidak dapat dihubungi (${reason}).`,
    en: `The gateway ${origin} cannot be reached (${reason}).`,
  }),
  noSuchProfile: (id: string, known: string): Text => ({
    id: `Profil ${id} tidak ada; yang ada: ${known}.`,
    en: `There is no profile ${id}; there is: ${known}.`,
  }),

  // Faults of the machine, of files and of the program
  configurationFaults: { id: "Konfigurasi salah.", en: "Faults in the configuration." },
  databaseUnusable: (reason: string): Text => ({
    id: `Basis data tidak dapat dipakai: ${reason}.`,
    en: `The database cannot be used: ${reason}.`,
  }),
  systemRefused: (place: string, reason: Text): Text => ({ id: `${place}: ${reason.id}.`, en: `${place}: ${reason.en}.` }),
  systemReasons: {
    ENOENT: { id: "tidak ada", en: "does not exist" },
    EEXIST: { id: "sudah ada", en: "exists already" },
    EACCES: { id: "tidak diizinkan bagi pengguna ini", en: "is not permitted for this user" },
    EPERM: { id: "tidak diizinkan bagi pengguna ini", en: "is not permitted for this user" },
    EROFS: { id: "ada di media yang hanya dapat dibaca", en: "is on a read-only medium" },
    EISDIR: { id: "sebuah folder, bukan berkas", en: "is a directory and no file" },
    ENOTDIR: { id: "bukan folder", en: "is not a directory" },
    ENOSPC: { id: "tidak muat, disk penuh", en: "does not fit, the disk is full" },
    ECONNREFUSED: { id: "tidak ada yang menjawab di sana", en: "nobody answers there" },
  } as Readonly<Record<string, Text>>,
  faultInside: (words: string, place: string): Text => ({
    id: `Kesalahan di dalam Simpul; laporkan baris ini. ${words} [${place}]`,
    en: "A fault inside Simpul; please report this line.",
  }),

  // apply
  migrated: (file: string, format: number, copy: string): Text => ({
    id: `${file} dibawa ke format ${format}; salinan sebelumnya: ${copy}.`,
    en: `${file} was brought to format ${format}; the copy from before: ${copy}.`,
  }),
  nothingApplied: (faults: number): Text => ({
    id: `${faults} kesalahan; tidak ada yang diterapkan.`,
    en: "faults; nothing was applied.",
  }),
  nextStepRefuses: (action: string): Text => ({
    id: `belum akan diterima pada langkah berikutnya, ${action}`,
    en: `the next step, ${action}, will refuse it`,
  }),
  notYetApplied: { id: "Belum diterapkan (--dry-run).", en: "Not applied." },
  nothingToDo: { id: "Tidak ada perubahan.", en: "Nothing to do." },
  keptBack: (names: string): Text => ({ id: `Tetap seperti semula: ${names}.`, en: "These stay as they are." }),
  toMove: (command: string): Text => ({
    id: `dipindahkan petugas pemiliknya atau registrar, tanpa permohonan baru: ${command}`,
    en: "an officer of its owner or a registrar moves it, without a new application",
  }),
  waiting: {
    id: "menunggu layanannya: berkas anggota pemiliknya salah",
    en: "waits for its service: its owner's files have a fault",
  },
  registryVersion: (version: number): Text => ({ id: `Registri versi ${version}.`, en: `Registry version ${version}.` }),
  proposed: { id: "diusulkan, menunggu keputusan petugas", en: "proposed, for officers to decide" },

  // call
  nameMethodAndUrl: { id: "Sebutkan METHOD dan URL.", en: "Name METHOD and URL." },
  noReceipt: { id: "Tanpa tanda terima.", en: "No receipt." },
  receipt: { id: "Tanda terima", en: "receipt" },

  // demo
  otherProfileBegun: (begun: string, id: string): Text => ({
    id: `Data ini sudah menempuh jalan menurut ${begun}, dan keputusannya tetap; pakai folder data lain (--data) untuk ${id}.`,
    en: `This data has taken the road of ${begun}, and what was decided stands; use another data directory (--data) for ${id}.`,
  }),
  providerPort: (given: string): Text => ({
    id: `--provider-port harus bilangan 1024 sampai 65529, bukan “${given}”; tujuh port mulai dari situ dipakai.`,
    en: `--provider-port must be a number from 1024 to 65529, not “${given}”; seven ports from there on are used.`,
  }),
  demoPortTaken: (port: number | undefined, address: string | undefined, first: number, last: number): Text => ({
    id:
      `Port ${port} pada ${address} sudah dipakai program lain, barangkali demo yang masih berjalan; ` +
      `penyedia contoh memerlukan port ${first}–${last}.`,
    en:
      `Port ${port} on ${address} is taken by another program, perhaps a demo that still runs; ` +
      `the demo's providers need ports ${first} to ${last}.`,
  }),

  demoStopped: (data: string): Text => ({
    id: `Berhenti. Kunci, registri, dan buku besar tetap di ${data}; mulai lagi dengan perintah yang sama untuk melanjutkannya.`,
    en: `Stopped. Keys, registry and ledger stay in ${data}; start again with the same command to go on with them.`,
  }),

  // evidence
  keyNeedsGateway: { id: "--subsystem dan --key memerlukan --gateway.", en: "--subsystem and --key need --gateway." },
  gatewayNeedsKey: { id: "--gateway memerlukan --subsystem dan --key.", en: "--gateway needs --subsystem and --key." },
  notAGatewayUrl: (text: string): Text => ({ id: `${text} bukan URL gerbang.`, en: `${text} is not the URL of a gateway.` }),
  noRegistryIn: (folder: string): Text => ({ id: `Tidak ada registri di ${folder}.`, en: `There is no registry in ${folder}.` }),
  notKeyOfLog: (file: string, folder: string): Text => ({
    id: `${file} bukan kunci log di ${folder}.`,
    en: `${file} is not the key of the log in ${folder}.`,
  }),
  exchangeNotInLog: (exchange: string): Text => ({
    id: `Pertukaran ${exchange} tidak ada dalam log ini, atau masih berlangsung.`,
    en: `The exchange ${exchange} is not in this log, or is under way.`,
  }),
  bundleRefused: (answer: string): Text => ({
    id:
      `Gerbang tidak memberikan bukti (${answer}): ` +
      `hanya konsumen, penyedia, dan auditor pertukaran itu yang menerimanya, setelah selesai.`,
    en:
      `The gateway gave no evidence (${answer}): ` +
      `only the consumer, the provider and an auditor of that exchange get it, once it has ended.`,
  }),

  // evidence-key
  masterKeyAdded: (key: string, file: string): Text => ({
    id: `Kunci ${key} ditaruh di baris 1 ${file}. Mulailah gerbang kembali, lalu periksa dengan evidence-key.`,
    en: `The key ${key} was put on line 1. Start the gateway again, then look with evidence-key.`,
  }),
  masterKeyInUse: (buckets: number): Text => ({
    id: `membungkus kunci ${buckets} kelompok bukti`,
    en: `wraps the keys of ${countOf(buckets, "bucket")}`,
  }),
  masterKeyNotYetUsed: { id: "terbaru, belum dipakai", en: "newest, not in use yet" },
  masterKeyUnused: { id: "tidak dipakai, boleh dihapus", en: "not in use, may be removed" },
  masterKeyMissing: (buckets: number): Text => ({
    id: `tidak ada di berkas, tetapi membungkus kunci ${buckets} kelompok bukti; pulihkan dari cadangan`,
    en: `not in the file, but wraps the keys of ${countOf(buckets, "bucket")}; restore it from a backup`,
  }),

  // init
  instanceMade: (folder: string): Text => ({ id: `Instansi dibuat di ${folder}.`, en: "Instance made." }),
  giveVkey: {
    id: "Berikan vkey ini kepada setiap anggota; dengannya mereka memeriksa tanda terima.",
    en: "Give this vkey to every member; with it they check receipts.",
  },
  listVkey: {
    id: "Dengan vkey ini anggota memeriksa daftar log di /logs bila kunci log berganti.",
    en: "With this vkey members check the list of logs at /logs when a log key changes.",
  },
  moveInstanceKey: (file: string): Text => ({
    id: `${file} menandatangani daftar log dan tidak diperlukan gerbang: pindahkan ke tempat luring.`,
    en: "It signs the list of logs and the gateway does not need it: move it offline.",
  }),
  backUpMasterKey: (file: string): Text => ({
    id:
      `${file} mengunci bukti di samping buku besar; tanpa itu bukti tidak terbaca. ` +
      `Simpan cadangannya terpisah dari cadangan buku besar.`,
    en: "It locks the evidence beside the ledger; without it evidence cannot be read. Keep its backup apart from the ledger's.",
  }),
  firstToken: (file: string, until: string): Text => ({
    id: `${file} berisi token administrator pertama, berlaku sampai ${until}: dengannya petugas ditunjuk dan diberi token sendiri.`,
    en: "It holds the first administrator's token: with it officers are appointed and given tokens of their own.",
  }),
  next: { id: "Berikutnya", en: "next" },

  // keygen
  subsystemForm: {
    id: "--subsystem harus berbentuk <instansi>/<kelas>/<anggota>/<subsistem>.",
    en: "--subsystem must have the form <instance>/<class>/<member>/<subsystem>.",
  },
  oneOfAlgorithms: (algorithms: string): Text => ({
    id: `--alg harus salah satu dari ${algorithms}.`,
    en: `--alg must be one of ${algorithms}.`,
  }),
  keepSecret: { id: "rahasia, simpan sendiri", en: "secret, keep it" },
  registerProof: { id: "daftarkan pada Dinas", en: "register it with the Dinas" },

  // lint
  nameOneFile: { id: "Sebutkan satu berkas.", en: "Name one file." },
  oneReportForm: { id: "Pilih salah satu: --json, --sarif, atau --html.", en: "Choose one of --json, --sarif and --html." },
  nameProfile: (known: string): Text => ({
    id: `Sebutkan --profile; yang ada: ${known}.`,
    en: `Name --profile; there is: ${known}.`,
  }),
  noSuchStandard: (name: string, known: string): Text => ({
    id: `Standar ${name} tidak ada; yang ada: ${known}.`,
    en: `There is no standard ${name}; there is: ${known}.`,
  }),
  noStandardInForce: (known: string): Text => ({
    id: `Tidak ada standar yang berlaku hari ini bagi profil ini; yang ada: ${known}.`,
    en: `No standard is in force today for this profile; there is: ${known}.`,
  }),

  reportWritten: (file: string): Text => ({ id: `Laporan ditulis ke ${file}.`, en: `The report was written to ${file}.` }),

  // log
  listSigned: (file: string): Text => ({
    id: `${file} ditandatangani. Berikan salinannya kepada anggota.`,
    en: "The list is signed. Give copies to the members.",
  }),
  newKeyForRotate: { id: "--new-key hanya untuk rotate.", en: "--new-key is for rotate only." },
  keyPutDown: (vkey: string): Text => ({
    id:
      `Kunci log yang baru ditaruh: ${vkey}. Gerbang memakainya dalam lima detik, atau saat dimulai. ` +
      "Lalu tandatangani daftar log (log sign), berikan salinannya kepada anggota, dan buat cadangan baru.",
    en:
      `The new log key is put down: ${vkey}. The gateway takes it over within five seconds, or when it starts. ` +
      "Then sign the list of logs (log sign), give copies to the members, and make a new backup.",
  }),
  keyWaits: (vkey: string): Text => ({
    id: `Kunci yang menunggu gerbang: ${vkey}`,
    en: `A key waits for the gateway: ${vkey}`,
  }),

  // profiles
  nameTwoProfiles: { id: "Sebutkan dua profil: diff ID ID.", en: "Name two profiles: diff ID ID." },
  oneProfile: { id: "Sebutkan satu profil: show ID.", en: "Name one profile: show ID." },
  moreOfProfiles: {
    id: "Selengkapnya: profiles show ID; perbedaan dua: profiles diff ID ID; semua jawaban: profiles --all.",
    en: "More: profiles show ID; where two differ: profiles diff ID ID; all answers: profiles --all.",
  },
  readings: { id: "Cara membaca", en: "readings" },
  differences: (count: number): Text => ({ id: `${count} perbedaan.`, en: "differences." }),

  // try
  nameOneContract: { id: "Sebutkan satu dokumen OpenAPI.", en: "Name one OpenAPI document." },
  allAnswered: (operations: number): Text => ({ id: `Semua ${operations} operasi dijawab.`, en: "All operations were answered." }),
  notAllAnswered: (failed: number, operations: number): Text => ({
    id: `${failed} dari ${operations} operasi belum dijawab.`,
    en: "Operations without an answer.",
  }),
  mockAnswers: (place: string): Text => ({
    id: `Tiruan menjawab di balik gerbang ${place}`,
    en: "A mock answers behind the gateway.",
  }),
  applicationAnswers: (place: string): Text => ({
    id: `Aplikasinya sendiri menjawab di balik gerbang ${place}; setiap jawaban yang melanggar kontrak ditolak (response-invalid)`,
    en: "The application itself answers behind the gateway; each answer that breaks the contract is refused (response-invalid).",
  }),
  noExampleFor: (names: string): Text => ({
    id: `belum ada contoh untuk ${names}; lengkapi sendiri`,
    en: "no example yet; fill it in",
  }),
  madeUp: (parts: string): Text => ({
    id: `tanpa contoh yang sesuai dalam kontrak, jadi dibuatkan menurut skemanya: ${parts}`,
    en: `the contract has no example that conforms, so made up by its schema: ${parts}`,
  }),
  noAnswerShown: { id: "kontrak belum punya contoh jawaban", en: "the contract shows no answer yet" },
  everyCallAnswered: {
    id: "Setiap panggilan dijawab dengan tanda terima. Ctrl-C mengakhiri dan menghapus semuanya.",
    en: "Every call is answered with a receipt. Ctrl-C ends it and removes everything.",
  },
  trialStopped: { id: "Berhenti; semuanya sudah dihapus.", en: "Stopped; everything was removed." },

  // why
  nameSubject: { id: "Sebutkan apa yang ingin dijelaskan.", en: "Name what is to be explained." },

  // due
  notDays: (given: string): Text => ({
    id: `--within adalah jumlah hari, 0 sampai 1000, bukan ${given}.`,
    en: "--within is a number of days.",
  }),
  nothingDue: (days: string): Text => ({
    id: `Tidak ada yang berakhir dalam ${days} hari.`,
    en: "Nothing runs out in this time.",
  }),
  hasEnded: { id: "sudah berakhir", en: "ended" },
  daysLeft: (days: number): Text => ({ id: `${days} hari lagi`, en: `days left: ${days}` }),
};
