import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Letter } from "../../registry/entry.ts";

/** Writes a synthetic letter and gives what the registry keeps of it. The same name on the same day is the same letter. */
export type Letters = (name: string) => Letter;

/** The letters of the demo lie in a folder, so that anybody can compare `sha256sum` with what a decision names. `day`: their date, `2026-01-31`. */
export function letterFolder(folder: string, day: string): Letters {
  mkdirSync(folder, { recursive: true });
  return (name) => {
    const number = `CONTOH/${name}/${day.slice(0, 4)}`;
    const text = `SURAT CONTOH (SINTETIS)\nNomor: ${number}\nTanggal: ${day}\n\nSurat ini dibuat demo Simpul, bukan oleh pejabat mana pun.\n(This letter was made by the demo of Simpul and by no official.)\n`;
    writeFileSync(join(folder, `${name.replaceAll("/", "-")}.txt`), text);
    return { number, date: day, sha256: createHash("sha256").update(text).digest("hex") };
  };
}
