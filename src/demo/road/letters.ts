import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Letter } from "../../registry/entry.ts";

/** Writes a synthetic letter and gives the registry's record of it. The same name on the same day gives the same letter. */
export type Letters = (name: string) => Letter;

/** Writes the letters into a folder, where `sha256sum` can be compared with the hash in a decision. `day`: their date, `2026-01-31`. */
export function letterFolder(folder: string, day: string): Letters {
  mkdirSync(folder, { recursive: true });
  return (name) => {
    const number = `CONTOH/${name}/${day.slice(0, 4)}`;
    const text = `SURAT CONTOH (SINTETIS)
Nomor: ${number}
Tanggal: ${day}

Surat ini dibuat demo Simpul, bukan oleh pejabat mana pun.
(This letter was made by the demo of Simpul and by no official.)
`;
    writeFileSync(join(folder, `${name.replaceAll("/", "-")}.txt`), text);
    return { number, date: day, sha256: createHash("sha256").update(text).digest("hex") };
  };
}
