import { countOf, type Text } from "../base/text.ts";

/** Of each check its title, what it says, and what it finds. */
export const messages = {
  // The verdict.
  sound: { id: "Log ini UTUH", en: "The log is SOUND" },
  soundByKeyBeside: { id: "Log ini UTUH, menurut vkey di sebelahnya", en: "The log is SOUND, by the vkey beside it" },
  inEveryCheck: ({ id, en }: Text): Text => ({ id: `${id}.`, en: `${en}.` }),
  asFarAsExamined: ({ id, en }: Text, unchecked: number): Text => ({
    id: `${id}, sejauh diperiksa; ${unchecked} hal tidak diperiksa (baris bertanda –).`,
    en: `${en}, as far as it was examined; not examined: ${unchecked} (lines with –).`,
  }),
  unsound: { id: "Log ini TIDAK UTUH.", en: "The log is NOT SOUND." },
  unvouched: {
    id: "Log ini konsisten, tetapi tidak ada yang menjamin kuncinya: berikan --vkey dari simpanan Anda.",
    en: "The log is consistent, but nobody vouches for its key: give your own --vkey.",
  },

  // Places.
  checkpoint: { id: "titik periksa", en: "checkpoint" },
  tile: (level: number, n: number): Text => ({ id: `ubin ${level}/${n}`, en: `tile ${level}/${n}` }),
  /** `17` or `17–23`. */
  leaves: (range: string): Text => ({ id: `daun ${range}`, en: `leaf ${range}` }),

  notProvided: (option: string): Text => ({
    id: `tidak diperiksa: ${option} tidak diberikan`,
    en: `not checked: no ${option} was given`,
  }),

  // The key.
  keyTitle: { id: "Titik periksa ditandatangani log", en: "The checkpoint is signed by the log" },
  pinnedKey: { id: "dengan kunci yang dipegang auditor", en: "with the key that the auditor holds" },
  keyBeside: {
    id: "dengan kunci di sebelah log: cukup terhadap kecelakaan, tidak terhadap pengelola",
    en: "with the key beside the log: enough against accidents, not against the operator",
  },
  keyFollowed: ({ id, en }: Text, rotations: number): Text => ({
    id: `${id}; kunci log berganti ${rotations} kali, diikuti lewat serah terima dalam daunnya`,
    en: `${en}; the log's key changed ${countOf(rotations, "time")}, followed by the handovers in its leaves`,
  }),
  notSigned: {
    id: "Titik periksa tidak ditandatangani dengan kunci log",
    en: "The checkpoint is not signed by the log's key",
  },

  // The tree and its leaves.
  treeTitle: { id: "Seluruh pohon dihitung ulang", en: "The whole tree recomputed" },
  recomputed: (leaves: number, size: number): Text => ({
    id: `${leaves} dari ${size} daun`,
    en: `${leaves} of ${countOf(size, "leaf", "leaves")}`,
  }),
  checkpointUnreadable: { id: "Titik periksa tidak terbaca", en: "The checkpoint cannot be read" },
  leafMissing: (leaf: number): Text => ({ id: `Daun ${leaf} tidak ada`, en: `Leaf ${leaf} is missing` }),
  tileMissing: (level: number, n: number): Text => ({
    id: `Ubin ${level}/${n} tidak ada`,
    en: `Tile ${level}/${n} is missing`,
  }),
  tileWrong: (level: number, n: number, position: number): Text => ({
    id: `Ubin ${level}/${n} salah, mulai posisi ${position}`,
    en: `Tile ${level}/${n} is wrong, from position ${position} on`,
  }),
  leafNotInTile: (leaf: number, n: number): Text => ({
    id: `Daun ${leaf} bukan yang tercatat di ubin 0/${n}`,
    en: `Leaf ${leaf} is not the one recorded in tile 0/${n}`,
  }),
  rootWrong: {
    id: "Akar titik periksa bukan akar daun-daun ini",
    en: "The checkpoint's root is not the root of these leaves",
  },
  leavesOrCheckpointChanged: (first: number, last: number): Text => ({
    id: `Salah satu daun ${first}–${last} diubah, atau titik periksa`,
    en: `One of the leaves ${first} to ${last} was changed, or the checkpoint`,
  }),
  leafUnreadable: (leaf: number): Text => ({ id: `Daun ${leaf} tidak terbaca`, en: `Leaf ${leaf} cannot be read` }),
  leafOfAnotherLog: (leaf: number): Text => ({
    id: `Daun ${leaf} milik log lain`,
    en: `Leaf ${leaf} belongs to another log`,
  }),
  notItsIntent: (leaf: number): Text => ({
    id: `Daun ${leaf} tidak menunjuk niat miliknya sendiri`,
    en: `Leaf ${leaf} does not point to its own intent`,
  }),
  intentRepeated: (leaf: number): Text => ({
    id: `Daun ${leaf} mengulang niat yang masih terbuka`,
    en: `Leaf ${leaf} repeats an intent that is still open`,
  }),

  // Remembered heads.
  headsTitle: { id: "Titik periksa yang diingat", en: "Remembered checkpoints" },
  noHeads: {
    id: "tidak diperiksa: --since tidak diberikan, jadi riwayat yang diganti tidak tampak",
    en: "not checked: no --since was given, so a replaced history would not show",
  },
  headsCompared: (compared: number, all: number, size: number, foreign: number): Text => {
    const others = ofOtherLogs(foreign);
    return {
      id: `${compared} dari ${all} titik periksa dibandingkan dengan log berukuran ${size}${others.id}`,
      en: `${compared} of ${all} checkpoints compared with a log of ${size}${others.en}`,
    };
  },
  notACheckpoint: (file: string): Text => ({
    id: `Titik periksa di ${file} bukan titik periksa`,
    en: `A checkpoint in ${file} is not a checkpoint`,
  }),
  headNotSigned: (file: string, size: number): Text => ({
    id: `Titik periksa di ${file} tidak ditandatangani dengan kunci log (ukuran ${size})`,
    en: `A checkpoint in ${file} is not signed by the log's key (size ${size})`,
  }),
  historyChanged: (size: number, file: string, agreed: number): Text => ({
    id:
      `Riwayat sebelum ukuran ${size} bukan lagi yang ditandatangani (${file}): ` +
      `di antara daun ${agreed} dan ${size - 1} ada yang diubah, dihapus, atau ditukar`,
    en:
      `The history before size ${size} is not the one that was signed (${file}): ` +
      `something from leaf ${agreed} to leaf ${size - 1} was changed, removed or moved`,
  }),
  shorter: (size: number, file: string, now: number): Text => ({
    id: `Log menjadi lebih pendek: ${size} daun pada titik periksa di ${file}, sekarang ${now}`,
    en: `The log got shorter: ${countOf(size, "leaf", "leaves")} in the checkpoint in ${file}, now ${now}`,
  }),
  /** `other` is empty for the log that is audited. */
  fork: (size: number, file: string, other: string): Text => ({
    id:
      `Dua titik periksa berukuran ${size} dengan akar berbeda (${file} dan ${other || "log ini"}): ` +
      "log ini memperlihatkan dua riwayat",
    en: `Two checkpoints of size ${size} with different roots (${file} and ${other || "this log"}): ` + "this log shows two histories",
  }),

  // Receipts.
  receiptsTitle: { id: "Tanda terima yang disimpan para pihak", en: "Receipts that the parties hold" },
  receiptsCompared: (compared: number, all: number, foreign: number, without: readonly string[]): Text => {
    const others = ofOtherLogs(foreign);
    const none =
      without.length === 0
        ? { id: "", en: "" }
        : { id: `; tanpa tanda terima: ${without.join(", ")}`, en: `; without a receipt: ${without.join(", ")}` };
    return {
      id: `${compared} dari ${all} tanda terima dibandingkan dengan daunnya${others.id}${none.id}`,
      en: `${compared} of ${all} receipts compared with their leaves${others.en}${none.en}`,
    };
  },
  receiptInvalid: (file: string, finding: Text): Text => ({
    id: `Tanda terima ${file} tidak sah: ${finding.id}`,
    en: `The receipt ${file} does not verify: ${finding.en}`,
  }),
  leafNotInReceipt: (leaf: number, file: string): Text => ({
    id: `Daun ${leaf} bukan yang ada pada tanda terima ${file}`,
    en: `Leaf ${leaf} is not the one in the receipt ${file}`,
  }),
  leafGone: (leaf: number, file: string): Text => ({
    id: `Daun ${leaf} dari tanda terima ${file} tidak ada lagi`,
    en: `Leaf ${leaf} of the receipt ${file} is no longer there`,
  }),

  // Sealed records.
  recordsTitle: { id: "Bukti di sisi daun", en: "Evidence beside the leaves" },
  recordsCompared: (kept: number, due: number, destroyed: number, missing: number, opened: number | undefined): Text => ({
    id:
      `${kept} dari ${due} daun pertukaran punya bukti, ${destroyed} dimusnahkan oleh daun kendali, ${missing} tanpa penjelasan` +
      (opened === undefined ? "" : `; ${opened} dibuka dan cocok dengan daunnya`),
    en:
      `${kept} of ${due} exchange leaves have evidence, that of ${destroyed} was destroyed by a control leaf, ` +
      `${missing} lack it unexplained${opened === undefined ? "" : `; ${opened} were opened and fit their leaves`}`,
  }),
  recordMissing: {
    id: "Tidak ada bukti di sisinya, dan tidak ada daun kendali yang memusnahkannya",
    en: "There is no evidence beside it, and no control leaf that destroyed it",
  },
  notAHandover: {
    id: "Daun ini menyatakan kunci log berganti, tetapi tidak memuat serah terima yang ditandatangani kedua kunci atas log sampai di sini",
    en: "This leaf says that the log's key changed, but has no handover that both keys signed over the log up to here",
  },
  /** `log`: where the control leaf is, if not in the log of the leaf whose evidence it is. */
  notDestroyed: (control: number, bucket: string, log: string | undefined): Text => {
    const of = log === undefined ? { id: "", en: "" } : { id: ` dari ${log}`, en: ` of ${log}` };
    return {
      id: `Daun ${control}${of.id} menyatakan bukti ${bucket} dimusnahkan, tetapi bukti daun ini masih ada`,
      en: `Leaf ${control}${of.en} says that the evidence ${bucket} was destroyed, but that of this leaf is still there`,
    };
  },
  destroyedEarly: (bucket: string): Text => ({
    id: `Bukti ${bucket} dimusnahkan sebelum masa simpannya berakhir`,
    en: `The evidence ${bucket} was destroyed before its retention was over`,
  }),
  otherStatement: {
    id: "Pernyataan konsumen yang disimpan bukan yang dicatat daun ini",
    en: "The consumer's statement that is kept is not the one that this leaf records",
  },
  otherSignature: {
    id: "Tanda tangan penyedia yang disimpan bukan yang dicatat daun ini",
    en: "The provider's signature that is kept is not the one that this leaf records",
  },

  // Metrics.
  metricsTitle: { id: "Metrik gerbang", en: "The gateway's metrics" },
  notMetrics: { id: "yang diberikan bukan metrik sebuah gerbang", en: "what was given is not a gateway's metrics" },
  /** `list` is `code counted/recorded` by code. */
  metricsCompared: (since: string, list: string): Text => ({
    id:
      `dihitung/tercatat sejak ${since}: ${list}. ` + "Yang terkirim harus tercatat semuanya; penolakan tidak selalu menjadi daun sendiri",
    en: `counted/recorded since ${since}: ${list}. ` + "Whatever was delivered must be recorded; a refusal is not always a leaf of its own",
  }),
  notRecorded: (counted: number, since: string, recorded: number): Text => ({
    id: `Gerbang mengirim ${counted} jawaban sejak ${since}, log mencatat ${recorded}`,
    en: `The gateway delivered ${counted} answers since ${since}, the log records ${recorded}`,
  }),
  notInLog: (written: number, size: number): Text => ({
    id: `Gerbang sudah menulis ${written} daun, log hanya punya ${size}`,
    en: `The gateway had written ${countOf(written, "leaf", "leaves")}, the log has only ${size}`,
  }),

  // Logs that go on from each other.
  signedAfterClosing: (leaf: number, file: string): Text => ({
    id: `Daun ${leaf} dari tanda terima ${file} ditandatangani sesudah log ini ditutup: sebuah salinan masih berjalan`,
    en: `Leaf ${leaf} of the receipt ${file} was signed after this log was closed: a copy of it went on`,
  }),
  closedTitle: { id: "Log ini ditutup", en: "This log was closed" },
  closed: (at: string, size: number, next: string, lastLost: number | undefined, lost: readonly string[]): Text => {
    const shown = lost.slice(0, 20).join(", ") + (lost.length > 20 ? ", …" : "");
    const range = lastLost === undefined ? { id: "", en: "" } : { id: `: daun ${size}–${lastLost}`, en: `: leaves ${size} to ${lastLost}` };
    const held =
      lost.length === 0
        ? { id: "", en: "" }
        : {
            id: `. Tanda terima daun yang hilang, ditandatangani gerbang dan sah sendirinya: ${shown}`,
            en: `. Receipts of lost leaves, signed by the gateway and sound in themselves: ${shown}`,
          };
    return {
      id:
        `dengan ${size} daun, dipulihkan dari cadangan ${at}, dan ${next} melanjutkannya; ` +
        `yang ditandatangani sesudah cadangan hilang${range.id}${held.id}`,
      en:
        `with ${countOf(size, "leaf", "leaves")}; restored from a backup at ${at}, ${next} goes on from it; ` +
        `what was signed after the backup is lost${range.en}${held.en}`,
    };
  },
  otherEnd: (next: string): Text => ({
    id: `Log ini berakhir lain daripada yang disebut ${next}`,
    en: `This log does not end as ${next} says`,
  }),
  endNotSigned: (next: string): Text => ({
    id: `Titik periksa yang disebut ${next} tidak ditandatangani dengan kunci log ini`,
    en: `The checkpoint that ${next} names is not signed by this log's key`,
  }),
  beforeTitle: { id: "Log sebelumnya", en: "The log before" },
  before: (origin: string, told: Text): Text => ({ id: `${origin} ditutup ${told.id}`, en: `${origin} was closed ${told.en}` }),
  beforeNotFound: (origin: string): Text => ({
    id: `tidak diperiksa: ${origin} tidak ditemukan`,
    en: `not checked: ${origin} was not found`,
  }),
  beforeUnsound: (origin: string): Text => ({
    id: `Log sebelumnya, ${origin}, tidak utuh: lihat temuannya di bawah`,
    en: `The log before, ${origin}, is not sound: see its findings below`,
  }),

  // Control leaves.
  leavesRefused: ({ refused, from, until }: { readonly refused: number; readonly from: string; readonly until: string }): Text => ({
    id: `buku besar menolak ${refused} daun, ${from} – ${until}`,
    en: `the ledger refused ${countOf(refused, "leaf", "leaves")}`,
  }),
  logBegun: ({ previous }: { readonly previous: string }): Text => ({
    id: `melanjutkan ${previous}, yang dipulihkan dari cadangan dan ditutup`,
    en: `goes on from ${previous}, which was restored from a backup and closed`,
  }),

  // What should be explained.
  openIntents: (count: number, leaf: number, at: string): Text => ({
    id: `${count} niat tanpa hasil, yang pertama daun ${leaf} (${at}): ` + "sedang berjalan, atau prosesnya mati dan belum dimulai lagi",
    en:
      `Intents without an outcome: ${count}, the first is leaf ${leaf} (${at}): ` +
      "in flight, or of a process that died and was not started again",
  }),
  longGaps: (count: number, longest: string, seconds: number, leaf: number, from: string): Text => ({
    id: `${count} jeda panjang tanpa daun; yang terpanjang ${longest}, sebelum daun ${leaf} (sejak ${from})`,
    en: `Long silences: ${count}; the longest, ${seconds} s, before leaf ${leaf} (since ${from})`,
  }),
  clockRegressions: (count: number, greatest: string, seconds: number, leaf: number): Text => ({
    id: `Jam mundur ${count} kali; paling jauh ${greatest}, pada daun ${leaf}`,
    en: `Falls of the clock: ${count}; the greatest, ${seconds} s, at leaf ${leaf}`,
  }),
  unexplainedBasis: (leaf: number, roots: number): Text => ({
    id:
      `Mulai daun ${leaf} pertukaran dinilai menurut aturan ` +
      `yang tidak diberitakan daun kendali mana pun dalam log ini (${roots} akar)`,
    en: `From leaf ${leaf} on exchanges were judged by rules of which no control leaf of this log tells (${roots} roots)`,
  }),
};

const ofOtherLogs = (count: number): Text =>
  count === 0 ? { id: "", en: "" } : { id: `, ${count} milik log lain`, en: `, ${count} of other logs` };
