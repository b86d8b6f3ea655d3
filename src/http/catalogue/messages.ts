import type { Text } from "../../base/text.ts";

/** What the catalogue says to developers, besides what is registered. */
export const messages = {
  /** How to get access to a service of the catalogue. */
  access: {
    byGrant: {
      id:
        "Petugas PD pemakai meminta izin akses (POST /v1/grants, atau simpul grant request) " +
        "dengan tujuan, dasar hukum, operasi dan masa; PD pemilik yang memutus.",
      en:
        "An officer of the consuming agency asks for a grant (POST /v1/grants, or simpul grant request) " +
        "with purpose, legal basis, operations and period; the owning agency decides.",
    },
    open: (purpose: string): Text => ({
      id: `Tanpa izin akses: setiap subsistem terdaftar memanggil dengan tujuan ${purpose}.`,
      en: `No grant is needed: every registered subsystem calls with the purpose ${purpose}.`,
    }),
    onTrial: (way: Text): Text => ({
      id: `${way.id} Layanan ini masih uji coba: baru anggota uji yang dilayani.`,
      en: `${way.en} The service is still on trial: only test members are served.`,
    }),
  },
} as const;
