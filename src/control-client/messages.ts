import type { Text } from "../base/text.ts";

/** What keeps the client from reaching the control API. What the API itself refuses comes with its own words. */
export const messages = {
  unreachable: (origin: string, reason: string): Text => ({
    id: `API kendali ${origin} tidak dapat dihubungi (${reason}). Apakah gerbang berjalan?`,
    en: `The control API ${origin} cannot be reached (${reason}). Does the gateway run?`,
  }),
  notAControlApi: (origin: string, status: number): Text => ({
    id: `${origin} bukan API kendali Simpul (HTTP ${status}).`,
    en: `${origin} is not a control API of Simpul (HTTP ${status}).`,
  }),
  notATokenFile: (path: string): Text => ({
    id: `${path} bukan berkas token petugas.`,
    en: `${path} is not a file with an officer's token.`,
  }),
};
