export const messages = {
  splpShown: {
    id: "Bukti sambungan ke SPLP tercatat dan ditegaskan.",
    en: "The evidence of the connection to the SPLP is recorded and confirmed.",
  },

  splpMissing: (documents: string) => ({
    id: `Bukti sambungan ke SPLP belum ada: ${documents}.`,
    en: `Evidence of the connection to the SPLP is missing: ${documents}.`,
  }),

  recordSplp: {
    id: "Catat buktinya (evidence record --type splp), lalu orang kedua menegaskannya.",
    en: "Record it (evidence record --type splp); a second person confirms.",
  },

  centralLinkShown: {
    id: "Sambungan jaringan ditunjukkan oleh tabel IP pada bukti SPLP.",
    en: "The link is shown by the IP table in the SPLP evidence.",
  },

  centralLinkMissing: {
    id: "Sambungan ke jaringan pemerintah pusat belum ditunjukkan.",
    en: "The link to the central government's network is not shown.",
  },

  recordIpTable: {
    id: "Catat tabel-ip dalam bukti SPLP.",
    en: "Record tabel-ip in the SPLP evidence.",
  },

  outsideCallsRefused: {
    id: "Panggilan dari luar rentang Jaringan Intra ditolak (not-intra) sebelum diperiksa lebih jauh.",
    en: "A call from outside the ranges of the intra network is refused (not-intra) before anything else is looked at.",
  },

  evidencedByEachCall: (properties: string) => ({
    id: `Dibuktikan per panggilan: ${properties}.`,
    en: `Evidenced by each call: ${properties}.`,
  }),

  callsAuthenticated: {
    id: "Setiap panggilan diotentikasi dengan tanda tangan dari kunci terdaftar, yang kepemilikannya terbukti.",
    en: "Every call is authenticated by a signature of a registered key whose possession was proved.",
  },

  statementsVerified: {
    id:
      "Setiap pernyataan diverifikasi tanda tangannya dan divalidasi terhadap kontrak; tanda terima dapat diperiksa siapa pun yang " +
      "memegangnya.",
    en:
      "The signature of every statement is verified and its content validated against the contract; whoever holds a receipt can " +
      "check it.",
  },

  noTrustedThirdParty: {
    id: "Tanda tangan digital ada; sertifikat dari pihak ketiga terpercaya belum dapat dipasang.",
    en: "Digital signatures are there; certificates of a trusted third party cannot be attached yet.",
  },

  noStaffCertificates: {
    id: "Sertifikat elektronik pegawai belum dapat didaftarkan dan diperiksa.",
    en: "Electronic certificates of staff cannot be registered and checked yet.",
  },
} as const;
