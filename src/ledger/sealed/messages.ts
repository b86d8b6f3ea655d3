import type { Text } from "../../base/text.ts";

export const messages = {
  masterKey: { id: "kunci bukti", en: "evidence key" },
  noKeyInFile: (file: string): Text => ({ id: `${file} tidak berisi kunci bukti`, en: `${file} holds no evidence key` }),
  notAKeyLine: (file: string, line: number): Text => ({
    id: `${file} baris ${line} bukan kunci bukti (base64 dari 32 bita)`,
    en: `${file} line ${line} is no evidence key (base64 of 32 bytes)`,
  }),
  /** `lines` are those that the file has, with their ids. */
  masterKeyMissing: (id: string, bucket: string, file: string, lines: string): Text => ({
    id:
      `Kunci bukti ${id}, yang membungkus bukti ${bucket}, tidak ada di ${file} (baris yang ada: ${lines}); ` +
      "pulihkan barisnya dari cadangan",
    en:
      `The evidence key ${id}, which wraps the evidence of ${bucket}, is not in ${file} (lines that are: ${lines}); ` +
      "restore its line from a backup",
  }),
  dataKeyDamaged: (bucket: string, file: string, line: number, id: string): Text => ({
    id: `Kunci data bukti ${bucket} rusak: ${file} baris ${line} (${id}) tidak membukanya`,
    en: `The data key of the evidence of ${bucket} is damaged: ${file} line ${line} (${id}) does not open it`,
  }),
  needsKeyFile: {
    id: "Bukti hanya terbaca dengan berkas kunci bukti",
    en: "Evidence can be read only with the evidence key file",
  },
  packDamaged: (index: number, bucket: string, first: number): Text => ({
    id:
      `Bukti di sisi daun ${index} tidak terbuka: bungkusan ${bucket} mulai daun ${first} diubah atau rusak; ` +
      "daunnya sendiri tidak terpengaruh",
    en:
      `The evidence beside leaf ${index} does not open: the pack of ${bucket} from leaf ${first} on was changed or is damaged; ` +
      "the leaf itself is not affected",
  }),
};
