import { commandHere } from "../base/command-line.ts";
import type { Text } from "../base/text.ts";

export const messages = {
  empty: (): Text => ({
    id: `Registri masih kosong. Jalankan: ${commandHere("apply")}`,
    en: `The registry is empty. Run: ${commandHere("apply")}`,
  }),
  wentBack: (from: number, to: number): Text => ({
    id: `Registri mundur dari versi ${from} ke versi ${to}`,
    en: `The registry went from version ${from} back to ${to}`,
  }),
  altered: (version: number): Text => ({
    id: `Versi ${version} registri bukan yang diterapkan: isinya diubah di luar apply`,
    en: `Version ${version} of the registry is not what was applied: it was changed past apply`,
  }),
  pastAltered: (version: number): Text => ({
    id: `Versi ${version} registri bukan lagi yang diterapkan dahulu`,
    en: `Version ${version} of the registry is no longer what was applied then`,
  }),
} as const;
