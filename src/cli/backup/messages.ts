import { countOf, type Text } from "../../base/text.ts";

export const messages = {
  oneFolder: {
    id: "Sebutkan satu folder: backup TO, atau backup verify FROM.",
    en: "Name one folder: backup TO, or backup verify FROM.",
  },
  identityToVerify: { id: "--identity hanya untuk backup verify.", en: "--identity is for backup verify only." },
  makesOnly: {
    id: "--recipient dan --without-keys hanya untuk membuat cadangan.",
    en: "--recipient and --without-keys are for making a backup only.",
  },
  oneLock: {
    id: "Pilih satu: --passphrase-file, --recipient, atau --without-keys.",
    en: "Choose one of --passphrase-file, --recipient and --without-keys.",
  },
  oneOpener: { id: "Pilih satu: --passphrase-file atau --identity.", en: "Choose one of --passphrase-file and --identity." },
  chooseLock: {
    id: "Tanpa terminal, sebutkan bagaimana kunci dienkripsi: --recipient FILE.pem, --passphrase-file FILE, atau --without-keys.",
    en: "Without a terminal, say how the keys are encrypted: --recipient FILE.pem, --passphrase-file FILE, or --without-keys.",
  },
  chooseOpener: {
    id: "Tanpa terminal, sebutkan apa yang membuka kunci: --passphrase-file FILE atau --identity FILE.pem.",
    en: "Without a terminal, say what opens the keys: --passphrase-file FILE or --identity FILE.pem.",
  },
  askPassphrase: { id: "Frasa sandi untuk kunci", en: "Passphrase of the keys" },
  askAgain: { id: "Sekali lagi", en: "Once more" },
  passphrasesDiffer: { id: "Kedua frasa sandi berbeda; tidak ada yang dibuat.", en: "The two passphrases differ; nothing was made." },
  passphraseFile: { id: "frasa sandi", en: "passphrase" },
  identityFile: { id: "kunci privat penerima", en: "recipient's private key" },
  notARecipient: (file: string): Text => ({
    id: `${file} bukan kunci publik X25519 (PEM). Cara membuatnya: docs/operations/backup.md, "Kunci penerima"`,
    en: `${file} is no X25519 public key (PEM). How to make one: docs/operations/backup.md, "The recipient's key"`,
  }),
  notAnIdentity: (file: string): Text => ({
    id: `${file} bukan kunci privat X25519 (PEM, tanpa kata sandi)`,
    en: `${file} is no X25519 private key (PEM, without a password)`,
  }),

  megabytes: { id: "MB disalin", en: "MB copied" },
  made: (folder: string, size: number, version: number, bytes: number): Text => {
    const megabytes = (bytes / 1e6).toFixed(1);
    return {
      id: `Cadangan utuh: ${folder} · ${size} daun, registri versi ${version}, ${megabytes} MB; tercatat di registri`,
      en:
        `The backup is whole: ${folder} · ${countOf(size, "leaf", "leaves")}, registry version ${version}, ${megabytes} MB; ` +
        "recorded in the registry",
    };
  },
  keysBeside: (file: string): Text => ({
    id: `Kunci terenkripsi: ${file}. Simpan terpisah dari folder itu; siapa punya keduanya dapat membaca buktinya.`,
    en: `Encrypted keys: ${file}. Keep it apart from the folder; whoever has both can read the evidence.`,
  }),
  noKeys: {
    id: "Kunci TIDAK ikut: tanpa log.key dan kunci bukti, cadangan ini tidak dapat menggantikan gerbang.",
    en: "The keys are NOT in it: without log.key and the evidence key, this backup cannot take the gateway's place.",
  },
  whole: (size: number, version: number): Text => ({
    id: `UTUH: ${size} daun dihitung ulang, registri versi ${version} cocok dengan log`,
    en: `WHOLE: ${countOf(size, "leaf", "leaves")} recomputed, registry version ${version} agrees with the log`,
  }),
  keysNotChecked: {
    id: "Kunci tidak diperiksa; berikan --keys FILE untuk memeriksa bahwa kunci itu membuka log dan bukti ini",
    en: "The keys were not checked; give --keys FILE to check that they are those of this log and evidence",
  },
  digest: { id: "SHA-256 backup.json, seperti dalam daun kendalinya", en: "SHA-256 of backup.json, as in its control leaf" },
} as const;
