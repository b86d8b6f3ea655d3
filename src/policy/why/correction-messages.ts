import type { Text } from "../../base/text.ts";

export const messages = {
  declared: (from: string, reason: string): Text => ({
    id: `Pembetulan kontrak yang berlaku, mulai ${from}: “${reason}”`,
    en: `A correction of the contract in force, from ${from}: “${reason}”`,
  }),
  agreed: (member: string): Text => ({ id: `${member} setuju.`, en: `${member} agrees.` }),
  notAgreed: (member: string): Text => ({ id: `${member} belum setuju.`, en: `${member} has not agreed yet.` }),
  agree: (member: string, revision: string): Text => ({
    id: `Petugas ${member} menyetujuinya: service agree ${revision}.`,
    en: `An officer of ${member} agrees: service agree ${revision}.`,
  }),
} as const;
